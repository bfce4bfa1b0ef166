import { DoorTally } from "../../domain/attendance/door-figures.ts";
import { startOfDay } from "../../domain/attendance/day.ts";
import { leaveOneOutFigures } from "../../domain/biometrics/leave-one-out.ts";
import { identificationThreshold, log10FmrAtScore, scoreAtFmr } from "../../domain/biometrics/operating-point.ts";
import type { OperatingPoint } from "../../domain/biometrics/operating-point.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RecognitionReport } from "../api/recognition.ts";
import { Pauses } from "../pauses.ts";
import type { Recogniser } from "../ports/recogniser.ts";
import type { Store } from "../ports/store.ts";
import { groupFigures, personFigures, worstToBest } from "./figures.ts";

/** Closest pairs that the report shows. */
const CLOSEST = 20;
/** The nearest of strangers are looked for from here on at most, so that a handful of people is not left without any pair. */
const MOST_LENIENT_LOG10_FMR = -2;
const DAY_MS = 86_400_000;

export interface ReportDependencies {
  readonly recogniser: Pick<Recogniser, "leaveOneOut" | "closePairs">;
  readonly store: Pick<Store, "settings" | "people" | "entries" | "now">;
  /** Loads the stored templates, where that was not done yet. */
  readonly openGallery: () => Promise<Result<unknown, Failure>>;
  readonly point: () => OperatingPoint;
  /** With how many people the kiosk compares a face. */
  readonly compared: () => number;
}

/** How well recognition works with the site's own people: their references against each other, and the log since a day. */
export async function makeReport(dependencies: ReportDependencies, since: string): Promise<Result<RecognitionReport, Failure>> {
  const { recogniser, store, openGallery } = dependencies;
  const { settings } = store;
  if (settings === null) return err(failure("recognition/not-ready"));
  const start = startOf(since, settings.zone);
  if (start === null) return err(failure("recognition/bad-date"));
  const opened = await openGallery();
  if (!opened.ok) return opened;
  const left = await recogniser.leaveOneOut();
  if (!left.ok) return left;
  const people = left.value.length;
  const point = dependencies.point();
  const close = await recogniser.closePairs(closestFrom(point, people), CLOSEST, null);
  if (!close.ok) return close;
  const tally = await readLog(store, start);

  const compared = dependencies.compared();
  const figures = leaveOneOutFigures(left.value, point, compared);
  const subjects = personFigures([...store.people.values()].map(({ person }) => person), left.value, figures.found, tally.people);
  const groups = groupFigures(subjects);
  const { attempts } = tally;
  return ok({
    profile: point.profile,
    people,
    references: figures.references,
    since,
    operating: {
      fpirTarget: point.fpirTarget,
      threshold: identificationThreshold(point, compared),
      margin: point.margin,
      source: point.source.dataset,
      date: point.source.date,
    },
    fnir: figures.fnir,
    fpir: figures.fpir,
    closest: close.value.map(({ one, other, score }) => ({ one, other, log10Fmr: log10FmrAtScore(point, score) })),
    persons: subjects.map(({ figures: of }) => of),
    groups,
    worstToBest: worstToBest(groups),
    attempts: {
      notRecognised: attempts["no-candidate"],
      ambiguous: attempts.ambiguous,
      attackSuspected: attempts["attack-suspected"],
      livenessUndecided: attempts["liveness-undecided"],
    },
  });
}

/** A day at a time, so that a long log neither fills the memory nor holds the page up. */
async function readLog(store: ReportDependencies["store"], start: EpochMs): Promise<DoorTally> {
  const tally = new DoorTally(start);
  const pauses = new Pauses();
  const first = Math.floor(start / DAY_MS);
  const today = Math.floor(store.now().wallMs / DAY_MS);
  for (let day = first; day <= today + 1; day++) {
    // The last round takes whatever a wrong clock has dated later.
    for (const entry of await store.entries(day, day <= today ? day : Number.MAX_SAFE_INTEGER)) {
      tally.see(entry);
      await pauses.ifDue();
    }
  }
  return tally;
}

/** From where about {@link CLOSEST} pairs are found among so many strangers. */
function closestFrom(point: OperatingPoint, people: number): number {
  const comparisons = (point.comparisonsPerPerson ** 2 * people * Math.max(1, people - 1)) / 2;
  return scoreAtFmr(point, Math.min(MOST_LENIENT_LOG10_FMR, Math.log10(CLOSEST / Math.max(1, comparisons))));
}

function startOf(day: string, zone: string): EpochMs | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  try {
    return startOfDay(day, zone);
  } catch {
    return null;
  }
}
