import { failure } from "../../domain/errors.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { parseRequest } from "../../domain/exceptions/stored-requests.ts";
import { clockDoubt, dueBy, enclosureEnds, endsOf } from "../../domain/retention/due.ts";
import type { ClockDoubt, DueErasure } from "../../domain/retention/due.ts";
import { scheduleOf } from "../../domain/retention/schedule.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RightsFailure } from "../api/rights.ts";
import type { Scheduler } from "../kiosk/dependencies.ts";
import type { Store } from "../ports/store.ts";
import { Pauses } from "../pauses.ts";
import type { Erasures } from "./erasures.ts";
import { rightsFailure } from "./erasures.ts";

/** How often it is asked whether there is something to do, milliseconds. */
const LOOK_EVERY_MS = 10 * 60_000;
/** The schedule is gone through this often, milliseconds. */
const RUN_EVERY_MS = 24 * 3_600_000;
/** The hours of the site's night in which it is gone through, if the tablet runs then. */
const NIGHT_HOURS: readonly [number, number] = [1, 5];
/** Without a night on, it is gone through at any quiet moment after this, milliseconds. */
const RUN_AT_LATEST_MS = 36 * 3_600_000;

export interface RetentionDependencies {
  readonly store: Store;
  readonly erasures: Erasures;
  readonly scheduler: Scheduler;
  /** Nobody uses the tablet. */
  readonly isQuiet: () => boolean;
}

/**
 * Does once a day what the schedule asks, at a quiet moment, and finishes what an interruption left half done. A clock
 * that leapt stops it until somebody has looked.
 */
export class Retention {
  readonly #dependencies: RetentionDependencies;
  #doubt: ClockDoubt = null;
  #stop: () => void = () => undefined;

  constructor(dependencies: RetentionDependencies) {
    this.#dependencies = dependencies;
  }

  get doubt(): ClockDoubt {
    return this.#doubt;
  }

  /** At the start of a page: what was begun is finished now, whoever stands in front. */
  async start(): Promise<void> {
    const { erasures, store } = this.#dependencies;
    if (store.erasures.pending.length > 0) await erasures.carryOut();
    this.#later();
  }

  stop(): void {
    this.#stop();
  }

  /** What ends, of everybody; soonest first. */
  async ends(until: EpochMs): Promise<readonly DueErasure[]> {
    const pauses = new Pauses();
    const ends: DueErasure[] = [];
    for (const id of [...this.#dependencies.store.people.keys()]) {
      ends.push(...this.endsOf(id));
      await pauses.ifDue();
    }
    return dueBy([...ends, ...(await this.enclosures())], until);
  }

  /** When what came with decided requests ends, of everybody. */
  async enclosures(): Promise<readonly DueErasure[]> {
    const { store } = this.#dependencies;
    const schedule = scheduleOf(store.settings);
    const zone = store.settings?.zone ?? "UTC";
    const pauses = new Pauses();
    const ends: DueErasure[] = [];
    for (const { value } of await store.papers({ kinds: ["request"] })) {
      const request = parseRequest(value);
      if (request !== null) ends.push(...enclosureEnds(request, store.people.get(request.personId)?.hold === true, schedule, zone));
      await pauses.ifDue();
    }
    return ends;
  }

  endsOf(id: PersonId): readonly DueErasure[] {
    const { store } = this.#dependencies;
    const stored = store.people.get(id);
    if (!stored) return [];
    const enrolledAt = (store.templates.get(id)?.createdAtMs ?? null) as EpochMs | null;
    return endsOf({ stored, standing: store.standing(id), enrolledAt }, scheduleOf(store.settings), store.settings?.zone ?? "UTC");
  }

  /** @param clockConfirmed somebody has looked at the clock */
  async run(clockConfirmed: boolean): Promise<Result<{ readonly erased: number }, RightsFailure>> {
    const { store, erasures } = this.#dependencies;
    const now = store.now().wallMs;
    const [latest] = await store.latest(1);
    this.#doubt = clockConfirmed ? null : clockDoubt(now, store.erasures.scheduledRunAt, latest?.header.timeState ?? "T3");
    if (this.#doubt !== null) return ok({ erased: 0 });
    const due = (await this.ends(now)).filter(({ held }) => !held);
    const erased = await erasures.eraseDue(due);
    if (!erased.ok) return erased;
    try {
      const noted = await store.exclusively(() => store.commit({ entries: [], erasures: { ...store.erasures, scheduledRunAt: store.now().wallMs } }));
      return noted.ok ? ok({ erased: erased.value }) : err(rightsFailure(noted.error));
    } catch (error) {
      return err(failure("rights/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  #later(): void {
    this.#stop();
    this.#stop = this.#dependencies.scheduler.after(LOOK_EVERY_MS, () => void this.#look().finally(() => this.#later()));
  }

  async #look(): Promise<void> {
    const { store, erasures, isQuiet } = this.#dependencies;
    if (store.settings === null || !isQuiet()) return;
    const { zone } = store.settings;
    const now = store.now().wallMs;
    const last = store.erasures.scheduledRunAt;
    if (last === null || now < last || isTime(now - last, hourOf(now, zone))) await this.run(false);
    else if (store.erasures.pending.length > 0) await erasures.carryOut();
  }
}

function isTime(sinceMs: number, hour: number): boolean {
  const [from, to] = NIGHT_HOURS;
  return sinceMs >= RUN_AT_LATEST_MS || (sinceMs >= RUN_EVERY_MS / 2 && hour >= from && hour < to);
}

function hourOf(wallMs: EpochMs, zone: string): number {
  return Number(new Intl.DateTimeFormat("en", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(wallMs));
}
