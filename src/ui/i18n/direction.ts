import { msg } from "@lit/localize";

import type { Direction } from "../../domain/attendance/types.ts";

export function directionText(direction: Direction): string {
  return direction === "in" ? msg("IN", { id: "common.direction.in" }) : msg("OUT", { id: "common.direction.out" });
}
