import { msg } from "@lit/localize";

import type { EntryType } from "../../../domain/attendance/entries.ts";

/** What kind of entry it is. */
export function entryWord(type: EntryType): string {
  switch (type) {
    case "punch":
      return msg("Punch", { id: "admin.audit.type.punch" });
    case "punch-direction":
      return msg("Punch corrected", { id: "admin.audit.type.punch-direction" });
    case "punch-undone":
      return msg("Punch taken back", { id: "admin.audit.type.punch-undone" });
    case "attempt":
      return msg("Failed attempt", { id: "admin.audit.type.attempt" });
    case "outage":
      return msg("Outage", { id: "admin.audit.type.outage" });
    case "person-added":
      return msg("Person added", { id: "admin.audit.type.person-added" });
    case "person-changed":
      return msg("Person changed", { id: "admin.audit.type.person-changed" });
    case "person-left":
      return msg("Person left", { id: "admin.audit.type.person-left" });
    case "consent-given":
      return msg("Consent given", { id: "admin.audit.type.consent-given" });
    case "consent-withdrawn":
      return msg("Consent withdrawn", { id: "admin.audit.type.consent-withdrawn" });
    case "enrolled":
      return msg("Face enrolled", { id: "admin.audit.type.enrolled" });
    case "erased":
      return msg("Erased", { id: "admin.audit.type.erased" });
    case "pin-issued":
      return msg("PIN issued", { id: "admin.audit.type.pin-issued" });
    case "sign-in":
      return msg("Sign-in", { id: "admin.audit.type.sign-in" });
    case "sign-out":
      return msg("Sign-out", { id: "admin.audit.type.sign-out" });
    case "viewed":
      return msg("Record viewed", { id: "admin.audit.type.viewed" });
    case "viewed-list":
      return msg("List viewed", { id: "admin.audit.type.viewed-list" });
    case "exported":
      return msg("Exported", { id: "admin.audit.type.exported" });
    case "user-added":
      return msg("User added", { id: "admin.audit.type.user-added" });
    case "user-changed":
      return msg("User changed", { id: "admin.audit.type.user-changed" });
    case "user-ended":
      return msg("User ended", { id: "admin.audit.type.user-ended" });
    case "role-granted":
      return msg("Role given", { id: "admin.audit.type.role-granted" });
    case "role-ended":
      return msg("Role ended", { id: "admin.audit.type.role-ended" });
    case "frozen":
      return msg("Face frozen", { id: "admin.audit.type.frozen" });
    case "release-asked":
      return msg("Release asked for", { id: "admin.audit.type.release-asked" });
    case "released":
      return msg("Face released", { id: "admin.audit.type.released" });
    case "hold":
      return msg("Kept for a dispute", { id: "admin.audit.type.hold" });
    case "erasing":
      return msg("Erasure begun", { id: "admin.audit.type.erasing" });
    case "epoch":
      return msg("Keys renewed", { id: "admin.audit.type.epoch" });
    case "time-jump":
      return msg("Clock jumped", { id: "admin.audit.type.time-jump" });
    case "time-anchored":
      return msg("Clock confirmed", { id: "admin.audit.type.time-anchored" });
    case "data-loss":
      return msg("Data loss", { id: "admin.audit.type.data-loss" });
    case "quarantined":
      return msg("Put aside", { id: "admin.audit.type.quarantined" });
    case "witnessed":
      return msg("Witnessed", { id: "admin.audit.type.witnessed" });
    case "log-alarm":
      return msg("Proof alarm", { id: "admin.audit.type.log-alarm" });
    case "backup":
      return msg("Backup", { id: "admin.audit.type.backup" });
    case "restored":
      return msg("Restored", { id: "admin.audit.type.restored" });
    case "drill":
      return msg("Restore drill", { id: "admin.audit.type.drill" });
    case "boot-policy":
      return msg("Start policy", { id: "admin.audit.type.boot-policy" });
    case "update":
      return msg("Update", { id: "admin.audit.type.update" });
    case "storage-warning":
      return msg("Storage warning", { id: "admin.audit.type.storage-warning" });
    case "device-end":
      return msg("Device retired", { id: "admin.audit.type.device-end" });
    case "setup":
      return msg("Set-up", { id: "admin.audit.type.setup" });
    case "settings":
      return msg("Settings", { id: "admin.audit.type.settings" });
    case "camera":
      return msg("Camera", { id: "admin.audit.type.camera" });
    case "refreshed":
      return msg("Reference refreshed", { id: "admin.audit.type.refreshed" });
    case "boot":
      return msg("Start", { id: "admin.audit.type.boot" });
    case "import":
      return msg("Roster imported", { id: "admin.audit.type.import" });
    case "rules":
      return msg("Rules", { id: "admin.audit.type.rules" });
    case "plan":
      return msg("Schedule changed", { id: "admin.audit.type.plan" });
    case "request":
      return msg("Request handed in", { id: "admin.audit.type.request" });
    case "request-step":
      return msg("Request: a step", { id: "admin.audit.type.request-step" });
    case "made-up":
      return msg("Punch made up", { id: "admin.audit.type.made-up" });
    case "corrected":
      return msg("Correction", { id: "admin.audit.type.corrected" });
    case "month-confirmed":
      return msg("Month confirmed", { id: "admin.audit.type.month-confirmed" });
    case "month-reminded":
      return msg("Asked to confirm", { id: "admin.audit.type.month-reminded" });
    case "month-locked":
      return msg("Month locked", { id: "admin.audit.type.month-locked" });
    case "month-closed":
      return msg("Month closed", { id: "admin.audit.type.month-closed" });
    case "balance":
      return msg("Balance changed", { id: "admin.audit.type.balance" });
    case "violation-note":
      return msg("Note", { id: "admin.audit.type.violation-note" });
    case "feedback":
      return msg("Feedback", { id: "admin.audit.type.feedback" });
    case "feedback-answered":
      return msg("Feedback answered", { id: "admin.audit.type.feedback-answered" });
    case "badge-issued":
      return msg("Badge issued", { id: "admin.audit.type.badge-issued" });
    case "badge-ended":
      return msg("Badge ended", { id: "admin.audit.type.badge-ended" });
    case "attested":
      return msg("Punches attested", { id: "admin.audit.type.attested" });
    case "trained":
      return msg("Tutorial", { id: "admin.audit.type.trained" });
    case "assessment":
      return msg("Impact assessment", { id: "admin.audit.type.assessment" });
    case "face-use":
      return msg("Faces switched", { id: "admin.audit.type.face-use" });
    case "incident":
      return msg("Incident: a step", { id: "admin.audit.type.incident" });
    case "filing":
      return msg("Faces in other systems", { id: "admin.audit.type.filing" });
    case "violation":
      return msg("Script stopped", { id: "admin.audit.type.violation" });
  }
}

/** In the order in which they are offered as filters: what an auditor asks for first. */
export const FILTERS: readonly (readonly [name: string, types: readonly EntryType[]])[] = [
  ["looks", ["viewed", "viewed-list", "exported"]],
  ["access", ["sign-in", "sign-out", "user-added", "user-changed", "user-ended", "role-granted", "role-ended"]],
  ["attendance", ["punch", "punch-direction", "punch-undone", "attempt", "attested", "made-up", "corrected"]],
  ["requests", ["request", "request-step", "balance", "violation-note", "feedback", "feedback-answered"]],
  ["rules", ["rules", "plan", "month-confirmed", "month-reminded", "month-locked", "month-closed"]],
  ["people", ["person-added", "person-changed", "person-left", "consent-given", "consent-withdrawn", "enrolled", "refreshed", "pin-issued", "import", "erasing", "erased", "frozen", "release-asked", "released", "hold", "badge-issued", "badge-ended", "trained"]],
  ["compliance", ["assessment", "face-use", "incident", "filing"]],
  ["device", ["boot", "setup", "settings", "camera", "outage", "update", "boot-policy", "storage-warning", "backup", "restored", "drill", "epoch", "device-end"]],
  ["proof", ["witnessed", "log-alarm", "time-jump", "time-anchored", "data-loss", "quarantined", "violation"]],
];

export function filterWord(name: string): string {
  switch (name) {
    case "looks":
      return msg("Who looked at whom", { id: "admin.audit.filter.looks" });
    case "access":
      return msg("Sign-ins, users and roles", { id: "admin.audit.filter.access" });
    case "attendance":
      return msg("Punches and attempts", { id: "admin.audit.filter.attendance" });
    case "requests":
      return msg("Requests, notes, feedback", { id: "admin.audit.filter.requests" });
    case "rules":
      return msg("Rules, schedule, months", { id: "admin.audit.filter.rules" });
    case "people":
      return msg("People, consent, faces", { id: "admin.audit.filter.people" });
    case "compliance":
      return msg("Compliance", { id: "admin.nav.compliance" });
    case "device":
      return msg("Device and settings", { id: "admin.audit.filter.device" });
    case "proof":
      return msg("Proof, clock and losses", { id: "admin.audit.filter.proof" });
    default:
      return msg("Everything", { id: "admin.audit.filter.all" });
  }
}
