import "../../src/ui/admin/cf-admin.ts";
import type { AdminShellElement } from "../../src/ui/admin/cf-admin.ts";
import { AFTER_SETUP, EMPTY_DRAFT, forgetDraft, saveDraft, type Factor, type Step } from "../../src/ui/admin/setup/draft.ts";
import { showLocale } from "../../src/ui/i18n/localize.ts";
import { showTheme } from "../../src/ui/styles/theme.ts";
import { failure } from "../../src/domain/errors.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { err, ok } from "../../src/domain/result.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { incident } from "./fake-compliance.ts";
import { finished, reported, retentionOf } from "./fake-rights.ts";
import { settled } from "./settled.ts";
import { FakeAdministration, grant, LIN, NOW, PAIRS, people, recognitionReport, RENEWALS, session, SETTINGS, STALE } from "./fake-administration.ts";

/** A grey figure in place of a face: the pictures show no person. */
export function picture(): MediaStream {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const draw = canvas.getContext("2d");
  if (draw === null) throw new Error("No canvas");
  const sky = draw.createLinearGradient(0, 0, 0, 480);
  sky.addColorStop(0, "#5b6b73");
  sky.addColorStop(1, "#2f3b41");
  draw.fillStyle = sky;
  draw.fillRect(0, 0, 640, 480);
  draw.fillStyle = "#c9b8a8";
  draw.beginPath();
  draw.ellipse(320, 220, 100, 135, 0, 0, 7);
  draw.fill();
  draw.fillStyle = "#3f5f73";
  draw.beginPath();
  draw.ellipse(320, 520, 220, 160, 0, 0, 7);
  draw.fill();
  const stream = canvas.captureStream(5);
  // A canvas that is not drawn to again gives no frame.
  setInterval(() => draw.fillRect(0, 0, 1, 1), 200);
  return stream;
}

export interface Scene {
  readonly path: string;
  /** The time that it is; as it is when absent. */
  readonly now?: number;
  readonly prepare?: (fake: FakeAdministration) => void;
  /** After the first render. */
  readonly act?: (element: AdminShellElement, fake: FakeAdministration) => Promise<void> | void;
}

/** Elements that fit, shadow roots included, in the order of the page. */
function all(root: ParentNode, selector: string): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("*"), ...(root instanceof Element && root.shadowRoot ? root.shadowRoot.querySelectorAll<HTMLElement>("*") : [])].flatMap((element) => [
    ...(element.matches(selector) ? [element] : []),
    ...(element.shadowRoot === null ? [] : all(element.shadowRoot, selector)),
  ]);
}

function inside(root: Element, selector: string): HTMLElement | null {
  const found = root.shadowRoot?.querySelector<HTMLElement>(selector);
  if (found) return found;
  for (const child of root.shadowRoot?.querySelectorAll("*") ?? []) {
    if (child.shadowRoot === null) continue;
    const deeper = inside(child, selector);
    if (deeper !== null) return deeper;
  }
  return null;
}

function draft(step: Step, factor: Factor = "app"): void {
  saveDraft({ ...EMPTY_DRAFT, step, factor, organisation: "Rivergate Works", siteName: "North gate", zone: "Asia/Shanghai", helpContact: "8001", lawRegion: "cn", administratorName: "Lin", done: ["lock"] });
}


/** Types into fields by their names. */
async function enter(element: AdminShellElement, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = inside(element, `wa-input[name="${name}"]`) as (HTMLElement & { value: string }) | null;
    if (field === null) throw new Error(`No field ${name}`);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  }
  await settled();
}

async function submit(element: AdminShellElement): Promise<void> {
  (inside(element, "form") as HTMLFormElement).requestSubmit();
  await settled();
}

async function capture(element: AdminShellElement, fake: FakeAdministration): Promise<void> {
  inside(element, ".actions wa-button[variant=brand]")?.click();
  await settled();
  fake.enrolmentPreview.next(picture());
}

function supervisor(fake: FakeAdministration): void {
  fake.session.next(session({ name: "Maren Holt", grants: [grant("supervisor", { department: "Assembly" })] }));
  fake.allowed.next(new Set(["people.read", "face.freeze", "records.read", "records.export"]));
  fake.peopleRows.next(fake.peopleRows.value.filter(({ person }) => person.department === "Assembly"));
}

/** Clicks the button with these words; the last one when `at` is -1. */
function clickWords(root: ParentNode, words: RegExp, at = 0): void {
  all(root, "wa-button, button")
    .filter((button) => words.test(button.textContent.trim()))
    .at(at)
    ?.click();
}

async function openChart(element: AdminShellElement): Promise<void> {
  inside(element, "details.chart")?.setAttribute("open", "");
  await new Promise((resolve) => setTimeout(resolve, 600));
}

/** As far as the numbers of what would change. */
async function chooseBackup(restore: HTMLElement | null): Promise<void> {
  if (restore === null) return;
  const input = restore.shadowRoot?.querySelector<HTMLInputElement>('input[type="file"]');
  const files = new DataTransfer();
  files.items.add(new File(["x"], "clockface.age"));
  if (input) input.files = files.files;
  input?.dispatchEvent(new Event("change"));
  const identity = restore.shadowRoot?.querySelector<HTMLElement & { value: string }>('wa-input[name="identity"]');
  if (identity) identity.value = "AGE-SECRET-KEY-1";
  identity?.dispatchEvent(new Event("input"));
  await settled();
  restore.shadowRoot?.querySelector("form")?.requestSubmit();
  await settled();
}

const setupScene = (step: Step): Scene => ({
  path: "/admin",
  prepare: (fake) => {
    draft(step);
    if (AFTER_SETUP.includes(step)) fake.settings.next(SETTINGS);
    else fake.settings.next(null);
    fake.checkPreview.next(picture());
    fake.checkView.next({ reason: "too-far" });
  },
});

/** A draft is being changed, and the first of what the tab lists is open. */
const rulesScene = (tab: string): Scene => ({
  path: `/admin/rules?tab=${tab === "review" ? "groups" : tab}`,
  now: NOW,
  act: async (element) => {
    await settled();
    inside(element, ".head wa-button")?.click();
    await settled();
    if (tab === "review") inside(element, ".draft wa-button")?.click();
    await settled();
    const card = inside(element, "#panel > *")?.shadowRoot?.querySelector("details");
    if (card) card.open = true;
    await settled();
  },
});

export const SCENES: Readonly<Record<string, Scene>> = {
  "setup-language": setupScene("language"),
  "setup-site": setupScene("site"),
  "setup-law": setupScene("law"),
  "setup-administrator": {
    ...setupScene("administrator"),
    act: (element) => {
      (inside(element, "form") as HTMLFormElement).requestSubmit();
    },
  },
  "setup-profile": setupScene("profile"),
  "setup-second-factor": {
    ...setupScene("administrator"),
    act: async (element, fake) => {
      fake.passphrase = "seven quiet rivers at dusk";
      await enter(element, { passphrase: fake.passphrase, "kiosk-pin": "825163" });
      inside(element, "wa-checkbox")?.click();
      await settled();
      await submit(element);
    },
  },
  "setup-code-wrong": {
    ...setupScene("administrator"),
    act: async (element) => {
      await enter(element, { passphrase: "seven quiet rivers at dusk", "kiosk-pin": "825163" });
      inside(element, "wa-checkbox")?.click();
      await settled();
      await submit(element);
      await enter(element, { code: "111111" });
      await submit(element);
      inside(element, 'wa-input[name="code"]')?.scrollIntoView();
    },
  },
  "setup-recovery": setupScene("recovery"),
  "setup-recovery-key": {
    ...setupScene("recovery"),
    act: async (element) => {
      inside(element, "wa-button[variant=brand]")?.click();
      await settled();
      inside(element, "wa-button[variant=brand]")?.click();
    },
  },
  "setup-passkey": { ...setupScene("passkey"), prepare: (fake) => { draft("passkey", "passkey"); fake.settings.next(SETTINGS); } },
  "setup-boot": { ...setupScene("boot"), prepare: () => draft("boot") },
  "setup-camera": setupScene("camera"),
  "setup-assessment": setupScene("assessment"),
  "setup-person": setupScene("person"),
  "setup-place": setupScene("place"),
  "sign-in": { path: "/admin", prepare: (fake) => fake.session.next(null) },
  "sign-in-named": {
    path: "/admin",
    prepare: (fake) => {
      fake.session.next(null);
      fake.nameNeeded.next(true);
      fake.passkeyOffered.next(true);
    },
    act: async (element) => {
      await enter(element, { name: "Lin", passphrase: "wrong wrong wrong", code: "123456" });
      await submit(element);
    },
  },
  "sign-in-locked": {
    path: "/admin",
    prepare: (fake) => {
      fake.session.next(null);
      fake.sessions.signIn = () => Promise.resolve(err({ kind: "session/locked", until: (Date.now() + 92_000) as EpochMs }));
    },
    act: async (element) => {
      await enter(element, { passphrase: "wrong wrong wrong" });
      await submit(element);
    },
  },
  "sign-in-recovery": {
    path: "/admin",
    prepare: (fake) => fake.session.next(null),
    act: (element) => inside(element, "cf-sign-in .foot button, .foot button")?.click(),
  },
  "owed-passphrase": {
    path: "/admin",
    prepare: (fake) => fake.session.next(session({ name: "Tomás Rey", owed: ["passphrase", "second-factor"] })),
    act: (element) => submit(element),
  },
  "owed-second-factor": { path: "/admin", prepare: (fake) => fake.session.next(session({ name: "Tomás Rey", owed: ["second-factor"] })) },
  compliance: { path: "/admin/compliance" },
  "compliance-register": { path: "/admin/compliance?tab=register" },
  "compliance-incidents": {
    path: "/admin/compliance?tab=incidents",
    prepare: (fake) => {
      fake.compliance.kept = [incident()];
    },
  },
  "compliance-incident": {
    path: "/admin/compliance?tab=incidents",
    prepare: (fake) => {
      fake.compliance.kept = [incident()];
    },
    act: (element) => clickWords(element.shadowRoot ?? element, /^(Show|查看)$/),
  },
  "compliance-incident-new": { path: "/admin/compliance?tab=incidents", act: (element) => clickWords(element.shadowRoot ?? element, /^(Report an incident|登记事件)$/) },
  "compliance-first": {
    path: "/admin/compliance",
    prepare: (fake) => {
      fake.compliance.recorded = [];
      fake.compliance.faceClosed.next("not-assessed");
    },
  },
  "compliance-faces": { path: "/admin/compliance?tab=faces", prepare: (fake) => void fake.compliance.setFacesElsewhere(96_000) },
  "compliance-off": {
    path: "/admin/compliance?tab=faces",
    prepare: (fake) => {
      fake.settings.next({ ...SETTINGS, faceOff: { reason: "Order 12/2026 of the data protection authority", by: LIN, at: NOW } });
      fake.compliance.faceClosed.next("switched-off");
    },
  },
  "compliance-notice": {
    path: "/admin/presence",
    prepare: (fake) => fake.compliance.concerns.next({ assessmentMissing: true, reviewDue: false, overdue: [{ incident: "x", clock: "h4", dueAt: NOW }], openIncidents: 1, filing: { here: 138, elsewhere: 0 } }),
  },
  "enrol-not-assessed": { path: "/admin/people/p-2/enrol", prepare: (fake) => fake.compliance.faceClosed.next("not-assessed") },
  "enrol-switched-off": {
    path: "/admin/people/p-2/enrol",
    prepare: (fake) => {
      fake.settings.next({ ...SETTINGS, faceOff: { reason: "Order 12/2026 of the data protection authority", by: LIN, at: NOW } });
      fake.compliance.faceClosed.next("switched-off");
    },
  },
  rights: { path: "/admin/rights", prepare: (fake) => (fake.personRights.overviewShown = retentionOf({ id: "p-1" as PersonId, employeeNumber: "1042", name: "王芳" })) },
  "rights-doubt": { path: "/admin/rights", prepare: (fake) => (fake.personRights.overviewShown = { ...retentionOf({ id: "p-1" as PersonId, employeeNumber: "1042", name: "王芳" }), doubt: "leapt", coming: [], pending: [], done: [] }) },
  "rights-system-administrator": { path: "/admin/rights", prepare: (fake) => fake.allowed.next(new Set(["face.freeze", "face.release", "device.read"])) },
  "person-frozen": {
    path: "/admin/people/p-1",
    prepare: (fake) => void fake.personRights.states.set("p-1" as PersonId, { ...reported(), erasures: [finished("p-1" as PersonId)] }),
    act: (element) => inside(element, "cf-person-rights")?.scrollIntoView(),
  },
  "person-freeze": { path: "/admin/people/p-1", act: (element) => clickWords(element, /^(Freeze the face|冻结人脸)$/) },
  "person-certificate": {
    path: "/admin/people/p-1",
    prepare: (fake) => void fake.personRights.states.set("p-1" as PersonId, { frozen: null, hold: false, ends: [], erasures: [finished("p-1" as PersonId)] }),
    act: (element) => clickWords(element, /^(Certificate|证明)$/),
  },
  users: { path: "/admin/users", prepare: (fake) => fake.staleGrants.next(STALE) },
  "users-employee": {
    path: "/admin/users",
    act: async (element) => {
      clickWords(element, /^Choose the employee|^选择员工/);
      await settled();
      const field = inside(element, "cf-person-picker")?.shadowRoot?.querySelector("input");
      if (!field) return;
      field.value = "a";
      field.dispatchEvent(new Event("input"));
    },
  },
  "users-employee-unseen": {
    path: "/admin/users",
    prepare: (fake) => {
      const [first] = fake.peopleRows.value;
      fake.userRows.next(fake.userRows.value.map((row, index) => (index === 0 && first ? { ...row, personId: first.person.id } : row)));
      fake.allowed.next(new Set(["users.read", "users.change", "roles.grant"]));
      fake.peopleRows.next([]);
    },
    act: async (element) => {
      clickWords(element, /^Change|^更改/);
      await settled();
    },
  },
  "users-end": {
    path: "/admin/users",
    act: async (element) => {
      clickWords(element, /^End user$|^停用用户$/);
      await settled();
    },
  },
  "users-add": {
    path: "/admin/users",
    act: async (element) => {
      clickWords(element, /^Add a user$|^添加用户$/);
      await settled();
      await enter(element, { user: "Aisha Noor-Bell" });
      clickWords(element, /^Add$|^添加$/);
    },
  },
  "users-grant": {
    path: "/admin/users",
    act: async (element) => {
      clickWords(element, /^Give a role$|^分配角色$/);
      await settled();
      inside(element, 'input[value="auditor"]')?.click();
    },
  },
  "users-grant-department": {
    path: "/admin/users",
    act: async (element) => {
      clickWords(element, /^Give a role$|^分配角色$/);
      await settled();
      inside(element, 'input[value="supervisor"]')?.click();
      await settled();
      clickWords(element, /^Give the role$|^分配角色$/, -1);
    },
  },
  confirm: {
    path: "/admin/users",
    prepare: (fake) => {
      fake.fresh = false;
      fake.passkeys.next([{ label: "Key ring", addedAt: NOW }]);
    },
    act: async (element) => {
      clickWords(element, /^Take back|^收回/);
      await settled();
    },
  },
  account: { path: "/admin/account", prepare: (fake) => fake.passkeys.next([{ label: "Key ring", addedAt: NOW }]) },
  "account-app": {
    path: "/admin/account",
    act: async (element) => {
      clickWords(element, /^Set up another phone$|^换一部手机$/);
      await settled();
    },
  },
  "no-right": {
    path: "/admin/settings",
    prepare: (fake) => {
      fake.session.next(session({ grants: [grant("supervisor", { department: "Assembly" })] }));
      fake.allowed.next(new Set(["people.read", "face.freeze", "records.read", "records.export"]));
    },
  },
  "supervisor-people": { path: "/admin/people", prepare: supervisor },
  "supervisor-person": { path: "/admin/people/p-0", prepare: supervisor },
  "auditor-punches": {
    path: "/admin/punches",
    prepare: (fake) => {
      fake.session.next(session({ grants: [grant("auditor", { expiresAt: (Date.now() + 86_400_000 * 20) as EpochMs })] }));
      fake.allowed.next(new Set(["people.read", "records.read", "log.read", "audit.package", "users.read", "certificates.read"]));
    },
  },
  people: { path: "/admin/people" },
  "people-empty": { path: "/admin/people", prepare: (fake) => fake.peopleRows.next([]) },
  person: { path: "/admin/people/p-1" },
  "people-notes": {
    path: "/admin/people",
    prepare: (fake) => {
      fake.lookAlikes.next(PAIRS);
      fake.renewals.next(RENEWALS);
    },
  },
  "person-alike": { path: "/admin/people/p-0", prepare: (fake) => fake.lookAlikes.next(PAIRS) },
  "person-alike-no-pin": {
    path: "/admin/people/p-5",
    prepare: (fake) => fake.lookAlikes.next(PAIRS),
  },
  "person-renew": { path: "/admin/people/p-1", prepare: (fake) => fake.renewals.next(RENEWALS) },
  "person-leave": {
    path: "/admin/people/p-1",
    act: async (element) => {
      inside(element, 'section[aria-labelledby="leave"] wa-button')?.click();
      await settled();
    },
  },
  "person-new": {
    path: "/admin/people/new",
    act: (element) => {
      (inside(element, "form") as HTMLFormElement).requestSubmit();
    },
  },
  import: { path: "/admin/people/import" },
  "import-preview": {
    path: "/admin/people/import",
    act: (element) => {
      const input = inside(element, 'input[type="file"]') as HTMLInputElement;
      const files = new DataTransfer();
      files.items.add(new File(["x"], "roster.csv"));
      input.files = files.files;
      input.dispatchEvent(new Event("change"));
    },
  },
  "enrol-notice": { path: "/admin/people/p-2/enrol" },
  "enrol-capture": {
    path: "/admin/people/p-1/enrol",
    act: async (element, fake) => {
      await capture(element, fake);
      fake.enrolmentState.next({ kind: "capturing", variation: "slightly-left", taken: 2, wanted: 5, reason: "turn-a-little" });
    },
  },
  "enrol-same": {
    path: "/admin/people/p-1/enrol",
    act: async (element, fake) => {
      await capture(element, fake);
      fake.enrolmentState.next({ kind: "same-face-enrolled", personId: "p-5" as PersonId });
    },
  },
  "enrol-alike": {
    path: "/admin/people/p-5/enrol",
    act: async (element, fake) => {
      fake.peopleRows.next(fake.peopleRows.value.map((row) => (row.person.id === "p-5" ? { ...row, hasPin: false } : row)));
      await capture(element, fake);
      fake.enrolmentState.next({ kind: "stored", lookAlikes: ["p-0" as PersonId] });
    },
  },
  "enrol-pin": {
    path: "/admin/people/p-1/enrol",
    act: async (element, fake) => {
      await capture(element, fake);
      fake.enrolmentState.next({ kind: "stored" });
      await settled();
      inside(element, ".actions wa-button[variant=brand]")?.click();
    },
  },
  audit: { path: "/admin/audit" },
  "audit-alarms": {
    path: "/admin/audit?show=looks",
    prepare: ({ audit }) => {
      const { value } = audit.state;
      audit.state.next({
        ...value,
        witnesses: [],
        witnessedUpTo: 0,
        late: true,
        unwitnessedSince: (NOW - 90_000_000) as EpochMs,
        alarms: [
          { alarm: "forked", at: NOW, size: 1_200, witness: "5d1c0a77e2b94f06c3aa" },
          { alarm: "hub-key-changed", at: NOW, size: 1_200, witness: "0d1c0a77e2b94f06c3aa" },
        ],
      });
    },
  },
  "audit-phone": { path: "/admin/audit", act: (element) => inside(element, "cf-audit")?.shadowRoot?.querySelector<HTMLElement>(".head wa-button")?.click() },
  attest: { path: "/admin/attest", now: NOW },
  help: { path: "/admin/help", now: NOW },
  presence: { path: "/admin/presence", now: NOW },
  "presence-supervisor": {
    path: "/admin/presence",
    now: NOW,
    prepare: (fake) => {
      supervisor(fake);
      fake.allowed.next(new Set(["people.read", "records.read", "records.export", "attendance.read", "requests.read", "requests.decide", "notes.read", "notes.write"]));
    },
  },
  "presence-day": {
    path: "/admin/presence",
    now: NOW,
    act: async (element) => {
      all(element, "td button").find((button) => button.textContent.trim() === "▲")?.click();
      await settled();
      inside(element, "cf-day")?.scrollIntoView();
    },
  },
  requests: { path: "/admin/requests" },
  "requests-picked": {
    path: "/admin/requests",
    act: async (element) => {
      await settled();
      for (const box of all(element.shadowRoot ?? element, ".line input").slice(0, 2)) box.click();
      await settled();
    },
  },
  "requests-help": {
    path: "/admin/requests",
    act: async (element) => {
      await settled();
      clickWords(element.shadowRoot ?? element, /^(Help|帮助)$/);
      await settled();
    },
  },
  "requests-file": {
    path: "/admin/requests",
    act: async (element) => {
      await settled();
      clickWords(element.shadowRoot ?? element, /^(File for somebody|代为提交)$/);
      await settled();
    },
  },
  request: { path: "/admin/requests/r-1" },
  "request-late": { path: "/admin/requests/r-2" },
  "request-leave": { path: "/admin/requests/r-3" },
  "request-decided": { path: "/admin/requests/r-10" },
  "person-balances": {
    path: "/admin/people/p-0",
    act: async (element) => {
      await settled();
      clickWords(element.shadowRoot ?? element, /^(Show balances|查看余额)$/);
      await settled();
      inside(element, "cf-balances")?.scrollIntoView({ block: "center" });
    },
  },
  reports: { path: "/admin/reports?report=summary&from=2026-02-01&to=2026-02-28" },
  "reports-daily": { path: "/admin/reports?report=daily&from=2026-02-01&to=2026-02-28&sort=late&order=down" },
  "reports-punch-times": { path: "/admin/reports?report=punch-times&from=2026-02-01&to=2026-02-28" },
  "reports-raw": { path: "/admin/reports?report=raw&from=2026-03-01&to=2026-03-02" },
  "reports-exceptions": { path: "/admin/reports?report=exceptions&from=2026-02-01&to=2026-02-28&hours=decimal" },
  "reports-trend": { path: "/admin/reports?report=trend&from=2026-02-01&to=2026-02-28", act: openChart },
  "reports-ways": { path: "/admin/reports?report=ways&from=2026-02-01&to=2026-02-28", act: openChart },
  "reports-by-hour": { path: "/admin/reports?report=by-hour&from=2026-02-01&to=2026-02-28", act: openChart },
  "reports-empty": { path: "/admin/reports?report=overtime&from=2026-02-15&to=2026-02-16" },
  "reports-schedule": {
    path: "/admin/reports?report=summary&from=2026-02-01&to=2026-02-28",
    prepare: (fake) => fake.reports.state.next({ ...fake.reports.state.value, folder: { name: "Payroll", state: "asks-again" }, due: true }),
    act: async (element) => {
      clickWords(element, /by itself|自动/);
      await settled();
    },
  },
  months: { path: "/admin/months?month=2026-02" },
  "months-reason": {
    path: "/admin/months?month=2026-02",
    act: async (element) => {
      clickWords(element, /^Close 2026-02|^锁定/);
      await settled();
      inside(element, "#close")?.scrollIntoView();
    },
  },
  "months-closed": {
    path: "/admin/months?month=2026-02",
    prepare: ({ attendance }) => {
      attendance.locked = new Set(["2026-02"]);
      attendance.watermarks = attendance.watermarks.slice(0, 1);
    },
  },
  feedback: { path: "/admin/feedback" },
  "feedback-answered": { path: "/admin/feedback?show=answered" },
  "person-notes": { path: "/admin/people/p-2", act: (element) => inside(element, "cf-notes")?.scrollIntoView() },
  punches: { path: "/admin/punches" },
  attempts: { path: "/admin/punches?tab=attempts" },
  "punches-empty": { path: "/admin/punches", prepare: (fake) => (fake.allPunches = []) },
  recognition: { path: "/admin/recognition", prepare: (fake) => fake.lookAlikes.next(PAIRS) },
  "recognition-end": {
    path: "/admin/recognition",
    prepare: (fake) => fake.lookAlikes.next(PAIRS),
    act: (element) => inside(element, "#closest")?.scrollIntoView(),
  },
  "recognition-people": { path: "/admin/recognition?tab=people" },
  "recognition-groups": { path: "/admin/recognition?tab=groups" },
  "recognition-quiet": { path: "/admin/recognition?tab=groups", prepare: (fake) => (fake.report = ok(recognitionReport(143, 0))) },
  "recognition-empty": { path: "/admin/recognition", prepare: (fake) => (fake.report = ok({ ...recognitionReport(0, 0), closest: [], groups: [] })) },
  "recognition-failed": { path: "/admin/recognition", prepare: (fake) => (fake.report = err(failure("recognition/not-ready"))) },
  device: { path: "/admin/device" },
  "device-others": {
    path: "/admin/device",
    act: async (element) => {
      clickWords(element, /^Fetch from|^从汇聚服务/);
      await settled();
      inside(element, "#others")?.scrollIntoView();
    },
  },
  "device-camera-changed": {
    path: "/admin/device",
    prepare: (fake) => {
      fake.camera.next({ kind: "fault", failure: failure("camera/changed") });
      fake.cameraAlarm.next({ kind: "changed", label: "OBS Virtual Camera", confirmedLabel: "Front camera", differences: ["label", "resolution", "controls"], looksVirtual: true, since: NOW, stillThere: true });
    },
  },
  "device-camera-back": {
    path: "/admin/device",
    prepare: (fake) => fake.cameraAlarm.next({ kind: "changed", label: "", confirmedLabel: "Front camera", differences: ["label"], looksVirtual: false, since: NOW, stillThere: false }),
  },
  "device-storage": {
    path: "/admin/device",
    prepare: (fake) =>
      fake.storage.next({
        ...fake.storage.value,
        usedBytes: 5_700_000_000,
        pressure: "critical",
        second: "failed",
        scrubbedAt: NOW,
        losses: [
          { copy: "A", what: "entries missing", found: 12, rebuilt: 11, lost: 1, at: NOW },
          { copy: "B", what: "damaged", found: 2, rebuilt: 2, lost: 0, at: NOW },
        ],
      }),
  },
  "storage-notice": {
    path: "/admin/people",
    prepare: (fake) => fake.storage.next({ ...fake.storage.value, losses: [{ copy: "A", what: "empty", found: 1_204, rebuilt: 1_204, lost: 0, at: NOW }] }),
  },
  "device-camera-unconfirmed": { path: "/admin/device", prepare: (fake) => fake.cameraAlarm.next({ kind: "not-confirmed" }) },
  pairing: {
    path: "/admin/device",
    act: async (element) => {
      await settled();
      inside(element, 'section[aria-labelledby="hub"] .row wa-button:last-of-type')?.click();
      await settled();
    },
  },
  rules: { path: "/admin/rules", now: NOW },
  "rules-first": { path: "/admin/rules", now: NOW, prepare: (fake) => fake.attendance.book.next({ siteId: "site-1", versions: [] }) },
  "rules-groups": rulesScene("groups"),
  "rules-shifts": rulesScene("shifts"),
  "rules-patterns": rulesScene("patterns"),
  "rules-calendar": rulesScene("calendar"),
  "rules-leave": rulesScene("leave"),
  "rules-site": rulesScene("site"),
  "rules-review": rulesScene("review"),
  schedule: { path: "/admin/schedule?from=2026-03-02", now: NOW },
  "schedule-brush": {
    path: "/admin/schedule?from=2026-03-02&span=7",
    now: NOW,
    act: async (element) => {
      await settled();
      inside(element, ".brush:nth-of-type(2)")?.click();
      await settled();
    },
  },
  "schedule-assign": {
    path: "/admin/schedule?from=2026-03-02",
    now: NOW,
    act: async (element) => {
      await settled();
      inside(element, ".head wa-button:nth-of-type(3)")?.click();
      await settled();
    },
  },
  settings: { path: "/admin/settings" },
  "settings-recognition": { path: "/admin/settings", act: (element) => inside(element, "#recognition")?.scrollIntoView() },
  "settings-roster": {
    path: "/admin/settings",
    prepare: (fake) => fake.settings.next({ ...SETTINGS, recognition: { ...SETTINGS.recognition, comparison: "roster", rosterDepartments: ["Assembly", "Quality"] } }),
    act: (element) => inside(element, 'input[value="everyone"]')?.closest("fieldset")?.scrollIntoView(),
  },
  backup: { path: "/admin/backup" },
  "backup-first": {
    path: "/admin/backup",
    prepare: (fake) => fake.backups.status.next({ ...fake.backups.status.value, key: null, folder: null, last: null, drill: { last: null, due: false } }),
  },
  "backup-late": {
    path: "/admin/backup",
    prepare: (fake) => {
      const { status, toDo } = fake.backups;
      const before = status.value;
      toDo.next(3);
      status.next({ ...before, key: before.key && { ...before.key, renew: true }, folder: { name: "Backups", state: "asks-again" }, overdue: true, drill: { last: { at: NOW, passed: false }, due: true }, failed: failure("backup/folder-refused") });
    },
  },
  "backup-key": {
    path: "/admin/backup",
    act: async (element) => {
      inside(element, 'section[aria-labelledby="key"] wa-button')?.click();
      await settled();
    },
  },
  "backup-restore": {
    path: "/admin/backup",
    act: async (element) => {
      inside(element, 'section[aria-labelledby="restore"] wa-button')?.click();
      await settled();
      await chooseBackup(inside(element, "cf-restore"));
    },
  },
  "setup-restore": {
    ...setupScene("language"),
    act: async (element) => {
      inside(element, ".languages + div wa-button")?.click();
      await settled();
    },
  },
  palette: {
    path: "/admin/people",
    act: async (element) => {
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
      await settled();
      const input = inside(inside(element, "cf-palette") as HTMLElement, "input") as HTMLInputElement;
      input.value = "1";
      input.dispatchEvent(new Event("input"));
    },
  },
};

const realNow = Date.now;

/** Shows one scene; resolves when it stands still. */
export async function show(name: string, options: { readonly locale: "en" | "zh-Hans"; readonly theme: "light" | "dark"; readonly many?: number }): Promise<{ readonly element: AdminShellElement; readonly fake: FakeAdministration }> {
  const scene = SCENES[name];
  if (scene === undefined) throw new Error(`No scene ${name}`);
  forgetDraft();
  Date.now = scene.now === undefined ? realNow : () => scene.now ?? realNow();
  const fake = new FakeAdministration();
  if (options.many !== undefined) fake.peopleRows.next(people(options.many));
  scene.prepare?.(fake);
  history.replaceState(null, "", scene.path);
  showTheme(options.theme);
  await showLocale(options.locale);
  const element = document.createElement("cf-admin");
  element.administration = fake;
  document.body.replaceChildren(element);
  await element.updateComplete;
  await settled();
  await scene.act?.(element, fake);
  await settled();
  return { element, fake };
}

declare global {
  interface Window {
    showAdmin: typeof show;
    adminScenes: readonly string[];
  }
}
window.adminScenes = Object.keys(SCENES);
window.showAdmin = show;
