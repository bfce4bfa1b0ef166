import { registerTranslation } from "@awesome.me/webawesome/dist/utilities/localize.js";
import { registerIconLibrary } from "@awesome.me/webawesome/dist/components/icon/library.js";
import zhCn from "@awesome.me/webawesome/dist/translations/zh-cn.js";

import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/callout/callout.js";
import "@awesome.me/webawesome/dist/components/checkbox/checkbox.js";
import "@awesome.me/webawesome/dist/components/dialog/dialog.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import "@awesome.me/webawesome/dist/components/input/input.js";
import "@awesome.me/webawesome/dist/components/option/option.js";
import "@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js";
import "@awesome.me/webawesome/dist/components/radio-group/radio-group.js";
import "@awesome.me/webawesome/dist/components/radio/radio.js";
import "@awesome.me/webawesome/dist/components/select/select.js";
import "@awesome.me/webawesome/dist/components/spinner/spinner.js";
import "@awesome.me/webawesome/dist/components/switch/switch.js";
import "@awesome.me/webawesome/dist/components/textarea/textarea.js";

import sprite from "./icons.svg?url";

/**
 * The library draws an icon by putting fetched text into `innerHTML`, which Trusted Types forbid; as a sprite it is an
 * SVG `use` of a file of our own origin.
 */
const icons = {
  spriteSheet: true,
  resolver: (name: string): string => `${sprite}#${name}`,
  // A picture without a shape of its own is 300 px wide, and makes the page scroll sideways.
  mutator: (svg: SVGElement): void => svg.setAttribute("viewBox", "0 0 24 24"),
};
registerIconLibrary("default", icons);
registerIconLibrary("system", icons);

// Our pages are `zh-Hans`, which the library would not match to its `zh-cn`.
registerTranslation({ ...zhCn, $code: "zh" });
