import { describe, loadNets, type FaceApi } from "./face-api.ts";
import { drawPicture, offer, timed } from "./page.ts";

let library: FaceApi | undefined;
let canvas: HTMLCanvasElement | undefined;

offer({
  open: async () => {
    canvas = await drawPicture();
    library = await loadScript();
    await library.tf.ready();
    await loadNets(library);
    await describe(library, canvas, undefined);
    return library.tf.getBackend();
  },
  decide: async (variant) => {
    if (!library || !canvas) throw new Error("not open");
    const [api, picture] = [library, canvas];
    const [, ms] = await timed(() => describe(api, picture, variant));
    return { ms };
  },
});

/** It is a script that leaves a global behind. Of its backends, WebGL and plain JavaScript, it takes the first that works. */
async function loadScript(): Promise<FaceApi> {
  const script = document.createElement("script");
  script.src = "/peers/faceApi/dist/face-api.js";
  await new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return (globalThis as unknown as { readonly faceapi: FaceApi }).faceapi;
}
