import type { Brand } from "../brand.ts";
import type { EpochMs, TimeState } from "../clock.ts";
import type { PersonId } from "../people/types.ts";

export type Direction = "in" | "out";

/** How the direction came about: from the last punch, chosen by the person, or fixed by the device. */
export type DirectionSource = "auto" | "person" | "device";

/** How the person was recognised. All methods have the same standing. */
export type PunchMethod = "face" | "pin" | "badge" | "attested";

/** What a face alone did not settle. `challenge`: the person was asked to move. `second-factor`: and for the PIN. */
export type StepUp = "challenge" | "second-factor";

export type PunchId = Brand<string, "PunchId">;

export interface Punch {
  /** `<device>:<seq>`, unique across tablets. */
  readonly id: PunchId;
  readonly personId: PersonId;
  readonly deviceId: string;
  readonly siteId: string;
  /** Position in this device's log. Order is by this, never by wall time. */
  readonly seq: number;
  readonly wallMs: EpochMs;
  readonly timeState: TimeState;
  /** IANA name of the site's time zone at the time of the punch. */
  readonly zone: string;
  readonly direction: Direction;
  readonly directionSource: DirectionSource;
  readonly method: PunchMethod;
  /** Absent when there was none. */
  readonly stepUps?: readonly StepUp[];
  /** `suppressed`: inside the duplicate window, kept and shown. `undone`: the person said "not me". */
  readonly status: "accepted" | "suppressed" | "undone";
  /** What the person can quote: sequence number and the first eight characters of the entry's hash. */
  readonly receipt: string;
}

/** A search or a PIN that did not lead to a punch. Holds no picture. */
export interface Attempt {
  readonly seq: number;
  readonly deviceId: string;
  readonly siteId: string;
  readonly wallMs: EpochMs;
  readonly timeState: TimeState;
  readonly kind: "no-candidate" | "ambiguous" | "attack-suspected" | "liveness-undecided" | "pin-refused";
}
