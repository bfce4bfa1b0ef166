import { str } from "@lit/localize";

import type { TemplateMap } from "./template-map.ts";

export const common: TemplateMap = {
  "common.direction.in": "签到",
  "common.direction.out": "签退",
  "common.sentences": str`${0}。${1}`,
};
