import type { TemplateMap } from "./template-map.ts";

export const kiosk: TemplateMap = {};
