/** How much of an action must be seen. */
export interface ChallengePolicyNumbers {
  /** Time for one action, milliseconds. */
  readonly actionMs: number;
  /** Movement before this cannot be an answer to what was asked: nobody has read it yet. Milliseconds. */
  readonly reactionMs: number;
  /** The answer starts from a head that has kept still for this long since it was asked, milliseconds. */
  readonly calmMs: number;
  /** Still: yaw and pitch stay within this, degrees. */
  readonly calmDeg: number;
  /** Turn away from how the head was held while still, degrees. */
  readonly turnDeg: number;
  /** A turn to the other side by this much ends the attempt: whoever shakes the head has not read the instruction. */
  readonly wrongWayDeg: number;
  /** Nod: down by this much, then back by this part of it. */
  readonly nodDeg: number;
  readonly nodReturn: number;
  readonly blinks: number;
  /** The blinks follow each other within this, milliseconds. Spontaneous ones lie 3 to 4 s apart in the mean. */
  readonly blinksWithinMs: number;
  /** Something else than what was asked, done so clearly that it was meant: a turn, and a nod down and back, degrees. */
  readonly otherTurnDeg: number;
  readonly otherNodDeg: number;
  /** Meanwhile the head keeps within this part of the other angle: a turn that dips is no nod. */
  readonly otherPurity: number;
  /** A turned head moves its nose over the face and hardly changes its proportions: see `measureRelief`. A turned picture does not. */
  readonly turnShift: number;
  readonly turnHeight: number;
  readonly nodShift: number;
  readonly nodHeight: number;
  readonly mostStretch: number;
  /** The face may be lost for this long while it moves, milliseconds. */
  readonly lostMs: number;
}

/**
 * Angles and proportions were read from five people on clips and from pictures that were swung by hand; the times from
 * how fast people react to a written instruction (0.3 s at the very least) and how often they blink by themselves.
 */
export const CHALLENGE_NUMBERS: ChallengePolicyNumbers = {
  actionMs: 6000,
  reactionMs: 300,
  calmMs: 300,
  calmDeg: 5,
  turnDeg: 15,
  wrongWayDeg: 15,
  nodDeg: 9,
  nodReturn: 0.5,
  blinks: 2,
  blinksWithinMs: 2000,
  otherTurnDeg: 18,
  otherNodDeg: 14,
  otherPurity: 0.5,
  turnShift: 0.12,
  turnHeight: 0.9,
  nodShift: 0.07,
  nodHeight: 0.6,
  mostStretch: 0.25,
  lostMs: 900,
};
