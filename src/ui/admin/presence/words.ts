import { msg } from "@lit/localize";

import type { Present } from "../../../app/api/attendance.ts";
import type { Glance } from "./glance.ts";

export function presentWord(state: Present["state"]): string {
  switch (state) {
    case "in":
      return msg("Here", { id: "presence.in" });
    case "out":
      return msg("Gone", { id: "presence.out" });
    case "away":
      return msg("On the road", { id: "presence.away" });
    case "leave":
      return msg("On leave", { id: "presence.leave" });
    case "expected":
      return msg("Not due yet", { id: "presence.expected" });
    case "missing":
      return msg("Not here yet", { id: "presence.missing" });
    case "free":
      return msg("Free today", { id: "presence.free" });
  }
}

export function glanceWord(glance: Glance): string {
  switch (glance) {
    case "fine":
      return msg("as planned", { id: "presence.glance.fine" });
    case "care":
      return msg("late, early or in doubt", { id: "presence.glance.care" });
    case "missing":
      return msg("a punch is missing", { id: "presence.glance.missing" });
    case "absent":
      return msg("absent", { id: "report.mark.absent" });
    case "away":
      return msg("trip or outing", { id: "presence.glance.away" });
    case "leave":
      return msg("leave", { id: "report.mark.leave" });
    case "overtime":
      return msg("overtime", { id: "report.mark.overtime" });
    case "waiting":
      return msg("not judged yet", { id: "report.state.waiting" });
    case "free":
      return msg("free", { id: "presence.glance.free" });
    case "ahead":
      return msg("to come", { id: "report.state.ahead" });
  }
}
