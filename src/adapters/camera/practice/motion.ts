/** What the practice picture can be asked to do; `rest` ends it. */
export type PracticeAction = "turn-left" | "turn-right" | "nod" | "blink-twice" | "rest";

/** One request, in force until the next. Times are on the picture's own clock, milliseconds from its start. */
export interface Cue {
  readonly atMs: number;
  readonly action: PracticeAction;
}

/** How the person in the picture holds themselves at one moment. */
export interface Pose {
  /** Degrees, positive to the person's own left. */
  readonly yawDeg: number;
  /** Degrees, positive when looking up. */
  readonly pitchDeg: number;
  /** Degrees, clockwise as the camera sees it. */
  readonly rollDeg: number;
  /** 0 open, 1 shut. */
  readonly eyesShut: number;
  /** -1 breathed out, 1 breathed in. */
  readonly breath: number;
  /** 0 at the far end of the room, 1 in front of the camera. */
  readonly nearness: number;
  /** Distance from the middle of the frame, in frame widths; beyond 1 nobody is in sight. */
  readonly aside: number;
}

/** How long the person is there and away, milliseconds. */
export interface Cycle {
  readonly presentMs: number;
  readonly awayMs: number;
}

export const PRACTICE_CYCLE: Cycle = { presentMs: 14_000, awayMs: 4_000 };

export const WALK_MS = 1_800;
/** Where the person comes from and goes to, in frame widths. */
const OUT_OF_SIGHT = 1.25;

/** A person needs a moment to understand; the kiosk measures in it how the head is held. */
const REACTION_MS = 500;
const SETTLE_MS = 400;

const TURN = { deg: 25, outMs: 1_000, holdMs: 900, periodMs: 3_400 };
const NOD = { deg: 19, downMs: 500, holdMs: 150, periodMs: 2_400 };
const ASKED_BLINK = { ms: 340, gapMs: 800, periodMs: 3_000 };

/** One natural blink falls into each slot, so that 1.9 to 4.9 seconds lie between two. */
const BLINK = { slotMs: 3_400, firstMs: 900, jitterMs: 1_500, ms: 300 };

/** The pose at a moment, as a function of what was asked for until then. `cues` are in order of time. */
export function poseAt(atMs: number, cues: readonly Cue[], cycle: Cycle = PRACTICE_CYCLE): Pose {
  const asked = performed(atMs, cues);
  const presence = presenceAt(presenceClock(atMs, cues), cycle, busy(atMs, cues));
  const wave = (periodMs: number, phase: number): number => Math.sin((atMs / periodMs + phase) * 2 * Math.PI);
  // Whoever is asked to move holds otherwise still.
  const calm = 1 - 0.8 * asked.attention;
  return {
    yawDeg: asked.yawDeg + calm * (2.6 * wave(5_300, 0.1) + 1.5 * wave(2_900, 0.6)),
    pitchDeg: asked.pitchDeg + calm * (1.6 * wave(4_300, 0.3) + 0.8 * wave(2_300, 0.8)),
    rollDeg: calm * (1.4 * wave(6_100, 0.5) + 0.5 * wave(2_700, 0.2)),
    eyesShut: Math.max(asked.eyesShut, asked.attention > 0 ? 0 : naturalBlink(atMs)),
    breath: wave(3_900, 0),
    nearness: presence.nearness,
    aside: presence.aside + calm * 0.006 * wave(4_700, 0.4),
  };
}

interface Performed {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly eyesShut: number;
  /** 0 when nothing is asked, 1 while it is done. */
  readonly attention: number;
}

function performed(atMs: number, cues: readonly Cue[]): Performed {
  let [yawDeg, pitchDeg, eyesShut, attention] = [0, 0, 0, 0];
  for (const [index, { atMs: startedMs, action }] of cues.entries()) {
    if (action === "rest" || atMs < startedMs) continue;
    const endedMs = cues[index + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    const amount = 1 - ease((atMs - endedMs) / SETTLE_MS);
    if (amount === 0) continue;
    // After its end an action is held where it was and fades.
    const since = Math.min(atMs, endedMs) - startedMs - REACTION_MS;
    attention = Math.max(attention, amount * ease((since + REACTION_MS) / 200));
    if (since < 0) continue;
    switch (action) {
      case "turn-left":
        yawDeg += amount * turn(since);
        break;
      case "turn-right":
        yawDeg -= amount * turn(since);
        break;
      case "nod":
        pitchDeg -= amount * NOD.deg * outAndBack(since % NOD.periodMs, NOD.downMs, NOD.holdMs);
        break;
      case "blink-twice": {
        const phase = since % ASKED_BLINK.periodMs;
        eyesShut = Math.max(eyesShut, amount * Math.max(lids(phase, ASKED_BLINK.ms), lids(phase - ASKED_BLINK.gapMs, ASKED_BLINK.ms)));
        break;
      }
    }
  }
  return { yawDeg, pitchDeg, eyesShut, attention };
}

function turn(sinceMs: number): number {
  return TURN.deg * outAndBack(sinceMs % TURN.periodMs, TURN.outMs, TURN.holdMs);
}

function busy(atMs: number, cues: readonly Cue[]): boolean {
  const last = cues.findLast((cue) => cue.atMs <= atMs);
  return last !== undefined && last.action !== "rest";
}

/** Time for coming and going: it stands still while something is asked, so that nobody walks off in the middle of it. */
function presenceClock(atMs: number, cues: readonly Cue[]): number {
  let stoodStillMs = 0;
  for (const [index, { atMs: startedMs, action }] of cues.entries()) {
    if (action === "rest" || startedMs >= atMs) continue;
    stoodStillMs += Math.min(atMs, cues[index + 1]?.atMs ?? atMs) - startedMs;
  }
  return atMs - stoodStillMs;
}

function presenceAt(clockMs: number, { presentMs, awayMs }: Cycle, wanted: boolean): { readonly nearness: number; readonly aside: number } {
  const round = Math.floor(clockMs / (presentMs + awayMs));
  const phase = clockMs - round * (presentMs + awayMs);
  const came = ease(phase / WALK_MS);
  const left = awayMs === 0 || wanted ? 0 : ease((phase - presentMs + WALK_MS) / WALK_MS);
  const there = awayMs === 0 && round > 0 ? 1 : came * (1 - left);
  // Comes from one side and leaves to the other, the next time the other way round.
  const side = (round % 2 === 0 ? -1 : 1) * (left > 0 ? -1 : 1);
  return { nearness: there, aside: side * OUT_OF_SIGHT * (1 - there) ** 1.5 };
}

function naturalBlink(atMs: number): number {
  const slot = Math.floor((atMs - BLINK.firstMs) / BLINK.slotMs);
  if (slot < 0) return 0;
  const startsMs = BLINK.firstMs + slot * BLINK.slotMs + scatter(slot) * BLINK.jitterMs;
  return lids(atMs - startsMs, BLINK.ms);
}

/** Down faster than up, with a moment shut between. */
function lids(sinceMs: number, wholeMs: number): number {
  const part = sinceMs / wholeMs;
  if (part <= 0 || part >= 1) return 0;
  if (part < 0.3) return ease(part / 0.3);
  return part < 0.6 ? 1 : 1 - ease((part - 0.6) / 0.4);
}

/** 0 to 1 in `outMs`, stays for `holdMs`, and back in `outMs`. */
function outAndBack(sinceMs: number, outMs: number, holdMs: number): number {
  return Math.min(ease(sinceMs / outMs), 1 - ease((sinceMs - outMs - holdMs) / outMs));
}

/** From 0 at 0 to 1 at 1 and level beyond, without a jerk at either end. */
function ease(part: number): number {
  const x = Math.min(1, Math.max(0, part));
  return x * x * (3 - 2 * x);
}

/** The same number in 0..1 for the same slot on every machine. */
function scatter(slot: number): number {
  let bits = Math.imul(slot + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  return ((bits ^ (bits >>> 13)) >>> 0) / 2 ** 32;
}
