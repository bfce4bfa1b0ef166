import { failure } from "../../domain/errors.ts";
import type { UserId } from "../../domain/people/access.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AttendanceFailure, Training } from "../api/attendance.ts";
import type { Access } from "../ports/access.ts";
import type { Store } from "../ports/store.ts";

/** The last completion of a course by somebody. */
interface Completion {
  readonly who: string;
  readonly course: string;
  readonly version: number;
  readonly errors: number;
  readonly at: number;
}

export interface TrainingDependencies {
  readonly store: Store;
  readonly access: Access;
}

const paperId = (who: string, course: string): string => `training:${who}:${course}`;

/** Who went through which tutorial. Of attendance it records nothing. */
export class SiteTraining implements Training {
  readonly #dependencies: TrainingDependencies;

  constructor(dependencies: TrainingDependencies) {
    this.#dependencies = dependencies;
  }

  async records(): ReturnType<Training["records"]> {
    const { store, access } = this.#dependencies;
    const checked = access.check("training.read");
    if (!checked.ok) return checked;
    try {
      const papers = await store.papers({ kinds: ["training"] });
      // Who works here is told to those who may read it; of somebody who is gone no name is left.
      const hidden = (who: string): boolean => store.people.has(who as PersonId) && !access.reaches(who as PersonId);
      const done = papers.flatMap(({ value }) => (isCompletion(value) && !hidden(value.who) ? [value] : []));
      return ok(
        done
          .map(({ who, course, version, errors, at }) => {
            const name = store.users.get(who as UserId)?.name ?? store.people.get(who as PersonId)?.person.name ?? null;
            return { who: who as UserId | PersonId, name, course, version, errors, at: at as ReturnType<Store["now"]>["wallMs"] };
          })
          .sort((one, other) => other.at - one.at),
      );
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  completed(course: string, version: number, errors: number): Promise<Result<void, AttendanceFailure>> {
    const { actor } = this.#dependencies.access;
    return actor === null ? Promise.resolve(err(failure("access/not-signed-in"))) : this.#write(actor.userId, course, version, errors);
  }

  /** By a person whose own record is open. */
  completedBy(personId: PersonId, course: string, version: number, errors: number): Promise<Result<void, AttendanceFailure>> {
    return this.#write(personId, course, version, errors);
  }

  /** The version that somebody went through last; 0 for none. */
  async versionOf(who: string, course: string): Promise<number> {
    const value = (await this.#dependencies.store.paper(paperId(who, course)))?.value;
    return isCompletion(value) ? value.version : 0;
  }

  async #write(who: string, course: string, version: number, errors: number): Promise<Result<void, AttendanceFailure>> {
    const { store } = this.#dependencies;
    try {
      const value: Completion = { who, course, version, errors, at: store.now().wallMs };
      const written = await store.exclusively(() =>
        store.commit({
          entries: [{ type: "trained", subject: null, body: { who, course, version, errors, outcome: "completed" } }],
          papers: [{ id: paperId(who, course), kind: "training", subject: null, untilUtcDay: null, value }],
        }),
      );
      if (written.ok) return ok();
      return err(written.error.kind === "store/full" ? failure("attendance/storage-full") : failure("attendance/store-failed", written.error.kind));
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }
}

function isCompletion(value: unknown): value is Completion {
  return typeof value === "object" && value !== null && "who" in value && "course" in value && "version" in value;
}
