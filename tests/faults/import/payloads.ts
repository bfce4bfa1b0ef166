/** What each payload would do if it ran. */
const ACTS = ["globalThis.__ran=1", "alert(1)", "globalThis['__ran']=1", "top.__ran=1", "document.title='ran'"];

/** Ways into a page that text has found before: elements, attributes, addresses, templates of libraries, unfinished markup. */
const WAYS: readonly ((act: string) => string)[] = [
  (act) => `<script>${act}</script>`,
  (act) => `<ScRiPt>${act}</sCrIpT>`,
  (act) => `"><script>${act}</script>`,
  (act) => `'><img src=x onerror=${act}>`,
  (act) => `<img src=x onerror="${act}">`,
  (act) => `<svg/onload=${act}>`,
  (act) => `<svg><animate onbegin=${act} attributeName=x>`,
  (act) => `<body onload=${act}>`,
  (act) => `<details open ontoggle=${act}>`,
  (act) => `<input autofocus onfocus=${act}>`,
  (act) => `<video><source onerror=${act}>`,
  (act) => `<iframe srcdoc="<script>parent.${act}</script>">`,
  (act) => `<iframe src="javascript:${act}">`,
  (act) => `<a href="javascript:${act}">x</a>`,
  (act) => `javascript:${act}`,
  (act) => `data:text/html,<script>${act}</script>`,
  (act) => `<math><mtext><img src=x onerror=${act}>`,
  (act) => `<template><script>${act}</script></template>`,
  (act) => `<!--><img src=x onerror=${act}>-->`,
  (act) => `</textarea><script>${act}</script>`,
  (act) => `</style><script>${act}</script>`,
  (act) => `</title><img src=x onerror=${act}>`,
  (act) => `\${${act}}`,
  (act) => `{{${act}}}`,
  (act) => `<wa-icon name="x" onload=${act}>`,
  (act) => `<cf-app onclick=${act}>`,
  (act) => `" onmouseover="${act}`,
  (act) => `' autofocus onfocus='${act}`,
  (act) => `<img src=1 href=1 onerror="${act}"></img>`,
  (act) => `<object data="javascript:${act}">`,
  (act) => `<embed src="javascript:${act}">`,
  (act) => `<link rel=import href="data:text/html,<script>${act}</script>">`,
  (act) => `<meta http-equiv=refresh content="0;url=javascript:${act}">`,
  (act) => `<form action="javascript:${act}"><button>x</button>`,
  (act) => `\u003cscript\u003e${act}\u003c/script\u003e`,
  (act) => `&lt;script&gt;${act}&lt;/script&gt;`,
  (act) => `%3Cscript%3E${act}%3C/script%3E`,
  (act) => `＜script＞${act}＜/script＞`,
  (act) => `<img/src=x/onerror=${act}//`,
  (act) => `<<script>${act}//<</script>`,
  (act) => `<marquee onstart=${act}>`,
  (act) => `<style onload=${act}></style>`,
  (act) => `<audio src=x onerror=${act}>`,
  (act) => `<x onclick=${act} tabindex=1 id=x>`,
  (act) => `\`;${act};//`,
  (act) => `';${act};//`,
  (act) => `\\";${act};//`,
  (act) => `--!><script>${act}</script>`,
  (act) => `<?xml-stylesheet href="javascript:${act}"?>`,
  (act) => `<base href="javascript:${act}//">`,
  (act) => `\u202e<script>${act}</script>`,
];

/** Each once, at most as long as a name may be. */
export function payloads(most: number, longest: number): readonly string[] {
  const all = [...ACTS.flatMap((act) => WAYS.map((way) => way(act))), ...ACTS.flatMap((act) => WAYS.map((way) => `Ada ${way(act)}`)), ...ACTS.flatMap((act) => WAYS.map((way) => way(act).toUpperCase()))];
  return [...new Set(all)].filter((text) => Array.from(text).length <= longest).slice(0, most);
}
