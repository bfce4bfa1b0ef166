import type { Feedback } from "../../domain/exceptions/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AttendanceFailure } from "../api/attendance.ts";
import type { Scheduler } from "../kiosk/dependencies.ts";
import type { Paper, Store } from "../ports/store.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Longest text that is kept, characters. */
export const FEEDBACK_AT_MOST = 1000;
/** What was said without a name is written into the log this long after, at the earliest and at the latest. */
const UNTIED_FROM_MS = HOUR_MS;
const UNTIED_TO_MS = DAY_MS;
const LATER_ID = "setting:feedback-later";

export interface FeedbackBoxDependencies {
  readonly store: Store;
  readonly scheduler: Scheduler;
  /** Evenly spread over 0 (included) to 1 (excluded), not to be foretold. */
  readonly random: () => number;
  readonly newId: () => string;
}

/** What was said without a name and is not in the log yet: from when it may be. */
interface Later {
  readonly id: string;
  readonly fromMs: EpochMs;
}

/**
 * Takes feedback. With a name it is an entry of the person's at once. Without one it has the day and no time, and its entry
 * follows hours later at a time that chance names: an entry beside the one that says whose record was open would name them.
 */
export class FeedbackBox {
  readonly #dependencies: FeedbackBoxDependencies;

  constructor(dependencies: FeedbackBoxDependencies) {
    this.#dependencies = dependencies;
  }

  /** Writes what is due, now and every hour. */
  start(): void {
    void this.writeDue();
    this.#dependencies.scheduler.after(HOUR_MS, () => this.start());
  }

  give(personId: PersonId | null, topic: Feedback["topic"], entered: string): Promise<Result<void, AttendanceFailure>> {
    const { store, newId } = this.#dependencies;
    const text = entered.replace(/[^\P{Cc}\n]+/gu, " ").trim().slice(0, FEEDBACK_AT_MOST);
    const id = newId();
    const at = store.now().wallMs;
    return this.#writing(async () => {
      if (personId !== null) {
        const feedback: Feedback = { id, personId, topic, text, at, state: "open" };
        return store.commit({ entries: [{ type: "feedback", subject: personId, body: { feedback: id, topic, text } }], papers: [feedbackPaper(feedback)] });
      }
      const feedback: Feedback = { id, personId, topic, text, at: (at - (at % DAY_MS)) as EpochMs, state: "open" };
      const fromMs = (at + UNTIED_FROM_MS + this.#dependencies.random() * (UNTIED_TO_MS - UNTIED_FROM_MS)) as EpochMs;
      return store.commit({ entries: [], papers: [feedbackPaper(feedback), laterPaper([...(await this.#later()), { id, fromMs }])] });
    });
  }

  /** What was said without a name long enough ago. */
  async writeDue(): Promise<void> {
    const { store } = this.#dependencies;
    await this.#writing(async () => {
      const later = await this.#later();
      const now = store.now().wallMs;
      const due = later.filter(({ fromMs }) => fromMs <= now);
      if (due.length === 0) return ok([]);
      const papers = await Promise.all(due.map(({ id }) => store.paper(`feedback:${id}`)));
      const said = papers.flatMap((paper) => (isFeedback(paper?.value) ? [paper.value] : []));
      return store.commit({
        entries: said.map(({ id, topic, text }) => ({ type: "feedback", subject: null, body: { feedback: id, topic, text } })),
        papers: [laterPaper(later.filter(({ fromMs }) => fromMs > now))],
      });
    });
  }

  async #later(): Promise<readonly Later[]> {
    const value = (await this.#dependencies.store.paper(LATER_ID))?.value;
    return Array.isArray(value) ? value.filter(isLater) : [];
  }

  async #writing(work: () => ReturnType<Store["commit"]> | Promise<Result<readonly never[], never>>): Promise<Result<void, AttendanceFailure>> {
    try {
      const written = await this.#dependencies.store.exclusively(work);
      if (written.ok) return ok();
      return err(written.error.kind === "store/full" ? failure("attendance/storage-full") : failure("attendance/store-failed", written.error.kind));
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }
}

/** What was said with a name goes with the record of whoever said it. */
export function feedbackPaper(feedback: Feedback): Paper {
  return { id: `feedback:${feedback.id}`, kind: "feedback", subject: feedback.personId, untilUtcDay: null, value: feedback };
}

function laterPaper(later: readonly Later[]): Paper {
  return { id: LATER_ID, kind: "setting", subject: null, untilUtcDay: null, value: later };
}

export function isFeedback(value: unknown): value is Feedback {
  return typeof value === "object" && value !== null && "topic" in value && "text" in value && "state" in value;
}

function isLater(value: unknown): value is Later {
  return typeof value === "object" && value !== null && "id" in value && "fromMs" in value;
}
