import type { TemplateMap } from "./template-map.ts";

export const common: TemplateMap = {
  "common.direction.in": "上班",
  "common.direction.out": "下班",
};
