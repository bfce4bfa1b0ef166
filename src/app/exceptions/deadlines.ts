import { calendarDay } from "../../domain/attendance/day.ts";
import { monthOf } from "../../domain/attendance/rules/days.ts";
import { daysOfContent } from "../../domain/exceptions/content-days.ts";
import { dueStep } from "../../domain/exceptions/due.ts";
import type { ExceptionRequest } from "../../domain/exceptions/types.ts";
import { isOpen } from "../../domain/exceptions/workflow.ts";
import type { RequestAction } from "../../domain/exceptions/workflow.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { ok } from "../../domain/result.ts";
import type { Store } from "../ports/store.ts";
import type { Duties } from "./person-duty.ts";
import type { RequestPapers } from "./request-papers.ts";
import type { Steps } from "./steps.ts";

const EVERY_MS = 3_600_000;
/** After the start, so that nobody waits for it at the door. */
const FIRST_MS = 30_000;
/** Whatever waits, of whichever day. */
const ALL = "1970-01-01";
/** One run takes a request no further: what is overdue by days is passed on and reminded of, and no more. */
const STEPS_AT_MOST = 3;

export interface DeadlinesDependencies {
  readonly store: Store;
  readonly papers: RequestPapers;
  readonly duties: Duties;
  readonly steps: Steps;
  /** @returns how to take it back */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** What time does to requests, as steps by `rules`: at the start, each hour, and when a month is closed. */
export class Deadlines {
  readonly #dependencies: DeadlinesDependencies;
  #running: Promise<number> | null = null;

  constructor(dependencies: DeadlinesDependencies) {
    this.#dependencies = dependencies;
  }

  start(): void {
    const { store, after } = this.#dependencies;
    store.subscribe(({ papers }) => {
      if (papers?.includes("month") === true) void this.run().catch(reportError);
    });
    const again = (): void => {
      void this.run()
        .catch(reportError)
        .finally(() => after(EVERY_MS, again));
    };
    after(FIRST_MS, again);
  }

  /** @returns how many steps were taken */
  run(): Promise<number> {
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  async #run(): Promise<number> {
    const { papers, store } = this.#dependencies;
    if (store.settings === null || store.endedAt !== null) return 0;
    let taken = 0;
    for (const request of await papers.requests(ALL)) {
      for (let tries = 0; isOpen(request) && tries < STEPS_AT_MOST; tries++) {
        if (!(await this.#step(request))) break;
        taken += 1;
      }
    }
    return taken;
  }

  async #step({ id, personId, content }: ExceptionRequest): Promise<boolean> {
    const { store, papers, duties, steps } = this.#dependencies;
    const duty = await duties.of(personId);
    const { zone } = duties;
    const days = daysOfContent(content, zone);
    const closed = await papers.closedMonths(personId);
    const closedAt = days === null || content.kind === "appeal" ? null : ((closed.get(monthOf(days.to)) ?? null) as EpochMs | null);
    const withinMs = duties.withinMs(duty, content);
    let taken = false;
    const done = await steps.take(id, (now) => {
      const at = store.now().wallMs;
      const begun = days !== null && calendarDay(at, zone) >= days.from;
      const due = dueStep(now, { now: at, withinMs, closedAt, begun });
      taken = due !== null;
      return ok(due === null ? null : { action: ACTION[due], actor: { kind: "rules" } });
    });
    return done.ok && taken;
  }
}

const ACTION: Readonly<Record<NonNullable<ReturnType<typeof dueStep>>, RequestAction>> = { expire: { kind: "expire" }, "pass-on": { kind: "pass-on" }, remind: { kind: "remind" } };
