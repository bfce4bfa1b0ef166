import { msg } from "@lit/localize";

import type { TypedBody } from "../../../domain/attendance/entries.ts";
import { ROLE_NAMES, type RoleName } from "../../../domain/people/access.ts";
import { roleWord } from "../users/words.ts";

/** Who somebody is, for whoever may know it; null otherwise. */
export interface Names {
  user(id: string): string | null;
  person(id: string): string | null;
}

/** Longest line; the whole content is in the package. */
const LONGEST = 160;

/** What an entry says, in words. What only a program needs (hashes, versions, the site's id) is left to the package. */
export function contentLine({ body }: TypedBody, names: Names): string {
  const parts = Object.entries(body).flatMap(([field, value]) => {
    const label = LABELS[field]?.();
    if (label === undefined || value === null || value === "" || value === undefined) return [];
    const words = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map((one) => valueWord(field, one, names));
    return [label === "" ? words.join(", ") : `${label} ${words.join(", ")}`];
  });
  const line = parts.join(" · ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

function valueWord(field: string, value: unknown, names: Names): string {
  const text = String(value);
  if (field === "personId") return names.person(text) ?? msg("somebody", { id: "admin.audit.somebody" });
  if (field === "by" || field === "user") return VALUES[text]?.() ?? names.user(text) ?? msg("a user", { id: "admin.audit.a-user" });
  if (field === "role" && ROLE_NAMES.includes(text as RoleName)) return roleWord(text as RoleName);
  if (field === "name" || field === "label" || field === "department" || field === "employeeNumber" || field === "text" || field === "note" || field === "comment") return text;
  return VALUES[text]?.() ?? shorter(text);
}

/** Fields that are shown, in words before their value; empty where the value speaks for itself. */
const LABELS: Readonly<Record<string, () => string>> = {
  personId: () => "",
  employeeNumber: () => msg("no.", { id: "admin.audit.field.number" }),
  name: () => "",
  department: () => msg("department", { id: "admin.audit.field.department" }),
  direction: () => "",
  method: () => msg("by", { id: "admin.audit.field.method" }),
  status: () => "",
  stepUps: () => msg("after", { id: "admin.audit.field.step-ups" }),
  kind: () => "",
  phase: () => "",
  reason: () => msg("because:", { id: "admin.audit.field.reason" }),
  what: () => "",
  by: () => msg("done by", { id: "admin.audit.field.by" }),
  user: () => msg("user", { id: "admin.audit.field.user" }),
  role: () => msg("as", { id: "admin.audit.field.role" }),
  outcome: () => "",
  factor: () => msg("with", { id: "admin.audit.field.factor" }),
  purpose: () => msg("to", { id: "admin.audit.field.purpose" }),
  people: () => msg("people:", { id: "admin.audit.field.people" }),
  segments: () => msg("sealed segments:", { id: "admin.audit.field.segments" }),
  added: () => msg("new:", { id: "admin.audit.field.added" }),
  changed: () => msg("changed:", { id: "admin.audit.field.changed" }),
  label: () => "",
  references: () => msg("samples:", { id: "admin.audit.field.references" }),
  noticeVersion: () => msg("notice", { id: "admin.audit.field.notice" }),
  cites: () => msg("entry", { id: "admin.audit.field.cites" }),
  bytes: () => "",
  certificate: () => msg("certificate", { id: "admin.audit.field.certificate" }),
  size: () => msg("up to entry", { id: "admin.audit.field.size" }),
  upToSeq: () => msg("up to entry", { id: "admin.audit.field.size" }),
  copy: () => msg("copy", { id: "admin.audit.field.copy" }),
  found: () => msg("damaged:", { id: "admin.audit.field.found" }),
  rebuilt: () => msg("mended:", { id: "admin.audit.field.rebuilt" }),
  lost: () => msg("lost:", { id: "admin.audit.field.lost" }),
  level: () => "",
  policy: () => "",
  version: () => msg("version", { id: "admin.audit.field.version" }),
  directive: () => "",
  count: () => msg("times:", { id: "admin.audit.field.count" }),
  from: () => msg("from", { id: "admin.audit.field.from" }),
  to: () => msg("to", { id: "admin.audit.field.to" }),
  day: () => "",
  month: () => "",
  action: () => "",
  state: () => msg("now:", { id: "admin.audit.field.state" }),
  as: () => msg("in the part of", { id: "admin.audit.field.as" }),
  comment: () => msg("comment:", { id: "admin.audit.field.comment" }),
  late: () => msg("refused:", { id: "admin.audit.field.late" }),
  topic: () => "",
  text: () => "",
  leaveKind: () => "",
  minutes: () => msg("minutes:", { id: "admin.audit.field.minutes" }),
  year: () => msg("year", { id: "admin.audit.field.year" }),
  change: () => "",
  note: () => msg("note:", { id: "admin.audit.field.note" }),
  unconfirmed: () => msg("not confirmed:", { id: "admin.audit.field.unconfirmed" }),
  undecided: () => msg("not decided:", { id: "admin.audit.field.undecided" }),
  unsettled: () => msg("not settled:", { id: "admin.audit.field.unsettled" }),
  course: () => "",
  errors: () => msg("mistakes:", { id: "admin.audit.field.errors" }),
  onBehalf: () => msg("on behalf, because:", { id: "admin.audit.field.onBehalf" }),
  cause: () => "",
  own: () => msg("to the own record:", { id: "admin.audit.field.own" }),
};

/** Words for the values that entries hold. */
const VALUES: Readonly<Record<string, () => string>> = {
  true: () => msg("yes", { id: "admin.audit.value.yes" }),
  in: () => msg("in", { id: "admin.audit.value.in" }),
  out: () => msg("out", { id: "admin.audit.value.out" }),
  face: () => msg("face", { id: "admin.audit.value.face" }),
  record: () => msg("record", { id: "admin.audit.value.record" }),
  pin: () => msg("PIN", { id: "admin.audit.value.pin" }),
  accepted: () => msg("accepted", { id: "admin.audit.value.accepted" }),
  refused: () => msg("refused", { id: "admin.audit.value.refused" }),
  suppressed: () => msg("repeat, kept and not counted", { id: "admin.audit.value.suppressed" }),
  challenge: () => msg("a movement", { id: "admin.audit.value.challenge" }),
  "second-factor": () => msg("a PIN", { id: "admin.audit.value.second-factor" }),
  "no-candidate": () => msg("nobody recognised", { id: "admin.audit.value.no-candidate" }),
  ambiguous: () => msg("too alike to tell", { id: "admin.audit.value.ambiguous" }),
  "attack-suspected": () => msg("attack suspected", { id: "admin.audit.value.attack" }),
  "liveness-undecided": () => msg("no sign of life", { id: "admin.audit.value.liveness" }),
  "pin-refused": () => msg("wrong PIN", { id: "admin.audit.value.pin-refused" }),
  start: () => msg("begins", { id: "admin.audit.value.start" }),
  end: () => msg("ends", { id: "admin.audit.value.end" }),
  totp: () => msg("a code", { id: "admin.audit.value.totp" }),
  passkey: () => msg("a passkey", { id: "admin.audit.value.passkey" }),
  recovery: () => msg("the recovery key", { id: "admin.audit.value.recovery" }),
  none: () => msg("no second factor", { id: "admin.audit.value.none" }),
  session: () => msg("sign in", { id: "admin.audit.value.session" }),
  confirm: () => msg("confirm an action", { id: "admin.audit.value.confirm" }),
  unlock: () => msg("unlock faces", { id: "admin.audit.value.unlock" }),
  self: () => msg("the person", { id: "admin.audit.value.self" }),
  nobody: () => msg("nobody signed in", { id: "admin.audit.value.nobody" }),
  schedule: () => msg("the schedule", { id: "admin.audit.value.schedule" }),
  person: () => msg("the person's page", { id: "admin.audit.value.person" }),
  people: () => msg("the list of people", { id: "admin.audit.value.people" }),
  punches: () => msg("punches", { id: "admin.audit.value.punches" }),
  attempts: () => msg("failed attempts", { id: "admin.audit.value.attempts" }),
  recognition: () => msg("recognition figures", { id: "admin.audit.value.recognition" }),
  log: () => msg("the log", { id: "admin.audit.value.log" }),
  users: () => msg("users", { id: "admin.audit.value.users" }),
  "own-record": () => msg("one's own record", { id: "admin.audit.value.own-record" }),
  destroyed: () => msg("bytes destroyed", { id: "admin.audit.value.destroyed" }),
  pending: () => msg("bytes not destroyed yet", { id: "admin.audit.value.pending" }),
  "consent-withdrawn": () => msg("consent withdrawn", { id: "admin.audit.value.withdrawn" }),
  "person-left": () => msg("left", { id: "admin.audit.value.left" }),
  retention: () => msg("end of retention", { id: "admin.audit.value.retention" }),
  unused: () => msg("not used for long", { id: "admin.audit.value.unused" }),
  asked: () => msg("asked for", { id: "admin.audit.value.asked" }),
  erasure: () => msg("an erasure", { id: "admin.audit.value.erasure" }),
  age: () => msg("their age", { id: "admin.audit.value.age" }),
  idle: () => msg("left alone", { id: "admin.audit.value.idle" }),
  limit: () => msg("half an hour is over", { id: "admin.audit.value.limit" }),
  hub: () => msg("the hub", { id: "admin.audit.value.hub" }),
  phone: () => msg("a phone", { id: "admin.audit.value.phone" }),
  daily: () => msg("daily", { id: "admin.audit.value.daily" }),
  "device-move": () => msg("move to another tablet", { id: "admin.audit.value.device-move" }),
  passed: () => msg("passed", { id: "admin.audit.value.passed" }),
  failed: () => msg("failed", { id: "admin.audit.value.failed" }),
  low: () => msg("space runs short", { id: "admin.audit.value.low" }),
  critical: () => msg("hardly any space left", { id: "admin.audit.value.critical" }),
  "not-persistent": () => msg("the browser has not promised to keep the data", { id: "admin.audit.value.not-persistent" }),
  unattended: () => msg("starts by itself", { id: "admin.audit.value.unattended" }),
  attended: () => msg("waits for an administrator", { id: "admin.audit.value.attended" }),
  activated: () => msg("taken", { id: "admin.audit.value.activated" }),
  "rolled-back": () => msg("given up for the one before", { id: "admin.audit.value.rolled-back" }),
  pinned: () => msg("confirmed", { id: "admin.audit.value.pinned" }),
  "make-up": () => msg("a punch made up", { id: "admin.audit.value.make-up" }),
  leave: () => msg("leave", { id: "admin.audit.value.leave" }),
  overtime: () => msg("overtime", { id: "admin.audit.value.overtime" }),
  trip: () => msg("a business trip", { id: "admin.audit.value.trip" }),
  outing: () => msg("an outing", { id: "admin.audit.value.outing" }),
  swap: () => msg("a swap of shifts", { id: "admin.audit.value.swap" }),
  correction: () => msg("a correction", { id: "admin.audit.value.correction" }),
  appeal: () => msg("an appeal", { id: "admin.audit.value.appeal" }),
  cancel: () => msg("a cancellation", { id: "admin.audit.value.cancel" }),
  draft: () => msg("a draft", { id: "admin.audit.value.draft" }),
  colleague: () => msg("with the colleague", { id: "admin.audit.value.colleague" }),
  supervisor: () => msg("with the supervisor", { id: "admin.audit.value.supervisor" }),
  hr: () => msg("with HR", { id: "admin.audit.value.hr" }),
  approved: () => msg("approved", { id: "admin.audit.value.approved" }),
  rejected: () => msg("rejected", { id: "admin.audit.value.rejected" }),
  withdrawn: () => msg("withdrawn", { id: "admin.audit.value.taken-back" }),
  expired: () => msg("expired", { id: "admin.audit.value.expired" }),
  corrected: () => msg("the day corrected", { id: "admin.audit.value.corrected" }),
  "note-withdrawn": () => msg("the note withdrawn", { id: "admin.audit.value.note-withdrawn" }),
  reopened: () => msg("put before HR anew", { id: "admin.audit.value.reopened" }),
  answered: () => msg("answered in words", { id: "admin.audit.value.answered" }),
  cancelled: () => msg("cancelled", { id: "admin.audit.value.cancelled" }),
  late: () => msg("too late", { id: "admin.audit.value.late" }),
  submitted: () => msg("handed in", { id: "admin.audit.value.submitted" }),
  agreed: () => msg("agreed to", { id: "admin.audit.value.agreed" }),
  "refused-late": () => msg("refused as late", { id: "admin.audit.value.refused-late" }),
  "special-case": () => msg("special case", { id: "admin.audit.value.special-case" }),
  commented: () => msg("commented", { id: "admin.audit.value.commented" }),
  delegated: () => msg("handed on", { id: "admin.audit.value.delegated" }),
  reminded: () => msg("reminded of", { id: "admin.audit.value.reminded" }),
  "passed-on": () => msg("passed on by time", { id: "admin.audit.value.passed-on" }),
  noticed: () => msg("the person was told", { id: "admin.audit.value.noticed" }),
  window: () => msg("outside the window", { id: "admin.audit.value.window" }),
  "cut-off": () => msg("after the cut-off", { id: "admin.audit.value.cut-off" }),
  quota: () => msg("over the quota", { id: "admin.audit.value.quota" }),
  locked: () => msg("the month is closed", { id: "admin.audit.value.locked" }),
  assignment: () => msg("shift pattern", { id: "admin.audit.value.assignment" }),
  roster: () => msg("single days", { id: "admin.audit.value.roster" }),
  exempt: () => msg("not judged", { id: "admin.audit.value.exempt" }),
  duty: () => msg("first and last day", { id: "admin.audit.value.duty" }),
  written: () => msg("written", { id: "admin.audit.value.written" }),
  note: () => msg("a note", { id: "admin.audit.value.note" }),
  warning: () => msg("a warning", { id: "admin.audit.value.warning" }),
  technical: () => msg("technical", { id: "admin.audit.value.technical" }),
  management: () => msg("management", { id: "admin.audit.value.management" }),
  other: () => msg("something else", { id: "admin.audit.value.other" }),
  ignore: () => msg("does not count", { id: "admin.audit.value.ignore" }),
  direction: () => msg("direction", { id: "admin.audit.value.direction" }),
  time: () => msg("time", { id: "admin.audit.value.time" }),
  completed: () => msg("completed", { id: "admin.audit.value.completed" }),
  left: () => msg("not gone through", { id: "admin.audit.value.not-completed" }),
  badge: () => msg("badge", { id: "admin.audit.value.badge" }),
  attendance: () => msg("attendance", { id: "admin.audit.value.attendance" }),
  requests: () => msg("requests", { id: "admin.audit.value.requests" }),
  request: () => msg("a request", { id: "admin.audit.value.request" }),
  health: () => msg("a health declaration", { id: "admin.audit.value.health" }),
  attachment: () => msg("an attachment", { id: "admin.audit.value.attachment" }),
  presence: () => msg("who is here", { id: "admin.audit.value.presence" }),
  report: () => msg("a report", { id: "admin.audit.value.report" }),
  plans: () => msg("the schedule", { id: "admin.audit.value.plans" }),
  feedback: () => msg("feedback", { id: "admin.audit.value.feedback" }),
  rules: () => msg("the rules, by time", { id: "admin.audit.value.rules" }),
  "set-up": () => msg("set-up", { id: "admin.audit.value.set-up" }),
  attested: () => msg("attested", { id: "admin.audit.value.attested" }),
};

/** Hashes and random ids are told apart by their beginning. */
function shorter(value: string): string {
  return /^[0-9a-f-]{20,}$/.test(value) ? `${value.slice(0, 8)}…` : value;
}
