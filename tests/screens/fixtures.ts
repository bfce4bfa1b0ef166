import type { Kiosk, KioskState, KioskSurroundings } from "../../src/app/api/kiosk.ts";
import { Subject } from "../../src/app/observable.ts";
import type { LedgerFailure, PinFailure } from "../../src/app/ports/ledger.ts";
import type { Punch, PunchId } from "../../src/domain/attendance/types.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { err, ok, type Result } from "../../src/domain/result.ts";
import { fakeOwnAttendance, type OwnFakeOptions } from "./fake-own-attendance.ts";
import { ownRecord } from "./own-record.ts";

/** A kiosk that does nothing but remember what its screen asked for. */
export class FakeKiosk implements Kiosk {
  readonly state: Subject<KioskState>;
  readonly surroundings: Subject<KioskSurroundings>;
  readonly fixedDirection = null;
  readonly calls: string[] = [];
  pinAnswer: Result<void, PinFailure | LedgerFailure> = ok();
  ownAnswer: Awaited<ReturnType<Kiosk["submitOwn"]>> = ok();
  leaveAnswer: Result<void, PinFailure> = err({ kind: "pin/wrong" });

  constructor(state: KioskState, surroundings: Partial<KioskSurroundings> = {}) {
    this.state = new Subject(state);
    this.surroundings = new Subject<KioskSurroundings>({ ...SURROUNDINGS, ...surroundings });
  }

  #called(call: string): Promise<void> {
    this.calls.push(call);
    return Promise.resolve();
  }

  start(mode: "live" | "practice"): Promise<void> {
    return this.#called(`start ${mode}`);
  }

  stop(): Promise<void> {
    return this.#called("stop");
  }

  openPin(): void {
    this.calls.push("openPin");
  }

  async submitPin(employeeNumber: string, pin: string): Promise<Result<void, PinFailure | LedgerFailure>> {
    await this.#called(`submitPin ${employeeNumber} ${pin}`);
    return this.pinAnswer;
  }

  openBadge(): void {
    this.calls.push("openBadge");
  }

  async submitBadge(text: string): ReturnType<Kiosk["submitBadge"]> {
    await this.#called(`submitBadge ${text}`);
    return ok();
  }

  async submitSecondFactor(pin: string): Promise<Result<void, PinFailure | LedgerFailure>> {
    await this.#called(`submitSecondFactor ${pin}`);
    return this.pinAnswer;
  }

  openNumber(): void {
    this.calls.push("openNumber");
  }

  submitNumber(employeeNumber: string): void {
    this.calls.push(`submitNumber ${employeeNumber}`);
  }

  openOwn(): Promise<void> {
    return this.#called("openOwn");
  }

  async submitOwn(employeeNumber: string, pin: string): ReturnType<Kiosk["submitOwn"]> {
    await this.#called(`submitOwn ${employeeNumber} ${pin}`);
    return this.ownAnswer;
  }

  touched(): void {
    this.calls.push("touched");
  }

  changeDirection(): Promise<void> {
    return this.#called("changeDirection");
  }

  notMe(): Promise<void> {
    return this.#called("notMe");
  }

  dismiss(): void {
    this.calls.push("dismiss");
  }

  async leave(kioskPin: string): Promise<Result<void, PinFailure>> {
    await this.#called(`leave ${kioskPin}`);
    return this.leaveAnswer;
  }
}

export const SURROUNDINGS: KioskSurroundings = {
  site: "东门",
  organisation: "晨光精密制造",
  zone: "Asia/Shanghai",
  helpContact: "李主管 6021",
  practice: false,
  network: { online: true, paired: true, waiting: 0 },
  faceFault: null,
  faceClosed: null,
  faceRestsUntil: null,
  comparison: "everyone",
  enrolled: 214,
  preview: null,
  badges: false,
  ownRecord: true,
};

/** Sunday 22 November 2026, 08:57:12 in Shanghai. */
export const PUNCHED_AT = Date.UTC(2026, 10, 22, 0, 57, 12) as EpochMs;

export function punch(changes: Partial<Punch> = {}): Punch {
  return {
    id: "east-gate:1042" as PunchId,
    personId: "0b6f3a52-6b0e-4f07-9a54-2f5d3f0f7a11" as PersonId,
    deviceId: "east-gate",
    siteId: "site-1",
    seq: 1042,
    wallMs: PUNCHED_AT,
    timeState: "T0",
    zone: "Asia/Shanghai",
    direction: "in",
    directionSource: "auto",
    method: "face",
    status: "accepted",
    receipt: "1042-9F3AC2D1",
    ...changes,
  };
}

/** Where the face of the practice portrait is in the gallery's picture. */
export const FACE = { x: 0.335, y: 0.145, width: 0.205, height: 0.36 };

export interface Scene {
  readonly name: string;
  readonly state: (now: number) => KioskState;
  readonly surroundings?: Partial<KioskSurroundings>;
  /** The face way rests for another 72 s. */
  readonly rests?: boolean;
  /** False: no camera picture behind it. */
  readonly picture?: boolean;
  /** Selectors of what is touched on the screen, one after the other. */
  readonly presses?: readonly string[];
  /** What is done on the screen before it is looked at. */
  readonly then?: "enter" | "number" | "digits" | "wrong-factor" | "locked-factor" | "leave" | "letters" | "typed" | "wrong-pin" | "locked" | "beckon";
}

const ends =
  (ms: number) =>
  (now: number): EpochMs =>
    (now + ms) as EpochMs;
const soon = ends(4000);

const OWN_PAGES: readonly { readonly name: string; readonly presses: readonly string[]; readonly facts?: Parameters<typeof ownRecord>[1]; readonly attendance?: OwnFakeOptions }[] = [
  { name: "home", presses: [] },
  { name: "home-long", presses: [], facts: { name: "阿卜杜热合曼·阿卜杜外力·买买提吐尔逊江", department: "长三角制造中心装配一车间精密零部件总装线夜班乙组" } },
  { name: "home-no-rules", presses: [], attendance: { none: true } },
  { name: "home-late", presses: [], attendance: { late: true } },
  { name: "month", presses: [".tile:nth-of-type(1)"] },
  { name: "month-confirm", presses: ["button.card"] },
  { name: "month-day", presses: [".tile:nth-of-type(1)", ".months .button:first-child", ".cell:nth-of-type(10)"] },
  { name: "requests", presses: [".tile:nth-of-type(2)"] },
  { name: "request", presses: [".tile:nth-of-type(2)", "ul .card"] },
  { name: "make-up", presses: [".missing .button.primary"] },
  { name: "make-up-late", presses: [".missing .button.primary"], attendance: { late: true } },
  { name: "make-up-day", presses: [".missing .button.primary", ".two .field:first-child > .button"] },
  { name: "make-up-time", presses: [".missing .button.primary", ".two .field:last-child > .button"] },
  { name: "leave", presses: [".tile:nth-of-type(2)", "button.chip:nth-of-type(2)", ".field .chip"] },
  { name: "swap", presses: [".tile:nth-of-type(2)", "button.chip:nth-of-type(6)"] },
  { name: "balances", presses: [".tile:nth-of-type(3)"] },
  { name: "messages", presses: [".tile:nth-of-type(4)"] },
  { name: "feedback", presses: [".tile:nth-of-type(5)"] },
  { name: "tutorial", presses: [".tile:nth-of-type(7)", ".answers .button:nth-of-type(1)"] },
  { name: "data", presses: [".tile:nth-of-type(6)"] },
  { name: "punches", presses: [".tile:nth-of-type(6)", ".tile:nth-of-type(1)"] },
  { name: "looks", presses: [".tile:nth-of-type(6)", ".tile:nth-of-type(2)"] },
  { name: "kept", presses: [".tile:nth-of-type(6)", ".tile:nth-of-type(3)"] },
  { name: "consent", presses: [".tile:nth-of-type(6)", ".tile:nth-of-type(4)"] },
  { name: "withdraw", presses: [".tile:nth-of-type(6)", ".tile:nth-of-type(5)"] },
  { name: "withdraw-no-pin", presses: [".tile:nth-of-type(6)", ".tile:nth-of-type(5)"], facts: { hasPin: false } },
  { name: "withdrawn", presses: [".tile:nth-of-type(6)", ".tile:nth-of-type(5)", ".button.primary"] },
  { name: "freeze", presses: [".tile:nth-of-type(6)", ".tile:nth-of-type(6)"] },
  { name: "frozen", presses: [".tile:nth-of-type(6)", ".tile:nth-of-type(6)", ".button.primary"] },
];

/** Every state that a person can meet. */
export const SCENES: readonly Scene[] = [
  { name: "starting", state: () => ({ kind: "starting" }), picture: false },
  { name: "idle", state: () => ({ kind: "idle" }) },
  { name: "idle-beckon", state: () => ({ kind: "idle" }), then: "beckon" },
  { name: "idle-offline", state: () => ({ kind: "idle" }), surroundings: { network: { online: false, paired: true, waiting: 37 } } },
  { name: "idle-nobody", state: () => ({ kind: "idle" }), surroundings: { enrolled: 0, network: { online: true, paired: false, waiting: 0 } } },
  { name: "idle-practice", state: () => ({ kind: "idle" }), surroundings: { practice: true, site: "练习", organisation: "", helpContact: "", network: { online: true, paired: false, waiting: 0 } } },
  { name: "fault-camera", state: () => ({ kind: "idle" }), surroundings: { faceFault: { kind: "camera/unplugged" } }, picture: false },
  { name: "fault-recogniser", state: () => ({ kind: "idle" }), surroundings: { faceFault: { kind: "inference/self-check-failed" } } },
  { name: "fault-retired", state: () => ({ kind: "idle" }), surroundings: { faceFault: { kind: "ledger/retired" } }, picture: false },
  { name: "guiding-look", state: () => ({ kind: "guiding", reason: "look-here" }) },
  { name: "guiding-closer", state: () => ({ kind: "guiding", reason: "too-far", face: FACE }) },
  { name: "guiding-dark", state: () => ({ kind: "guiding", reason: "too-dark", face: FACE }) },
  { name: "guiding-people", state: () => ({ kind: "guiding", reason: "several-people", face: FACE }) },
  { name: "guiding-covered", state: () => ({ kind: "guiding", reason: "covered", face: FACE }) },
  { name: "guiding-poor", state: () => ({ kind: "guiding", reason: "poor-picture", face: FACE }) },
  { name: "deciding", state: () => ({ kind: "deciding", progress: 0.7, face: FACE }) },
  { name: "challenge-left", state: (now) => ({ kind: "challenge", action: "turn-left", progress: 0.4, attempt: 1, endsAt: ends(6000)(now), face: FACE }) },
  { name: "challenge-nod-again", state: (now) => ({ kind: "challenge", action: "nod", progress: 0.1, attempt: 2, endsAt: ends(6000)(now), face: FACE }) },
  { name: "challenge-blink", state: (now) => ({ kind: "challenge", action: "blink-twice", progress: 0.5, attempt: 1, endsAt: ends(6000)(now), face: FACE }) },
  { name: "recorded-in", state: (now) => ({ kind: "recorded", punch: punch(), name: "欧阳晓明", endsAt: soon(now) }) },
  { name: "recorded-out-long", state: (now) => ({ kind: "recorded", punch: punch({ direction: "out", wallMs: (PUNCHED_AT + 32_400_000) as EpochMs }), name: "Maria-Magdalena Wolkenstein", endsAt: soon(now) }) },
  { name: "recorded-longest", state: (now) => ({ kind: "recorded", punch: punch(), name: "Wolfeschlegelsteinhausenbergerdorff Abdurrahmanoglu", endsAt: soon(now) }), surroundings: { site: "Distribution centre Rivergate North, gate 14 (lorries and visitors)", organisation: "Rivergate Precision Manufacturing and Logistics (Holdings) Company Limited" } },
  { name: "recorded-uyghur", state: (now) => ({ kind: "recorded", punch: punch({ direction: "out" }), name: "阿卜杜热合曼·阿卜杜外力·买买提吐尔逊江", endsAt: soon(now) }), surroundings: { site: "晨光精密制造股份有限公司第二分厂东北角货运及访客出入口", organisation: "晨光精密制造（集团）股份有限公司长江三角洲总部" } },
  { name: "recorded-arabic", state: (now) => ({ kind: "recorded", punch: punch(), name: "عبد الرحمن بن محمد الأحمدي", endsAt: soon(now) }) },
  { name: "recorded-practice", state: (now) => ({ kind: "recorded", punch: punch({ receipt: "" }), name: "Eileen", endsAt: soon(now) }), surroundings: { practice: true, site: "练习", organisation: "", helpContact: "" } },
  { name: "recorded-no-camera", state: (now) => ({ kind: "recorded", punch: punch({ method: "pin" }), name: "王芳", endsAt: soon(now) }), surroundings: { faceFault: { kind: "camera/unplugged" } }, picture: false },
  { name: "already-recorded", state: (now) => ({ kind: "already-recorded", punch: punch({ status: "suppressed" }), previous: punch(), name: "王芳", endsAt: soon(now) }) },
  { name: "undone", state: (now) => ({ kind: "undone", endsAt: soon(now) }) },
  { name: "not-recognised", state: (now) => ({ kind: "not-recognised", endsAt: ends(6000)(now) }) },
  { name: "not-recorded", state: () => ({ kind: "not-recorded", failure: { kind: "ledger/storage-full" } }) },
  { name: "not-recorded-retired", state: () => ({ kind: "not-recorded", failure: { kind: "ledger/retired" } }) },
  { name: "pin", state: (now) => ({ kind: "pin", endsAt: ends(20_000)(now) }) },
  { name: "pin-letters", state: (now) => ({ kind: "pin", endsAt: ends(20_000)(now) }), then: "letters" },
  { name: "pin-typed", state: (now) => ({ kind: "pin", endsAt: ends(20_000)(now) }), then: "typed" },
  { name: "pin-wrong", state: (now) => ({ kind: "pin", endsAt: ends(20_000)(now) }), then: "wrong-pin" },
  { name: "pin-locked", state: (now) => ({ kind: "pin", endsAt: ends(20_000)(now) }), then: "locked" },
  { name: "idle-badges", state: () => ({ kind: "idle" }), surroundings: { badges: true } },
  { name: "fault-camera-badges", state: () => ({ kind: "idle" }), surroundings: { faceFault: { kind: "camera/unplugged" }, badges: true }, picture: false },
  { name: "badge", state: (now) => ({ kind: "badge", endsAt: ends(20_000)(now), told: null }), surroundings: { badges: true } },
  { name: "badge-unknown", state: (now) => ({ kind: "badge", endsAt: ends(20_000)(now), told: { kind: "badge/unknown" } }), surroundings: { badges: true } },
  { name: "badge-no-camera", state: (now) => ({ kind: "badge", endsAt: ends(20_000)(now), told: null }), surroundings: { badges: true }, picture: false },
  { name: "idle-rests", state: () => ({ kind: "idle" }), rests: true },
  { name: "idle-number", state: () => ({ kind: "idle" }), surroundings: { comparison: "typed-number" } },
  { name: "number", state: (now) => ({ kind: "number", endsAt: ends(20_000)(now) }), surroundings: { comparison: "typed-number" } },
  { name: "number-letters", state: (now) => ({ kind: "number", endsAt: ends(20_000)(now) }), surroundings: { comparison: "typed-number" }, then: "letters" },
  { name: "number-missing", state: (now) => ({ kind: "number", endsAt: ends(20_000)(now) }), surroundings: { comparison: "typed-number" }, then: "enter" },
  { name: "number-typed", state: (now) => ({ kind: "number", endsAt: ends(20_000)(now) }), surroundings: { comparison: "typed-number" }, then: "number" },
  { name: "second-factor", state: (now) => ({ kind: "second-factor", endsAt: ends(20_000)(now) }) },
  { name: "second-factor-typed", state: (now) => ({ kind: "second-factor", endsAt: ends(20_000)(now) }), then: "digits" },
  { name: "second-factor-wrong", state: (now) => ({ kind: "second-factor", endsAt: ends(20_000)(now) }), then: "wrong-factor" },
  { name: "second-factor-locked", state: (now) => ({ kind: "second-factor", endsAt: ends(20_000)(now) }), then: "locked-factor" },
  { name: "second-factor-badges", state: (now) => ({ kind: "second-factor", endsAt: ends(20_000)(now) }), surroundings: { badges: true } },
  { name: "second-factor-badge-refused", state: (now) => ({ kind: "second-factor", endsAt: ends(20_000)(now), told: { kind: "badge/unknown" } }), surroundings: { badges: true } },
  { name: "second-factor-badges-no-camera", state: (now) => ({ kind: "second-factor", endsAt: ends(20_000)(now) }), surroundings: { badges: true }, picture: false },
  { name: "leave", state: () => ({ kind: "idle" }), then: "leave" },
  { name: "own-entry", state: (now) => ({ kind: "own-entry", endsAt: ends(20_000)(now) }) },
  ...OWN_PAGES.map(
    ({ name, presses, facts, attendance }): Scene => ({ name: `own-${name}`, state: (now) => ({ kind: "own", record: ownRecord(punch(), facts, {}, fakeOwnAttendance(attendance)), endsAt: ends(60_000)(now) }), presses }),
  ),
];
