import type {
  Administration,
  AdministratorSession,
  CameraAlarm,
  CameraCheck,
  DeviceReport,
  EnrolmentState,
  PersonInput,
  PersonRow,
  PunchQuery,
  RosterPreview,
  SiteSettings,
  SyncStatus,
  UpdateStatus,
} from "../../src/app/api/administration.ts";
import type { StaleGrant, UserRow } from "../../src/app/api/access.ts";
import type { Boot, BootPolicy } from "../../src/app/api/boot.ts";
import { FakeAttendance } from "./fake-attendance.ts";
import { FakeAudit } from "./fake-audit.ts";
import { FakeCompliance } from "./fake-compliance.ts";
import { FakeBackups } from "./fake-backups.ts";
import { FakeReports } from "./fake-reports.ts";
import { FakePersonRights } from "./fake-rights.ts";
import { NOTICE_VERSION } from "../../src/ui/admin/enrol/notice.ts";
import type { DoorFigures, LookAlikePair, PersonFigures, RecognitionReport, RenewalOffer } from "../../src/app/api/recognition.ts";
import { Subject } from "../../src/app/observable.ts";
import type { StorageState } from "../../src/app/device/storage-health.ts";
import type { CameraStatus } from "../../src/app/ports/camera.ts";
import type { RecogniserStatus } from "../../src/app/ports/recogniser.ts";
import type { Attempt, Punch, PunchId } from "../../src/domain/attendance/types.ts";
import { DEFAULT_RECOGNITION_POLICY } from "../../src/domain/biometrics/recognition-policy.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { proportion } from "../../src/domain/biometrics/proportion.ts";
import { failure, type Failure } from "../../src/domain/errors.ts";
import { OPERATIONS, type Grant, type Operation, type RoleName, type UserId } from "../../src/domain/people/access.ts";
import type { Consent, EmployeeNumber, Person, PersonId } from "../../src/domain/people/types.ts";
import { err, ok, type Result } from "../../src/domain/result.ts";

export const NOW = Date.parse("2026-03-02T01:05:30Z") as EpochMs;

export const SETTINGS: SiteSettings = {
  organisation: "Rivergate Works",
  siteId: "site-1",
  siteName: "North gate",
  zone: "Asia/Shanghai",
  locale: "en",
  lawRegion: "cn",
  profile: "accurate",
  helpContact: "Reception, 8001",
  fixedDirection: null,
  nameShown: "full",
  speech: true,
  volume: 0.6,
  recognition: DEFAULT_RECOGNITION_POLICY,
};

const NAMES = ["Chen Yu", "李晓梅", "Wang Lei", "赵敏", "Ana Ruiz", "周建国", "Sun Qi", "吴桐", "Omar Haddad", "郑爽", "Liu Yang", "黄蓉"];
const DEPARTMENTS = ["Assembly", "装配车间", "Logistics", "Quality"];
const FACES = ["enrolled", "enrolled", "none", "enrolled", "other-model", "enrolled", "enrolled", "unreadable"] as const;

export function at<T>(list: readonly T[], index: number): T {
  const value = list[index % list.length];
  if (value === undefined) throw new Error("The list is empty");
  return value;
}

export function person(index: number, part: Partial<Person> = {}): Person {
  return {
    id: `p-${index}` as PersonId,
    employeeNumber: String(1001 + index) as EmployeeNumber,
    name: index < NAMES.length ? at(NAMES, index) : `${at(NAMES, index)} ${index}`,
    department: at(DEPARTMENTS, index),
    employmentType: at(["full-time", "full-time", "intern", "part-time", "dispatched"] as const, index),
    status: "active",
    addedAt: (NOW - 86_400_000 * 30) as EpochMs,
    ...part,
  };
}

export function punch(seq: number, part: Partial<Punch> = {}): Punch {
  return {
    id: `device-1:${seq}` as PunchId,
    personId: `p-${seq % 12}` as PersonId,
    deviceId: "device-1",
    siteId: "site-1",
    seq,
    wallMs: (NOW - (400 - seq) * 61_000) as EpochMs,
    timeState: seq % 41 === 0 ? "T2" : "T1",
    zone: "Asia/Shanghai",
    direction: seq % 2 === 0 ? "in" : "out",
    directionSource: "auto",
    method: seq % 5 === 0 ? "pin" : "face",
    status: seq % 17 === 0 ? "suppressed" : seq % 29 === 0 ? "undone" : "accepted",
    receipt: `${seq}-7fa3c0d${seq % 10}`,
    ...(seq % 5 !== 0 && seq % 7 === 0 ? { stepUps: seq % 14 === 0 ? (["challenge"] as const) : (["challenge", "second-factor"] as const) } : {}),
    ...part,
  };
}

export function row(index: number, part: Partial<PersonRow> = {}): PersonRow {
  const face = at(FACES, index);
  const someone = person(index);
  const consent: Consent = { personId: someone.id, noticeVersion: NOTICE_VERSION, locale: "en", givenAt: (NOW - 86_400_000 * 20) as EpochMs };
  return {
    person: someone,
    face,
    hasPin: index % 3 !== 2,
    ...(face === "none" ? {} : { enrolledAt: (NOW - 86_400_000 * 20) as EpochMs, consent }),
    ...(index % 4 === 3 ? {} : { lastPunch: punch(400 - index, { personId: someone.id }) }),
    ...part,
  };
}

export function people(length: number): readonly PersonRow[] {
  return Array.from({ length }, (_, index) => row(index));
}

export const PREVIEW: RosterPreview = {
  rows: [person(20), person(21), person(22)],
  newPeople: 2,
  changed: 1,
  unchanged: 140,
  encoding: "GB18030",
  errors: [
    { line: 7, column: "工号", kind: "roster/duplicate-in-file", value: "1007" },
    { line: 12, column: "姓名", kind: "person/name-empty", value: "" },
    { line: 31, column: "部门", kind: "roster/formula", value: '=HYPERLINK("http://x")' },
    { line: 58, column: "用工类型", kind: "person/type-unknown", value: "临时" },
  ],
};

const READY: RecogniserStatus = {
  kind: "ready",
  profile: "accurate",
  inference: {
    threads: 4,
    backend: "wasm",
    loadMs: 640,
    modelSet: "4f1c2ab09e77d310",
    race: {
      atMs: Date.parse("2026-03-02T00:00:12Z"),
      results: [
        { backend: "wasm", threads: 1, medianMs: 121.4 },
        { backend: "wasm", threads: 4, medianMs: 43.2 },
        { backend: "webgpu", threads: 1, medianMs: null },
      ],
    },
  },
  gallery: { people: 138, references: 690, ms: 41, refused: [], resealed: [] },
};

const LIVE: CameraStatus = { kind: "live", label: "Front camera", deviceId: "camera-1", width: 1280, height: 720, frameRate: 30, practice: false };

export const REPORT: DeviceReport = {
  deviceId: "k7Qm2pXv",
  version: "0.1.0+91d1f05",
  profile: "accurate",
  storage: { usedBytes: 48_300_000, quotaBytes: 5_900_000_000, persistent: false, bucket: true },
  quarantined: [{ store: "templates", id: "p-7", kind: "template/decryption-failed", at: NOW }],
  entries: 12_408,
  crossOriginIsolated: true,
  cores: 8,
};

export const LIN = "00000000-0000-4000-8000-000000000001" as UserId;
export const MAREN = "00000000-0000-4000-8000-000000000002" as UserId;
const TOMAS = "00000000-0000-4000-8000-000000000003" as UserId;
const AISHA = "00000000-0000-4000-8000-000000000004" as UserId;

const DAY_MS = 86_400_000;

export function grant(role: RoleName, part: Partial<Grant> = {}): Grant {
  return { role, grantedAt: (NOW - DAY_MS * 30) as EpochMs, grantedBy: "set-up", expiresAt: null, ...part };
}

export function user(userId: UserId, name: string, grants: readonly Grant[], part: Partial<UserRow> = {}): UserRow {
  return { userId, name, status: "active", grants, addedAt: (NOW - DAY_MS * 30) as EpochMs, lastSignInAt: (NOW - 3_600_000) as EpochMs, factors: { totp: true, passkeys: 0, recovery: true }, ...part };
}

const ALL_ROLES = [grant("system-administrator"), grant("hr")];

export const USERS: readonly UserRow[] = [
  user(LIN, "Lin", ALL_ROLES, { factors: { totp: true, passkeys: 1, recovery: true } }),
  user(MAREN, "Maren Holt", [grant("supervisor", { department: "Assembly", grantedBy: LIN }), grant("supervisor", { department: "装配车间", grantedBy: LIN, expiresAt: (Date.now() + DAY_MS * 5) as EpochMs })]),
  user(TOMAS, "Tomás Rey", [grant("auditor", { grantedBy: LIN, expiresAt: (Date.now() + DAY_MS * 40) as EpochMs })], { lastSignInAt: null, factors: { totp: false, passkeys: 0, recovery: false } }),
  user(AISHA, "Aisha Noor", [], { status: "ended" }),
];

export const STALE: readonly StaleGrant[] = [
  { userId: MAREN, name: "Maren Holt", grant: grant("supervisor", { department: "装配车间", grantedBy: LIN, expiresAt: (Date.now() + DAY_MS * 5) as EpochMs }), reason: "ends-soon" },
];

/** As somebody who holds every role here is signed in. */
export function session(part: Partial<AdministratorSession> = {}): AdministratorSession {
  const now = Date.now();
  return {
    userId: LIN,
    name: "Lin",
    grants: ALL_ROLES,
    since: now as EpochMs,
    idleEndsAt: (now + 300_000) as EpochMs,
    endsAt: (now + 1_800_000) as EpochMs,
    freshUntil: (now + 300_000) as EpochMs,
    owed: [],
    ...part,
  };
}

export const PAIRS: readonly LookAlikePair[] = [
  { one: "p-0" as PersonId, other: "p-5" as PersonId, log10Fmr: -3.1 },
  { one: "p-1" as PersonId, other: "p-3" as PersonId, log10Fmr: -3.6 },
];

export const RENEWALS: readonly RenewalOffer[] = [
  { personId: "p-1" as PersonId, reason: "sinking", since: (NOW - 86_400_000 * 9) as EpochMs },
  { personId: "p-4" as PersonId, reason: "other-model", since: NOW },
  { personId: "p-6" as PersonId, reason: "old", since: NOW },
];

function door(recognised: number, challenged: number, secondFactor: number, afterRefusal: number): DoorFigures {
  return { recognised, challenged, secondFactor, afterRefusal, rejectRate: proportion(afterRefusal, recognised + afterRefusal) };
}

/** Figures as a site of that size has them after a month; `punches` 0 as on the first day. */
export function recognitionReport(length: number, punches = 40): RecognitionReport {
  const persons: PersonFigures[] = Array.from({ length }, (_, index) => ({
    personId: `p-${index}` as PersonId,
    references: 5,
    found: proportion(index % 9 === 0 ? 4 : 5, 5),
    ...(punches === 0 ? door(0, 0, 0, 0) : door(punches - (index % 7), index % 4, index % 11 === 0 ? 6 : 0, Math.max(0, 5 - Math.floor(index / 6)))),
  }));
  const group = (by: "department" | "employment-type", name: string, size: number, refused: number): RecognitionReport["groups"][number] => ({
    by,
    name,
    people: size,
    found: proportion(size * 5 - (size % 4), size * 5),
    ...door(size * punches, size, Math.round(size / 9), punches === 0 ? 0 : refused),
  });
  return {
    profile: "accurate",
    people: length,
    references: length * 5,
    since: "2026-01-31",
    operating: { fpirTarget: 1e-3, threshold: 0.5127, margin: 0.041, source: "LFW, people of the tuning part", date: "2026-11-22" },
    fnir: proportion(12, length * 5),
    fpir: proportion(1, length * 5),
    closest: [...PAIRS, { one: "p-8" as PersonId, other: "p-10" as PersonId, log10Fmr: -5.2 }, { one: "p-3" as PersonId, other: "p-11" as PersonId, log10Fmr: -9.4 }],
    persons,
    groups: [
      group("department", "Assembly", 48, 61),
      group("department", "装配车间", 51, 30),
      group("department", "", 2, 1),
      group("employment-type", "full-time", 90, 70),
      group("employment-type", "intern", 12, 14),
    ],
    worstToBest: punches === 0 ? null : 2.13,
    attempts: { notRecognised: 64, ambiguous: 9, attackSuspected: 3, livenessUndecided: 12 },
  };
}

/** Administration without anything behind it: the observables are there to be moved, and `calls` tells what was asked for. */
export class FakeAdministration implements Administration {
  readonly calls: (readonly unknown[])[] = [];
  readonly settings = new Subject<SiteSettings | null>(SETTINGS);
  readonly session = new Subject<AdministratorSession | null>(session());
  readonly nameNeeded = new Subject(false);
  readonly passkeyOffered = new Subject(false);
  readonly userRows = new Subject<readonly UserRow[]>(USERS);
  readonly staleGrants = new Subject<readonly StaleGrant[]>([]);
  readonly passkeys = new Subject<readonly { readonly label: string; readonly addedAt: EpochMs }[]>([]);
  readonly allowed = new Subject<ReadonlySet<Operation>>(new Set(OPERATIONS));
  readonly peopleRows = new Subject<readonly PersonRow[]>(people(143));
  readonly enrolmentState = new Subject<EnrolmentState>({ kind: "closed" });
  readonly enrolmentPreview = new Subject<MediaStream | null>(null);
  readonly checkPreview = new Subject<MediaStream | null>(null);
  readonly checkView = new Subject<CameraCheck["view"]["value"]>(null);
  readonly camera = new Subject<CameraStatus>(LIVE);
  readonly cameraAlarm = new Subject<CameraAlarm | null>(null);
  readonly storage = new Subject<StorageState>({ second: "whole", losses: [], scrubbedAt: null, pressure: "fine", usedBytes: 48_300_000, quotaBytes: 5_900_000_000, persistent: false });
  readonly recogniserStatus = new Subject<RecogniserStatus>(READY);
  readonly syncStatus = new Subject<SyncStatus>({
    hub: { url: "https://hub.rivergate.example", site: "north-gate", expiresAt: (NOW + 86_400_000 * 25) as EpochMs },
    online: true,
    waiting: 3,
    quarantined: 0,
    lastSuccessAt: (NOW - 40_000) as EpochMs,
    state: "waiting",
    nextAttemptAt: (NOW + 20_000) as EpochMs,
  });
  readonly updateStatus = new Subject<UpdateStatus>({ kind: "waiting", since: (NOW - 3_600_000) as EpochMs });
  readonly revision = new Subject(0);
  readonly lookAlikes = new Subject<readonly LookAlikePair[]>([]);
  readonly renewals = new Subject<readonly RenewalOffer[]>([]);
  report: Result<RecognitionReport, Failure> = ok(recognitionReport(143));
  allPunches: readonly Punch[] = Array.from({ length: 400 }, (_, index) => punch(400 - index));
  allAttempts: readonly Attempt[] = (["no-candidate", "attack-suspected", "pin-refused", "ambiguous", "liveness-undecided"] as const).map((kind, index) => ({
    seq: 500 + index,
    deviceId: "device-1",
    siteId: "site-1",
    wallMs: (NOW - index * 600_000) as EpochMs,
    timeState: "T1",
    kind,
  }));
  preview: RosterPreview = PREVIEW;
  passphrase = "correct horse battery staple";
  code = "492817";
  recoveryKey = "7K3M-QX2P-9RDT-4HVN-W8CY-2FJB";
  /** While false, users and roles ask for a second factor first. */
  fresh = true;

  readonly setup: Administration["setup"] = {
    settings: this.settings,
    run: (input) => {
      this.calls.push(["setup.run", input]);
      const { organisation, siteName, zone, locale, lawRegion, profile, helpContact } = input;
      if (input.totp !== undefined && input.totp.code !== this.code) return Promise.resolve(err(failure("setup/code-wrong")));
      this.settings.next({ ...SETTINGS, organisation, siteName, zone, locale, lawRegion, profile, helpContact });
      this.session.next(session({ name: input.administratorName }));
      return Promise.resolve(ok({ recoveryKey: this.recoveryKey }));
    },
    offerTotp: (organisation, name) => ({ uri: `otpauth://totp/${encodeURIComponent(organisation)}:${encodeURIComponent(name)}?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=${encodeURIComponent(organisation)}`, secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" }),
    change: (change) => {
      this.calls.push(["setup.change", change]);
      const before = this.settings.value;
      if (before !== null) this.settings.next({ ...before, ...change });
      return Promise.resolve(ok());
    },
  };

  readonly sessions: Administration["sessions"] = {
    current: this.session,
    nameNeeded: this.nameNeeded,
    passkeyOffered: this.passkeyOffered,
    signIn: (input) => {
      this.calls.push(["sessions.signIn", input]);
      if (input.passphrase !== this.passphrase || input.code !== this.code) return Promise.resolve(err(failure("session/wrong")));
      return this.#signIn();
    },
    signInWithPasskey: (name) => {
      this.calls.push(["sessions.signInWithPasskey", name]);
      return this.#signIn();
    },
    recover: (name, key) => {
      this.calls.push(["sessions.recover", name]);
      if (key !== this.recoveryKey) return Promise.resolve(err(failure("session/wrong")));
      return this.#signIn({ owed: ["passphrase", "second-factor"] });
    },
    confirm: (code) => {
      this.calls.push(["sessions.confirm"]);
      this.fresh = code === this.code;
      return Promise.resolve(this.fresh ? ok() : err(failure("session/wrong")));
    },
    confirmWithPasskey: () => {
      this.calls.push(["sessions.confirmWithPasskey"]);
      this.fresh = true;
      this.#pay("second-factor");
      return Promise.resolve(ok());
    },
    signOut: () => {
      this.calls.push(["sessions.signOut"]);
      this.session.next(null);
    },
    touched: () => {
      this.calls.push(["sessions.touched"]);
      const { value } = this.session;
      if (value !== null) this.session.next({ ...value, idleEndsAt: (Date.now() + 300_000) as EpochMs });
    },
  };

  readonly users: Administration["users"] = {
    list: this.userRows,
    stale: this.staleGrants,
    passkeys: this.passkeys,
    add: (name) => {
      this.calls.push(["users.add", name]);
      if (!this.fresh) return Promise.resolve(err(failure("access/confirm-needed")));
      if (this.userRows.value.some((row) => row.name === name)) return Promise.resolve(err(failure("user/name-taken")));
      const userId = crypto.randomUUID() as UserId;
      this.userRows.next([...this.userRows.value, user(userId, name, [], { lastSignInAt: null, factors: { totp: false, passkeys: 0, recovery: false } })]);
      return Promise.resolve(ok({ userId, temporaryPassphrase: "maple-orbit-candle-57" }));
    },
    end: (userId) => {
      this.calls.push(["users.end", userId]);
      if (userId === LIN) return Promise.resolve(err(failure("user/last-administrator")));
      return this.#changeUser(userId, (row) => ({ ...row, status: "ended", grants: [] }));
    },
    grant: (userId, role, department, expiresAt) => {
      this.calls.push(["users.grant", userId, role, department, expiresAt]);
      return this.#changeUser(userId, (row) => ({ ...row, grants: [...row.grants, grant(role, { ...(department === null ? {} : { department }), grantedBy: LIN, expiresAt })] }));
    },
    revoke: (userId, given) => {
      this.calls.push(["users.revoke", userId, given]);
      return this.#changeUser(userId, (row) => ({ ...row, grants: row.grants.filter((other) => other !== given) }));
    },
    link: (userId, personId) => {
      this.calls.push(["users.link", userId, personId]);
      return this.#changeUser(userId, (row) => {
        const unlinked = { ...row };
        Reflect.deleteProperty(unlinked, "personId");
        return personId === null ? unlinked : { ...unlinked, personId };
      });
    },
    changePassphrase: (before) => {
      this.calls.push(["users.changePassphrase"]);
      if (before !== this.passphrase && this.session.value?.owed.includes("passphrase") !== true) return Promise.resolve(err(failure("user/passphrase-wrong")));
      this.#pay("passphrase");
      return Promise.resolve(ok());
    },
    beginTotp: () => {
      this.calls.push(["users.beginTotp"]);
      return Promise.resolve(ok(this.setup.offerTotp("Rivergate Works", "Lin")));
    },
    confirmTotp: (code) => {
      this.calls.push(["users.confirmTotp"]);
      if (code !== this.code) return Promise.resolve(err(failure("user/code-wrong")));
      this.#pay("second-factor");
      return Promise.resolve(ok());
    },
    addPasskey: (label) => {
      this.calls.push(["users.addPasskey", label]);
      this.passkeys.next([...this.passkeys.value, { label, addedAt: NOW }]);
      this.#pay("second-factor");
      return Promise.resolve(ok());
    },
    removePasskey: (label) => {
      this.calls.push(["users.removePasskey", label]);
      this.passkeys.next(this.passkeys.value.filter((passkey) => passkey.label !== label));
      return Promise.resolve(ok());
    },
    newRecoveryKey: () => {
      this.calls.push(["users.newRecoveryKey"]);
      return Promise.resolve(this.fresh ? ok(this.recoveryKey) : err(failure("access/confirm-needed")));
    },
  };

  readonly rights: Administration["rights"] = { allowed: this.allowed };

  readonly traces: Administration["traces"] = {
    viewing: (personId) => {
      this.calls.push(["traces.viewing", personId]);
      return Promise.resolve(ok());
    },
    exporting: (what, concerned, content) => {
      this.calls.push(["traces.exporting", what, concerned.length, content.size]);
      return Promise.resolve(this.fresh ? ok() : err(failure("access/confirm-needed")));
    },
  };


  readonly people: Administration["people"] = {
    rows: this.peopleRows,
    add: (input) => {
      this.calls.push(["people.add", input]);
      if (this.peopleRows.value.some((existing) => existing.person.employeeNumber === input.employeeNumber)) {
        return Promise.resolve(err({ ...failure("person/number-taken"), field: "employeeNumber" as const }));
      }
      const added = person(this.peopleRows.value.length, { ...input, employeeNumber: input.employeeNumber as EmployeeNumber });
      this.peopleRows.next([...this.peopleRows.value, { person: added, face: "none", hasPin: false }]);
      return Promise.resolve(ok(added));
    },
    update: (id, input: PersonInput) => {
      this.calls.push(["people.update", id, input]);
      this.#change(id, (before) => ({ ...before, person: { ...before.person, ...input, employeeNumber: input.employeeNumber as EmployeeNumber } }));
      const changed = this.peopleRows.value.find((candidate) => candidate.person.id === id);
      return Promise.resolve(changed === undefined ? err(failure("person/no-such")) : ok(changed.person));
    },
    leave: (id) => {
      this.calls.push(["people.leave", id]);
      this.#change(id, (before) => ({ person: { ...before.person, status: "left", leftAt: NOW }, face: "none", hasPin: false }));
      return Promise.resolve(ok());
    },
    preview: (file) => {
      this.calls.push(["people.preview", file.size]);
      return Promise.resolve(file.size === 0 ? err(failure("roster/empty")) : ok(this.preview));
    },
    importRoster: (preview, onProgress, signal) => {
      this.calls.push(["people.importRoster", signal]);
      onProgress(1, preview.rows.length);
      return Promise.resolve(ok({ added: preview.newPeople, changed: preview.changed }));
    },
    issuePin: (id) => {
      this.calls.push(["people.issuePin", id]);
      this.#change(id, (before) => ({ ...before, hasPin: true }));
      return Promise.resolve(ok("482916"));
    },
    giveConsent: (id, noticeVersion, locale) => {
      this.calls.push(["people.giveConsent", id, noticeVersion, locale]);
      const consent: Consent = { personId: id, noticeVersion, locale, givenAt: NOW };
      this.#change(id, (before) => ({ ...before, consent }));
      return Promise.resolve(ok(consent));
    },
    withdrawConsent: (id) => {
      this.calls.push(["people.withdrawConsent", id]);
      this.#change(id, ({ person: someone, hasPin, consent }) => ({ person: someone, hasPin, face: "none", ...(consent === undefined ? {} : { consent: { ...consent, withdrawnAt: NOW } }) }));
      return Promise.resolve(ok());
    },
  };

  readonly enrolment: Administration["enrolment"] = {
    state: this.enrolmentState,
    preview: this.enrolmentPreview,
    start: (id) => {
      this.calls.push(["enrolment.start", id]);
      this.enrolmentState.next({ kind: "opening" });
      return Promise.resolve(ok());
    },
    store: () => {
      this.calls.push(["enrolment.store"]);
      return Promise.resolve(ok());
    },
    again: () => this.calls.push(["enrolment.again"]),
    cancel: () => {
      this.calls.push(["enrolment.cancel"]);
      this.enrolmentState.next({ kind: "closed" });
    },
  };

  readonly records: Administration["records"] = {
    revision: this.revision,
    punches: (query: PunchQuery) => {
      this.calls.push(["records.punches", query]);
      return Promise.resolve(this.allPunches.filter((candidate) => query.personId === undefined || candidate.personId === query.personId));
    },
    attempts: (query) => {
      this.calls.push(["records.attempts", query]);
      return Promise.resolve(this.allAttempts);
    },
  };

  readonly recognition: Administration["recognition"] = {
    lookAlikes: this.lookAlikes,
    renewals: this.renewals,
    report: (since) => {
      this.calls.push(["recognition.report", since]);
      return Promise.resolve(this.report);
    },
  };

  readonly device: Administration["device"] = {
    camera: this.camera,
    cameraAlarm: this.cameraAlarm,
    recogniser: this.recogniserStatus,
    check: {
      preview: this.checkPreview,
      view: this.checkView,
      open: () => {
        this.calls.push(["check.open"]);
        return Promise.resolve(ok());
      },
      close: () => this.calls.push(["check.close"]),
    },
    storage: this.storage,
    acknowledgeLosses: () => {
      this.calls.push(["device.acknowledgeLosses"]);
      this.storage.next({ ...this.storage.value, losses: [] });
      return Promise.resolve();
    },
    report: () => Promise.resolve(REPORT),
    persist: () => {
      this.calls.push(["device.persist"]);
      return Promise.resolve(false);
    },
    cameras: () => Promise.resolve([{ deviceId: "camera-1", label: "Front camera" }, { deviceId: "camera-2", label: "USB camera" }]),
    chooseCamera: (id) => {
      this.calls.push(["device.chooseCamera", id]);
      return Promise.resolve();
    },
    confirmCamera: () => {
      this.calls.push(["device.confirmCamera"]);
      this.cameraAlarm.next(null);
      return Promise.resolve(ok());
    },
  };

  readonly sync: Administration["sync"] = {
    status: this.syncStatus,
    pair: (token) => {
      this.calls.push(["sync.pair", token]);
      return Promise.resolve(token.startsWith("ey") ? ok() : err(failure("pairing/unreadable")));
    },
    unpair: () => {
      this.calls.push(["sync.unpair"]);
      return Promise.resolve();
    },
    pushNow: () => {
      this.calls.push(["sync.pushNow"]);
      return Promise.resolve();
    },
  };

  readonly otherDevices: NonNullable<Administration["otherDevices"]> = {
    known: {
      devices: () =>
        Promise.resolve([
          { device: "8c41d0e7a95b3f62c114", upToSeq: 4_812, untilMs: (NOW - 240_000) as EpochMs, heardAt: (NOW - 60_000) as EpochMs, endedAt: null, refused: null },
          { device: "19f07be2d6534ac8801e", upToSeq: 377, untilMs: (NOW - 3 * 86_400_000) as EpochMs, heardAt: (NOW - 86_400_000) as EpochMs, endedAt: null, refused: failure("segment/gap", "378 to 402") },
        ]),
      subscribe: () => () => undefined,
    },
    bring: {
      fromHub: () => Promise.resolve(ok({ entries: 36, refused: [] })),
      fromFile: () => Promise.resolve(err(failure("other-devices/not-a-file"))),
      toFile: () => Promise.resolve(ok(new Blob(["{}"]))),
    },
  };

  readonly attendance = new FakeAttendance(this.calls, () => this.peopleRows.value.map((row) => row.person), () => this.fresh);

  readonly reports = new FakeReports(this.calls, this.attendance, () => this.settings.value, (...what) => this.traces.exporting(...what), (query) => this.records.punches(query));

  readonly audit = new FakeAudit();
  readonly compliance = new FakeCompliance(this.calls, () => this.fresh);

  readonly personRights = new FakePersonRights(this.calls, () => this.fresh);

  readonly backups = new FakeBackups(this.calls);

  readonly updates: Administration["updates"] = {
    status: this.updateStatus,
    apply: () => {
      this.calls.push(["updates.apply"]);
      return Promise.resolve();
    },
  };

  readonly bootPolicy = new Subject<BootPolicy>("unattended");
  readonly boot: Boot = {
    policy: this.bootPolicy,
    locked: new Subject(false),
    renew: () => {
      this.calls.push(["boot.renew"]);
      return Promise.resolve(ok());
    },
    choose: (policy) => {
      this.calls.push(["boot.choose", policy]);
      this.bootPolicy.next(policy);
      return Promise.resolve(ok());
    },
  };

  /** The names of what was asked for, without the arguments. */
  get asked(): readonly unknown[] {
    return this.calls.map(([name]) => name);
  }

  #signIn(part: Partial<AdministratorSession> = {}): Promise<Result<AdministratorSession, never>> {
    const signedIn = session(part);
    this.session.next(signedIn);
    return Promise.resolve(ok(signedIn));
  }

  #pay(debt: AdministratorSession["owed"][number]): void {
    const { value } = this.session;
    if (value !== null) this.session.next({ ...value, owed: value.owed.filter((other) => other !== debt) });
  }

  #changeUser(userId: UserId, change: (before: UserRow) => UserRow): Promise<Result<void, Failure<"access/confirm-needed">>> {
    if (!this.fresh) return Promise.resolve(err(failure("access/confirm-needed")));
    this.userRows.next(this.userRows.value.map((row) => (row.userId === userId ? change(row) : row)));
    return Promise.resolve(ok());
  }

  #change(id: PersonId, change: (before: PersonRow) => PersonRow): void {
    this.peopleRows.next(this.peopleRows.value.map((before) => (before.person.id === id ? change(before) : before)));
  }
}
