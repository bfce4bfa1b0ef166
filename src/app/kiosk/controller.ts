import type { FrameReport } from "../../contracts/landmark.ts";
import type { SearchScope } from "../../contracts/matcher.ts";
import type { Attempt, Direction, Punch, StepUp } from "../../domain/attendance/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import { err, ok } from "../../domain/result.ts";
import type { Kiosk, KioskState, KioskSurroundings } from "../api/kiosk.ts";
import type { OwnFailure } from "../api/own-record.ts";
import type { OpenedOwnRecord } from "../own-record/own-records.ts";
import { Subject } from "../observable.ts";
import type { Observable } from "../observable.ts";
import type { BadgeFailure } from "../ports/badges.ts";
import type { Ledger, LedgerFailure, PinFailure, PunchRecorded, PunchRequest } from "../ports/ledger.ts";
import type { KioskDependencies } from "./dependencies.ts";
import type { EncounterRules, Recognised } from "./encounter.ts";
import { AttemptLog } from "./attempts.ts";
import { FaceRest } from "./face-rest.ts";
import { FaceWay } from "./face-way.ts";
import type { FaceWayView } from "./face-way.ts";
import { challengeState, isFaceState, punchedState } from "./states.ts";
import { Following } from "./following.ts";
import { OwnScreen, ownerShown } from "./own.ts";
import { RecognitionHealth } from "./health.ts";
import { OutageLog } from "./outage.ts";
import { BadgeWay } from "./badge-way.ts";
import { PracticeBadges, PracticeEnrolment, PracticeLedger } from "./practice.ts";
import { practiceRules, scopeOfNumber, siteRules } from "./rules.ts";
import { Screen } from "./screen.ts";
import type { TypingKind } from "./screen.ts";
import { surroundingsOf } from "./surroundings.ts";

/** How long an outcome is shown, milliseconds. */
const RECORDED_MS = 4000;
const NOT_RECOGNISED_MS = 6000;
const NOT_RECORDED_MS = 10_000;
/** After a number was typed, a face is waited for this long. */
const NUMBER_FACE_MS = 15_000;
/** Whoever is in the middle of it then is let finish, for this long at most. */
const NUMBER_LONGEST_MS = 45_000;
/** A practice round begins by itself this long after the last one ended. */
const PRACTICE_PAUSE_MS = 2500;

type Mode = "live" | "practice";

/** What belongs to one time between start and stop. */
interface Run {
  readonly mode: Mode;
  readonly ledger: Ledger;
  readonly attempts: AttemptLog;
  readonly health: RecognitionHealth;
  /** Null where there are no badges. */
  readonly badges: BadgeWay | null;
  /** The practice person's references, while they are taken and after. */
  practice: PracticeEnrolment | null;
  rounds: number;
}

/** A face that waits for the PIN or the badge of whoever it may be. */
interface AwaitedPin {
  readonly recognised: Recognised;
  readonly trackId: number;
}

export function createKiosk(deps: KioskDependencies): Kiosk {
  return new KioskController(deps);
}

class KioskController implements Kiosk {
  readonly state: Observable<KioskState>;
  readonly surroundings: Subject<KioskSurroundings>;
  readonly #deps: KioskDependencies;
  readonly #screen: Screen;
  readonly #faceWay: FaceWay;
  readonly #following: Following;
  readonly #faceRest: FaceRest;
  readonly #own: OwnScreen;
  #run: Run | null = null;
  /** Counts starts and stops, so that the last of them wins. */
  #turn = 0;
  #awaitedPin: AwaitedPin | null = null;
  /** What the last face that was not enough by itself was completed with. */
  #lastFactor: "pin" | "badge" = "pin";
  /** Whom the next face is to be compared with after a number was typed. */
  #asked: SearchScope | null = null;
  #requestSample: (() => void) | null = null;
  #cancelPause: () => void = () => undefined;
  #unsubscribe: readonly (() => void)[] = [];

  constructor(deps: KioskDependencies) {
    this.#deps = deps;
    this.#own = new OwnScreen(deps.ownRecords);
    this.#screen = new Screen(deps.clock, deps.scheduler, () => this.#idle());
    this.state = this.#screen.state;
    this.surroundings = new Subject(surroundingsOf(deps, false, null, null));
    this.#faceRest = new FaceRest(deps.clock, deps.scheduler, () => this.#refresh());
    this.#faceWay = new FaceWay(deps.recogniser, () => this.#rules(), {
      show: (view) => this.#showFace(view),
      identified: (recognised, trackId) => this.#identified(recognised, trackId),
      refused: (attempt, trackId) => void this.#refused(attempt, trackId),
      failing: (trouble) => this.#run?.health.trouble(trouble),
    });
    this.#following = new Following(deps.camera, deps.recogniser, {
      report: (report) => this.#report(report),
      changed: (requestSample) => {
        this.#requestSample = requestSample;
        this.#faceWay.follow(requestSample);
        if (requestSample !== null) this.#run?.health.trouble(null);
        else if (isFaceState(this.state.value)) this.#idle();
      },
      failed: (trouble) => this.#run?.health.trouble(trouble),
    });
  }

  get fixedDirection(): Direction | null {
    return this.#deps.settings.value?.fixedDirection ?? null;
  }

  async start(mode: Mode): Promise<void> {
    const turn = (this.#turn += 1);
    await this.#halt();
    if (this.#turn !== turn) return;
    const { camera, settings, sync } = this.#deps;
    const run = this.#newRun(mode);
    this.#run = run;
    this.#screen.state.next({ kind: "starting" });
    const refresh = (): void => this.#refresh();
    this.#unsubscribe = [...this.#followFaceUse(run), camera.stream.subscribe(refresh), settings.subscribe(refresh), sync.subscribe(refresh), ...(this.#deps.badges === undefined ? [] : [this.#deps.badges.issued.subscribe(refresh)])];
    this.#refresh();
    this.#faceWay.resume();
    this.#following.start();
    const opening = this.#openFaces(run);
    if (mode === "live") await this.#faceRest.read(run.ledger);
    await opening;
    if (this.#run !== run || this.state.value.kind !== "starting") return;
    if (run.practice === null || run.practice.done || run.health.fault !== null) this.#idle();
  }

  async stop(): Promise<void> {
    this.#turn += 1;
    await this.#halt();
  }

  async #halt(): Promise<void> {
    if (this.#run === null) return;
    this.#run.health.close();
    this.#run.badges?.stop();
    this.#run = null;
    this.#screen.hold();
    this.#cancelPause();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#unsubscribe = [];
    this.#screen.forget();
    this.#own.close();
    this.#awaitedPin = null;
    this.#asked = null;
    this.#faceWay.pause();
    // Closed before anything is waited for: what comes after the wait may belong to the next start.
    this.#deps.camera.close();
    this.#screen.state.next({ kind: "starting" });
    await this.#following.stop();
  }

  openPin(): void {
    const run = this.#run;
    if (run === null) return;
    // Nobody types number and PIN for a punch that is refused whatever they are.
    if (run.ledger.retired) this.#notRecorded(failure("ledger/retired"), null);
    else this.#type("pin");
  }

  openBadge(): void {
    const run = this.#run;
    if (run === null || run.badges === null || !this.surroundings.value.badges) return;
    if (run.ledger.retired) {
      this.#notRecorded(failure("ledger/retired"), null);
      return;
    }
    this.#leaveForTyping();
    this.#screen.badge(null);
    run.badges.start();
    if (this.#isClosed(run)) void this.#deps.camera.open("device");
  }

  async submitBadge(text: string): Promise<Result<void, BadgeFailure | LedgerFailure>> {
    const run = this.#run;
    if (run === null || run.badges === null) return err(failure("ledger/not-ready"));
    const shown = this.state.value.kind;
    // A reader with a cable types at once; nobody should have to touch the screen before it.
    if (shown === "idle" || shown === "number" || shown === "pin") this.openBadge();
    const checked = await run.badges.check(text);
    if (this.#run !== run) return err(failure("ledger/not-ready"));
    return this.#badgeShown(run, checked);
  }

  openNumber(): void {
    const run = this.#run;
    if (run?.mode === "live" && !this.#isClosed(run) && this.surroundings.value.comparison === "typed-number" && this.#faceRest.until === null && !run.ledger.retired) this.#type("number");
  }

  submitNumber(employeeNumber: string): void {
    const run = this.#run;
    if (run === null || this.state.value.kind !== "number") return;
    this.#asked = scopeOfNumber(run.ledger.findByNumber(employeeNumber));
    // Whoever types a number wants to be looked at, whatever came of their face before.
    this.#faceWay.resting.clear();
    this.#faceWay.resume();
    this.#screen.state.next({ kind: "guiding", reason: "look-here" });
    this.#awaitFace(NUMBER_FACE_MS, this.#deps.clock.monotonic() + NUMBER_LONGEST_MS);
  }

  async submitPin(employeeNumber: string, pin: string): Promise<Result<void, PinFailure | LedgerFailure>> {
    const run = this.#run;
    if (run === null) return err(failure("ledger/not-ready"));
    this.#screen.hold();
    const person = await run.ledger.verifyPin(employeeNumber, pin);
    if (!person.ok) {
      if (isRefusal(person.error)) void run.attempts.note("pin-refused");
      if (this.#run === run && this.state.value.kind === "pin") this.#screen.typing("pin");
      return person;
    }
    return this.#punch(run, { personId: person.value, method: "pin" }, null);
  }

  async submitSecondFactor(pin: string): Promise<Result<void, PinFailure | LedgerFailure>> {
    const run = this.#run;
    const awaited = this.#awaitedPin;
    if (run === null || awaited === null) return err(failure("ledger/not-ready"));
    this.#screen.hold();
    const person = await run.ledger.verifyPinAmong(awaited.recognised.candidates, pin);
    if (person.ok) {
      const { recognised, trackId } = awaited;
      this.#lastFactor = "pin";
      return this.#punchFace(run, person.value, recognised, trackId);
    }
    if (isRefusal(person.error)) void run.attempts.note("pin-refused");
    if (this.#awaitedPin !== awaited) return person;
    if (person.error.kind === "pin/number-needed" || person.error.kind === "pin/not-issued") this.#type("pin");
    else this.#screen.typing("second-factor");
    return person;
  }

  async openOwn(): Promise<void> {
    const run = this.#run;
    if (run?.mode !== "live" || !this.#own.offered) return;
    const before = this.state.value;
    const owner = ownerShown(before, this.#lastFactor);
    if (owner === null) {
      this.#type("own-entry");
      return;
    }
    this.#screen.hold();
    const opened = await this.#own.open(owner.personId, owner.proof);
    if (this.#run !== run || this.state.value !== before) this.#own.close();
    else if (opened.ok) this.#showOwn(opened.value);
    else this.#idle();
  }

  async submitOwn(employeeNumber: string, pin: string): Promise<Result<void, PinFailure | OwnFailure>> {
    const run = this.#run;
    if (run?.mode !== "live" || this.state.value.kind !== "own-entry") return err(failure("own/no-such-person"));
    this.#screen.hold();
    const person = await run.ledger.verifyPin(employeeNumber, pin);
    if (!person.ok && isRefusal(person.error)) void run.attempts.note("pin-refused");
    const opened = person.ok ? await this.#own.open(person.value, "pin") : person;
    if (this.#run !== run || !this.#isAsking()) {
      this.#own.close();
      return ok();
    }
    if (opened.ok) this.#showOwn(opened.value);
    else this.#screen.typing("own-entry");
    return opened.ok ? ok() : opened;
  }

  touched(): void {
    const state = this.state.value;
    const { kind } = state;
    if (kind === "pin" || kind === "second-factor" || kind === "number" || kind === "own-entry") this.#screen.typing(kind);
    else if (kind === "own") this.#screen.own(state.record);
    else if (kind === "badge") this.#screen.badge(state.told);
  }

  changeDirection(): Promise<void> {
    return this.#change(async ({ ledger }, punch, trackId) => {
      const changed = await ledger.changeDirection(punch);
      return () => this.#showPunched(changed, trackId);
    });
  }

  notMe(): Promise<void> {
    return this.#change(async ({ ledger }, punch, trackId) => {
      const undone = await ledger.undo(punch);
      return () => {
        if (!undone.ok) {
          this.#notRecorded(undone.error, trackId);
          return;
        }
        this.#faceWay.resting.notRecorded();
        this.#outcome((endsAt) => ({ kind: "undone", endsAt }), RECORDED_MS, trackId);
      };
    });
  }

  dismiss(): void {
    const { kind } = this.state.value;
    if (this.#run === null || kind === "starting") return;
    if (kind === "not-recognised" || kind === "not-recorded" || kind === "idle") this.#faceWay.resting.wake();
    this.#idle();
  }

  /** Changes the punch on the screen, which stays there until that is written; one change at a time, however often the button is touched. */
  async #change(write: (run: Run, punch: Punch, trackId: number | null) => Promise<() => void>): Promise<void> {
    const run = this.#run;
    const state = this.state.value;
    if (run === null || (state.kind !== "recorded" && state.kind !== "already-recorded")) return;
    const shown = this.#screen.change();
    if (shown === null) return;
    const show = await write(run, state.punch, shown.trackId);
    // Somebody has gone on to something else: the change is made, and theirs is not covered by it.
    if (this.#run === run && this.#screen.shown === shown) show();
  }

  async leave(kioskPin: string): Promise<Result<void, PinFailure>> {
    if (this.#deps.settings.value !== null) {
      const verified = await this.#deps.verifyKioskPin(kioskPin);
      if (!verified.ok) return verified;
    }
    await this.stop();
    return ok();
  }

  // ---- opening and health

  #newRun(mode: Mode): Run {
    const { camera, recogniser, scheduler, clock } = this.#deps;
    const ledger = mode === "live" ? this.#deps.ledger : new PracticeLedger(clock, this.surroundings.value.zone);
    const outages = mode === "live" ? new OutageLog(ledger) : null;
    const health = new RecognitionHealth({ camera, recogniser, scheduler, outages, open: () => this.#openRecogniser(run), changed: () => this.#healthChanged(run) });
    const known = this.#deps.badges === undefined || mode === "live" ? this.#deps.badges : new PracticeBadges(this.#deps.badges.read);
    const badges = known === undefined ? null : new BadgeWay(known, camera.stream, { checked: (result) => void this.#badgeShown(run, result) });
    const run: Run = { mode, ledger, attempts: new AttemptLog(ledger, scheduler), health, badges, practice: null, rounds: 0 };
    return run;
  }

  /** On the badge's screen it is a punch; after a face it is the second factor, if it is one of theirs whom the face may be. */
  async #badgeShown(run: Run, checked: Result<PersonId, BadgeFailure>): Promise<Result<void, BadgeFailure | LedgerFailure>> {
    if (this.#run !== run) return err(failure("ledger/not-ready"));
    const { kind } = this.state.value;
    const awaited = this.#awaitedPin;
    if (!checked.ok) {
      if (checked.error.kind === "badge/unknown" || checked.error.kind === "badge/replaced") void run.attempts.note("pin-refused");
      if (kind === "badge") this.#screen.badge(checked.error);
      if (kind === "second-factor") this.#screen.secondFactorRefused(checked.error);
      return checked;
    }
    if (kind === "badge") {
      this.#stopBadges();
      this.#screen.hold();
      return this.#punch(run, { personId: checked.value, method: "badge" }, null);
    }
    if (kind !== "second-factor" || awaited === null) return ok();
    if (!awaited.recognised.candidates.includes(checked.value)) {
      void run.attempts.note("pin-refused");
      // Whose it is instead is nobody's business here.
      const refused = failure("badge/unknown");
      this.#screen.secondFactorRefused(refused);
      return err(refused);
    }
    this.#screen.hold();
    this.#lastFactor = "badge";
    return this.#punchFace(run, checked.value, awaited.recognised, awaited.trackId);
  }

  async #openRecogniser(run: Run): Promise<Result<unknown, Failure>> {
    if (run.mode === "live") return this.#openLiveGallery(run);
    run.practice = new PracticeEnrolment(this.#deps.recogniser);
    const epochKey = await this.#deps.practiceKey();
    // Stopped meanwhile: the gallery belongs to whoever started after.
    if (this.#run !== run) return err(failure("recogniser/overtaken"));
    return this.#deps.recogniser.open({ profile: this.#deps.practiceProfile, tenant: "practice", epoch: 0, epochKey, templates: [] });
  }

  /** Whatever asks for it, nothing is opened where faces are not used; nor does it stay open when that was decided meanwhile. */
  async #openLiveGallery(run: Run): Promise<Result<unknown, Failure>> {
    if (this.#isClosed(run)) return ok();
    const opened = await this.#deps.openGallery();
    if (this.#run === run && this.#isClosed(run)) this.#deps.recogniser.close();
    return opened;
  }

  #isClosed({ mode }: Run): boolean {
    return mode === "live" && (this.#deps.faceClosed?.value ?? null) !== null;
  }

  /** Camera and recogniser, unless the site does not use faces: then neither is opened, and nobody's face is in memory. */
  async #openFaces(run: Run): Promise<void> {
    const { camera, recogniser } = this.#deps;
    if (this.#isClosed(run)) recogniser.close();
    else await run.health.open(camera.open(run.mode === "live" ? "device" : "practice"));
  }

  /** The site's switch holds at once; whoever types a PIN meanwhile is left in peace. */
  #followFaceUse(run: Run): readonly (() => void)[] {
    const { faceClosed, camera, recogniser } = this.#deps;
    if (faceClosed === undefined || run.mode !== "live") return [];
    let closed = this.#isClosed(run);
    const follow = (): void => {
      this.#refresh();
      if (closed === this.#isClosed(run)) return;
      closed = !closed;
      if (!closed) {
        void run.health.open(camera.open("device"));
        return;
      }
      recogniser.close();
      const { kind } = this.state.value;
      if (kind !== "badge") camera.close();
      if (isFaceState(this.state.value) || kind === "second-factor" || kind === "number" || kind === "starting") this.#idle();
    };
    return [faceClosed.subscribe(follow)];
  }

  /** Where faces are not used, the camera is open for a badge and no longer. */
  #stopBadges(): void {
    const run = this.#run;
    if (run === null) return;
    run.badges?.stop();
    if (this.#isClosed(run)) this.#deps.camera.close();
  }

  #refresh(): void {
    const run = this.#run;
    if (run === null) return;
    const fault = run.ledger.retired ? failure("ledger/retired") : this.#isClosed(run) ? null : run.health.fault;
    this.surroundings.next(surroundingsOf(this.#deps, run.mode === "practice", fault, this.#faceRest.until));
  }

  #healthChanged(run: Run): void {
    if (this.#run !== run) return;
    this.#refresh();
    if (run.health.fault !== null && !this.#isClosed(run) && (this.state.value.kind === "starting" || isFaceState(this.state.value))) this.#idle();
  }

  // ---- faces

  #report(report: FrameReport): void {
    const run = this.#run;
    if (run === null) return;
    if (run.practice !== null && !run.practice.done) {
      void this.#learnPracticeFace(run, run.practice, report);
      return;
    }
    if (this.state.value.kind === "starting") return;
    this.#faceWay.report(report);
    const { shown } = this.#screen;
    if (shown !== null && this.#screen.mayGiveWay && run.mode === "live" && this.#faceWay.someoneElse(report, shown.trackId)) this.#idle();
  }

  async #learnPracticeFace(run: Run, practice: PracticeEnrolment, report: FrameReport): Promise<void> {
    const learnt = await practice.report(report, () => this.#requestSample?.(), this.#deps.clock.wall());
    if (this.#run !== run) return;
    if (!learnt.ok) run.health.trouble(learnt.error);
    else if (practice.done && this.state.value.kind === "starting") this.#idle();
  }

  #rules(): EncounterRules | null {
    const run = this.#run;
    if (run === null) return null;
    if (run.mode === "practice") return practiceRules(this.#deps, run.rounds);
    // Where nobody's face is kept the first screen says so, and nobody is asked to hold still.
    return this.#faceRest.until === null && !this.#isClosed(run) && !run.ledger.retired && this.#deps.enrolled() > 0 ? siteRules(this.#deps, this.#asked) : null;
  }

  #showFace(view: FaceWayView): void {
    const before = this.state.value;
    if (before.kind !== "idle" && !isFaceState(before)) return;
    const asked = before.kind === "challenge" ? before.action : null;
    switch (view.kind) {
      case "nobody":
        if (this.#asked !== null) this.#screen.state.next({ kind: "guiding", reason: "look-here" });
        else if (before.kind !== "idle") this.#screen.state.next({ kind: "idle" });
        break;
      case "guiding":
      case "deciding":
        this.#screen.state.next(view);
        break;
      case "challenge": {
        const { action, endsAtMs } = view.challenge;
        this.#screen.state.next(challengeState(view.challenge, this.#screen.wallIn(endsAtMs - this.#deps.clock.monotonic()), view.face));
        if (action !== asked) this.#perform(action);
        return;
      }
    }
    if (asked !== null) this.#perform("rest");
  }

  #perform(action: Parameters<KioskDependencies["camera"]["perform"]>[0]): void {
    if (this.#run?.mode === "practice") this.#deps.camera.perform(action);
  }

  #identified(recognised: Recognised, trackId: number): void {
    const run = this.#run;
    if (run === null) return;
    if (!recognised.secondFactor) {
      void this.#punchFace(run, recognised.candidates[0], recognised, trackId);
    } else if (run.ledger.anyPin(recognised.candidates) || run.badges?.anyOf(recognised.candidates) === true) {
      this.#type("second-factor");
      this.#awaitedPin = { recognised, trackId };
      if (this.surroundings.value.badges) run.badges?.start();
    } else {
      // Nobody whom it may be has a PIN or a badge: the screen that follows says whom to call.
      void this.#refused("ambiguous", trackId);
    }
  }

  async #punchFace(run: Run, personId: PersonId, { candidates, secondFactor, challenged, scoreOverThreshold, probe, facts }: Recognised, trackId: number): Promise<Result<void, LedgerFailure>> {
    const { resting } = this.#faceWay;
    this.#faceWay.pause();
    this.#rest();
    this.#asked = null;
    this.#awaitedPin = null;
    resting.recorded(trackId, personId, this.#deps.clock.monotonic());
    const stepUps: StepUp[] = [...(challenged ? ["challenge" as const] : []), ...(secondFactor ? ["second-factor" as const] : [])];
    // The score is the likeliest one's: it says nothing of another who looks like them.
    const score = personId === candidates[0] ? { scoreOverThreshold } : {};
    const punched = await this.#punch(run, { personId, method: "face", stepUps, ...score }, trackId);
    if (punched.ok) {
      if (run.mode === "live") this.#deps.refreshReference?.(personId, probe, { ...facts, stepUps });
      return punched;
    }
    resting.notRecorded();
    resting.refused(trackId, NOT_RECORDED_MS, this.#deps.clock.monotonic());
    return punched;
  }

  async #refused(attempt: Attempt["kind"], trackId: number): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    this.#rest();
    this.#faceWay.pause();
    this.#asked = null;
    this.#faceWay.resting.refused(trackId, NOT_RECOGNISED_MS, this.#deps.clock.monotonic());
    if (run.mode === "live") this.#faceRest.refused(attempt);
    const before = this.state.value;
    await run.attempts.note(attempt);
    // Somebody may have gone on to the PIN meanwhile.
    if (this.#run === run && this.state.value === before) this.#outcome((endsAt) => ({ kind: "not-recognised", endsAt }), NOT_RECOGNISED_MS, trackId);
  }

  /** The practice picture stops what it was asked to do. */
  #rest(): void {
    if (this.state.value.kind === "challenge") this.#perform("rest");
  }

  // ---- outcomes

  async #punch(run: Run, request: PunchRequest, trackId: number | null): Promise<Result<void, LedgerFailure>> {
    const punched = await run.ledger.punch(request);
    if (run.mode === "live" && request.method === "face" && punched.ok && punched.value.punch.status === "accepted") this.#faceRest.recognised();
    if (this.#run === run) this.#showPunched(punched, trackId);
    return punched.ok ? ok() : punched;
  }

  #showPunched(punched: Result<PunchRecorded, LedgerFailure>, trackId: number | null): void {
    if (!punched.ok) {
      this.#notRecorded(punched.error, trackId);
      return;
    }
    const shown = this.#deps.settings.value?.nameShown ?? "full";
    this.#outcome((endsAt) => punchedState(punched.value, shown, endsAt), RECORDED_MS, trackId);
  }

  #notRecorded(error: LedgerFailure, trackId: number | null): void {
    this.#outcome(() => ({ kind: "not-recorded", failure: error }), NOT_RECORDED_MS, trackId);
    // Another tab may have retired the tablet.
    this.#refresh();
  }

  #outcome(stateWith: (endsAt: EpochMs) => KioskState, forMs: number, trackId: number | null): void {
    this.#stopBadges();
    this.#faceWay.pause();
    this.#awaitedPin = null;
    this.#screen.outcome(stateWith, forMs, trackId);
  }

  #idle(): void {
    const run = this.#run;
    this.#stopBadges();
    this.#screen.hold();
    this.#rest();
    const afterOutcome = this.#screen.shown !== null;
    this.#screen.forget();
    this.#asked = null;
    this.#own.close();
    this.#leaveSecondFactor();
    this.#faceWay.resume();
    if (this.state.value.kind !== "idle") this.#screen.state.next({ kind: "idle" });
    if (run?.mode !== "practice" || !afterOutcome) return;
    run.rounds += 1;
    this.#cancelPause = this.#deps.scheduler.after(PRACTICE_PAUSE_MS, () => this.#faceWay.resting.clear());
  }

  /** Asked anew after each wait. */
  #isAsking(): boolean {
    return this.state.value.kind === "own-entry";
  }

  #showOwn(record: OpenedOwnRecord): void {
    this.#faceWay.pause();
    this.#screen.forget();
    this.#screen.own(record);
  }

  // ---- typing

  #type(kind: TypingKind): void {
    this.#leaveForTyping();
    this.#screen.typing(kind);
  }

  #leaveForTyping(): void {
    this.#stopBadges();
    this.#faceWay.pause();
    this.#screen.forget();
    this.#asked = null;
    this.#leaveSecondFactor();
    this.#rest();
  }

  /** Whoever leaves it has not been recognised yet, and is not asked again at once. */
  #leaveSecondFactor(): void {
    if (this.#awaitedPin === null) return;
    this.#faceWay.resting.refused(this.#awaitedPin.trackId, 0, this.#deps.clock.monotonic());
    this.#awaitedPin = null;
  }

  #awaitFace(forMs: number, latestMs: number): void {
    this.#screen.after(forMs, () => {
      const { kind } = this.state.value;
      const busy = kind === "deciding" || kind === "challenge";
      if (busy && this.#deps.clock.monotonic() < latestMs) this.#awaitFace(1000, latestMs);
      else this.#idle();
    });
  }
}

/** True when a PIN was given that was not right, or too many were. */
function isRefusal({ kind }: PinFailure): boolean {
  return kind === "pin/wrong" || kind === "pin/not-issued" || kind === "pin/locked";
}
