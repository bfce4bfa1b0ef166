import { isLocale, showLocale } from "../../src/ui/i18n/localize.ts";
import { showTheme } from "../../src/ui/styles/theme.ts";
import { showScene } from "./mount.ts";
import { SCENES } from "./fixtures.ts";

/** One scene a page: `?scene=idle&locale=zh-Hans&theme=dark`; without a scene, the list of them. */
const query = new URLSearchParams(location.search);
const scene = SCENES.find(({ name }) => name === query.get("scene"));

if (scene === undefined) {
  document.body.innerHTML = `<ul>${SCENES.map(({ name }) => `<li><a href="?scene=${name}">${name}</a></li>`).join("")}</ul>`;
} else {
  const locale = query.get("locale");
  await showLocale(isLocale(locale) ? locale : "zh-Hans");
  showTheme(query.get("theme") === "dark" ? "dark" : "light");
  await showScene(scene, document.body);
  document.body.dataset["ready"] = "";
}
