import { WorkerDayComputer } from "./adapters/attendance/day-computer.ts";
import { readBadges } from "./adapters/badge/badge-reader.ts";
import { createBackups } from "./adapters/backup/create-backups.ts";
import { createCamera } from "./adapters/camera/camera.ts";
import { signatureVerifier } from "./adapters/crypto/verify-signature.ts";
import { createRecogniser } from "./adapters/inference/recogniser.ts";
import { holidaySource } from "./adapters/platform/holidays.ts";
import { trustOwnScripts } from "./adapters/platform/trusted-types.ts";
import { reportViolations } from "./adapters/platform/violations.ts";
import { AppUpdates } from "./adapters/platform/updates.ts";
import { createCore, type Core, type CoreFailure } from "./adapters/storage/core.ts";
import { renewSiteTransform } from "./adapters/storage/site-transforms.ts";
import { bucketNames } from "./adapters/storage/bucket.ts";
import { HubTokenSeal } from "./adapters/storage/hub-token-seal.ts";
import { EpochAge } from "./adapters/storage/epoch-age.ts";
import { SealingOutbox } from "./adapters/storage/outbox.ts";
import { StoredProof } from "./adapters/storage/proof-store.ts";
import { HubSync } from "./adapters/sync/hub-sync.ts";
import { createOtherDevices } from "./adapters/sync/others/create-other-devices.ts";
import { SyncStore } from "./adapters/sync/sync-store.ts";
import { HubWitness } from "./adapters/sync/witness.ts";
import { openRearCamera, PhoneDatabase } from "./adapters/sync/witness-phone.ts";
import { guarded } from "./app/access/guarded.ts";
import type { Administration } from "./app/api/administration.ts";
import type { Kiosk } from "./app/api/kiosk.ts";
import { createAttendance } from "./app/attendance/create-attendance.ts";
import { createReports } from "./app/reports/create-reports.ts";
import { sheetWriter } from "./adapters/reports/sheet-writer.ts";
import { reportFolder, ReportShelf } from "./adapters/reports/shelf.ts";
import { reportWords } from "./ui/i18n/report-words.ts";
import type { Recogniser } from "./app/ports/recogniser.ts";
import { createAudit } from "./app/audit/create-audit.ts";
import { StoredPhoneWitness } from "./app/audit/phone-witness.ts";
import { DailyBackup } from "./app/backup/daily.ts";
import { LiveCameraCheck } from "./app/device/camera-check.ts";
import { CameraPins } from "./app/device/camera-pins.ts";
import { selfTest } from "./app/device/self-test.ts";
import { mayUpdate, noteUpdate } from "./app/device/update-time.ts";
import { BootPolicies } from "./app/boot/boot-policies.ts";
import { StorageUpkeep } from "./app/device/storage-health-upkeep.ts";
import { StorageHealth } from "./app/device/storage-health.ts";
import { SiteCompliance } from "./app/compliance/site-compliance.ts";
import { createEnrolment } from "./app/enrolment/controller.ts";
import { createKiosk } from "./app/kiosk/controller.ts";
import { Subject } from "./app/observable.ts";
import { PinSelfService, type SelfService } from "./app/own-record/self-service.ts";
import { createRights } from "./app/rights/site-rights.ts";
import { SiteRecognition } from "./app/recognition/site-recognition.ts";
import { OPERATING_POINTS } from "./domain/biometrics/operating-points.ts";
import { chosenPoint, policyOf } from "./domain/biometrics/recognition-policy.ts";
import type { Clock, EpochMs, MonotonicMs } from "./domain/clock.ts";
import { failure, type Failure } from "./domain/errors.ts";
import { consentInForce } from "./domain/people/stored.ts";
import type { PersonId } from "./domain/people/types.ts";
import { err, ok, type Result } from "./domain/result.ts";
import { startLocale } from "./ui/i18n/localize.ts";
import "./ui/app/cf-app.ts";
import "./ui/app/start-failed.ts";

/** Profile before anyone has chosen: practice and the camera check of set-up. */
const FIRST_PROFILE = "accurate";

const clock: Clock = {
  wall: () => Date.now() as EpochMs,
  monotonic: () => performance.now() as MonotonicMs,
};

const scheduler = {
  after: (delayMs: number, run: () => void): (() => void) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  every: (intervalMs: number, run: () => void): (() => void) => {
    const timer = setInterval(run, intervalMs);
    return () => clearInterval(timer);
  },
};

/** Evenly spread over 0 to 1 and not to be foretold. */
function random(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word / 2 ** 32;
}

/** Asks the hub; the time in an answer that our token was good for confirms the tablet's clock. Other origins' answers do not show theirs. */
async function askHub(core: Core, url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init);
  const date = answer.ok ? Date.parse(answer.headers.get("Date") ?? "") : Number.NaN;
  if (Number.isFinite(date)) await core.store.anchorTime(date as EpochMs);
  return answer;
}

function isQuiet(kiosk: Kiosk, core: Core): boolean {
  return ["idle", "starting"].includes(kiosk.state.value.kind) && core.sessions.current.value === null;
}

/** True while nobody uses the tablet: an update may be taken. `starting` is also where a kiosk that is not shown rests. */
function quietOf(kiosk: Kiosk, core: Core, selfService: SelfService): Subject<boolean> {
  const now = (): boolean => isQuiet(kiosk, core) && selfService.state.value.kind === "entry";
  const quiet = new Subject(now());
  kiosk.state.subscribe(() => quiet.next(now()));
  core.sessions.current.subscribe(() => quiet.next(now()));
  selfService.state.subscribe(() => quiet.next(now()));
  return quiet;
}

function checkConsent(core: Core, personId: PersonId): Result<void, Failure<"enrolment/no-consent" | "enrolment/no-such-person">> {
  const stored = core.store.people.get(personId);
  if (stored?.person.status !== "active") return err(failure("enrolment/no-such-person"));
  return consentInForce(stored) ? ok() : err(failure("enrolment/no-consent"));
}

function checkFaceUse({ faceClosed }: SiteCompliance): Result<void, Failure<"enrolment/not-assessed" | "enrolment/switched-off">> {
  return faceClosed.value === null ? ok() : err(failure(`enrolment/${faceClosed.value}`));
}

/** Path of the script that this page runs: its name holds a hash of what is in it. */
function ownScript(): string {
  return new URL(document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? location.href).pathname;
}

function fail(reason: CoreFailure): void {
  const page = document.createElement("cf-start-failed");
  page.failure = reason;
  document.body.append(page);
}

/** Longest that a start's background work waits for recognition. */
const SETTLED_MS = 20_000;

/** Recognition is there, or will not be. */
function recognitionSettled({ status }: Pick<Recogniser, "status">): Promise<void> {
  return new Promise((resolve) => {
    scheduler.after(SETTLED_MS, resolve);
    const stop = status.subscribe(({ kind }) => {
      if (kind !== "ready" && kind !== "failed") return;
      stop();
      resolve();
    });
  });
}

/** A supervisor's phone has no store and no kiosk: it signs what tablets show it. */
async function startWitness(): Promise<void> {
  await startLocale(undefined);
  await import("./ui/witness/cf-witness.ts");
  const page = document.createElement("cf-witness");
  page.witness = new StoredPhoneWitness({ store: new PhoneDatabase(), verify: signatureVerifier(), now: () => clock.wall(), openCamera: openRearCamera });
  document.body.append(page);
  document.title = "Clockface";
  // The page is to open without network the next time.
  await new AppUpdates({
    quiet: new Subject(true),
    clock,
    reload: () => location.reload(),
    mayUpdate: () => Promise.resolve(true),
    selfTest: () => Promise.resolve(ok()),
    script: ownScript(),
    record: () => undefined,
  }).start();
}

async function start(): Promise<void> {
  trustOwnScripts();
  if (location.pathname === "/witness") {
    await startWitness();
    return;
  }
  const recogniser = createRecogniser();
  // Beside the store: each takes about as long.
  const atDoor = location.pathname === "/";
  if (atDoor) recogniser.warmUp();
  const camera = createCamera();
  const opened = await createCore({
    clock,
    version: __APP_VERSION__,
    settled: recognitionSettled(recogniser),
    forgetFace: async (personId) => {
      // Not open: then there is nothing in memory to forget.
      if (recogniser.status.value.kind === "ready") await recogniser.remove(personId);
    },
  });
  const core = opened.ok ? opened.value : null;
  await startLocale(core?.setup.settings.value?.locale);
  if (core === null || !opened.ok) {
    if (!opened.ok) fail(opened.error);
    return;
  }

  const recognition = new SiteRecognition({
    recogniser,
    store: core.store,
    settings: core.setup.settings,
    rows: core.people.rows,
    operatingPoints: OPERATING_POINTS,
    firstProfile: FIRST_PROFILE,
    contents: () => core.gallery(),
    transforms: () => core.transforms(),
    loaded: (report) => core.galleryLoaded(report),
    clock,
    scheduler,
  });
  const openGallery = (): Promise<Result<unknown, Failure>> => recognition.openGallery();
  const syncStore = new SyncStore(core.database.sync, new HubTokenSeal(bucketNames()));
  const outbox = new SealingOutbox({
    database: core.database,
    clock,
    ring: core.store.ring,
    device: core.keys.device,
    administrationKey: () => core.administrationKey(),
  });
  const others = createOtherDevices({ core, clock, outbox, pairing: () => syncStore.pairing(), fetch: (url, init) => askHub(core, url, init), every: scheduler.every });
  const sync = new HubSync({
    outbox,
    heartbeat: others.heartbeat,
    store: syncStore,
    deviceId: core.store.deviceId,
    clock,
    onEntry: (listener) => core.store.subscribe(listener),
    fetch: (url, init) => askHub(core, url, init),
    random,
    registration: () => Promise.resolve(updates.registration),
  });
  const { audit, keeper } = createAudit({
    store: core.store,
    access: core.access,
    proof: new StoredProof(core.database, core.store.ring),
    device: { deviceId: core.store.deviceId, algorithm: core.signer.algorithm, publicKey: await core.signer.publicKey(), sign: (bytes) => core.signer.sign(bytes) },
    verify: signatureVerifier(),
    version: __APP_VERSION__,
    paired: async () => (await syncStore.pairing()) !== null,
    hub: (witnesses) => new HubWitness({ witnesses, pairing: () => syncStore.pairing(), fetch: (url, init) => askHub(core, url, init), now: () => clock.wall(), random }),
    every: scheduler.every,
    after: scheduler.after,
  });
  const backups = createBackups({ core, access: core.access, clock, version: __APP_VERSION__, reload: () => location.reload() });
  const attendance = createAttendance({
    store: core.store,
    access: core.access,
    session: core.sessions.current,
    history: backups.history,
    others: others.devices,
    computer: new WorkerDayComputer(),
    holidays: holidaySource(),
    after: scheduler.after,
    random,
    newId: () => crypto.randomUUID(),
    ledger: core.ledger,
    readBadges,
    randomBytes: (bytes) => crypto.getRandomValues(bytes),
  });
  const { retention, personRights, ownRecords } = createRights({ ...core, attendance: attendance.own, scheduler, isQuiet: () => isQuiet(kiosk, core) });
  const compliance = new SiteCompliance({ store: core.store, access: core.access, session: core.sessions.current, newId: () => crypto.randomUUID(), every: scheduler.every });
  /** Where faces are not used, what starts by itself has none to open. */
  const openGalleryInUse = (): Promise<Result<unknown, Failure>> => (compliance.faceClosed.value === null ? openGallery() : Promise.resolve(ok()));
  // Not when the kiosk asks for it: its page has yet to be made.
  if (atDoor && core.store.templates.size > 0) void openGalleryInUse();
  const kiosk = createKiosk({
    camera,
    recogniser,
    ledger: core.ledger,
    clock,
    scheduler,
    random,
    settings: core.setup.settings,
    sync: sync.status,
    openGallery,
    enrolled: () => core.store.templates.size,
    faceClosed: compliance.faceClosed,
    practiceKey: () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]),
    practiceProfile: FIRST_PROFILE,
    ownRecords,
    badges: attendance.badges,
    verifyKioskPin: (pin) => core.setup.verifyKioskPin(pin),
    operatingPoints: OPERATING_POINTS,
    lookAlikesOf: (personId) => recognition.lookAlikesOf(personId),
    refreshReference: (personId, probe, facts) => void recognition.refreshReference(personId, probe, facts),
  });
  const selfService = new PinSelfService({ ledger: core.ledger, ownRecords, clock, scheduler });
  const quiet = quietOf(kiosk, core, selfService);
  const storage = new StorageHealth({ store: core.store, copies: core.copies });
  const updates = new AppUpdates({
    quiet,
    clock,
    reload: () => location.reload(),
    // Where faces wait for an administrator, an update would close the face way until one comes.
    mayUpdate: (since) => (core.store.bootPolicy === "attended" ? Promise.resolve(false) : mayUpdate(core.store, since)),
    selfTest: () => selfTest({ store: core.store, openGallery: openGalleryInUse, after: scheduler.after }),
    script: ownScript(),
    record: ({ phase, reason }) => void noteUpdate(core.store, __APP_VERSION__, phase, reason),
  });
  const guardedParts = guarded({ access: core.access, store: core.store, history: backups.history, others: others.devices, session: core.sessions.current }, {
    setup: core.setup,
    sessions: core.sessions,
    users: core.users,
    rights: core.access,
    personRights,
    people: core.people,
    enrolment: createEnrolment({
      camera,
      recogniser,
      clock,
      checkFaceUse: () => checkFaceUse(compliance),
      checkConsent: (personId) => checkConsent(core, personId),
      openGallery,
      storeTemplate: (row) => core.people.storeTemplate(row),
      lookAlikesOf: (personId) => recognition.findLookAlikes(personId),
      operatingPoint: (profile) => chosenPoint(OPERATING_POINTS[profile], policyOf(core.setup.settings.value)),
    }),
    records: core.records,
    attendance: attendance.attendance,
    recognition,
    device: core.device({ camera, recogniser, pins: new CameraPins({ camera, store: core.store }), check: new LiveCameraCheck({ camera, recogniser, openGallery }), storage }),
    sync,
    otherDevices: { known: others.devices, bring: others.bring },
    updates,
    backups,
    audit,
    compliance,
    boot: new BootPolicies({
      store: core.store,
      access: core.access,
      session: core.sessions.current,
      held: () => core.sessions.held,
      renewTransform: () => renewSiteTransform(core.store.tenant, core.store.keys, (work) => core.store.writeKeys(work)),
      // Opened anew, so that every template is turned by what is in force now.
      openGallery: async () => {
        recogniser.close();
        return openGalleryInUse();
      },
    }),
  });
  const reportShelf = new ReportShelf("");
  const administration: Administration = {
    ...guardedParts,
    reports: createReports({
      store: core.store,
      access: core.access,
      session: core.sessions.current,
      attendance: attendance.attendance,
      records: guardedParts.records,
      traces: guardedParts.traces,
      sheets: sheetWriter,
      words: reportWords,
      folder: reportFolder(reportShelf),
      diary: reportShelf,
    }),
  };

  reportViolations(core.store);
  const app = document.createElement("cf-app");
  app.kiosk = kiosk;
  app.administration = administration;
  app.selfService = selfService;
  document.body.append(app);
  // With the entry of this start: what the hub is told of after it, it could not count before that entry came too.
  void core.booted.then(() => sync.start());
  others.start();
  void keeper.start();
  void backups.start();
  new DailyBackup({ backups, quiet, zone: () => core.setup.settings.value?.zone ?? null, now: () => clock.wall(), after: (delayMs, run) => scheduler.after(delayMs, run) }).start();
  void retention.start();
  void attendance.start();
  void compliance.load();
  new EpochAge({ store: core.store, quiet, scheduler });
  new StorageUpkeep({ health: storage, copies: core.copies, quiet, now: () => clock.wall(), after: scheduler.after }).start();
  await updates.start();
}

void start();
