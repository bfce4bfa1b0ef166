import type { ClosePair } from "../../contracts/matcher.ts";
import { lookAlikeLevel } from "../../domain/biometrics/look-alikes.ts";
import { log10FmrAtScore } from "../../domain/biometrics/operating-point.ts";
import type { OperatingPoint } from "../../domain/biometrics/operating-point.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { LookAlikePair } from "../api/recognition.ts";
import { Subject } from "../observable.ts";
import type { Recogniser } from "../ports/recogniser.ts";

/** Pairs kept at most: so many only come of references that are worth nothing. */
const MOST_PAIRS = 20_000;
/** The level depends on how many people there are, but little: it is taken anew when they are this much more or fewer. */
const OTHER_SIZE = 0.1;

/** Who is compared with each other, and at which operating point. */
export interface Compared {
  readonly point: OperatingPoint;
  /** On the site's roster; null for everybody in the gallery. */
  readonly roster: ReadonlySet<PersonId> | null;
  readonly people: number;
}

/**
 * Knows who looks like whom. Everybody is compared with everybody once after the gallery was loaded, in slices between
 * the searches; after that, whoever is enrolled anew is compared with the others.
 *
 * Until the first comparison is through, nobody has a look-alike here. Then the margin of the operating point stands
 * alone: of two people whom a probe fits nearly as well, none is named.
 */
export class LookAlikes {
  readonly pairs = new Subject<readonly LookAlikePair[]>([]);
  /** False until everybody was compared with everybody. */
  readonly known = new Subject(false);
  readonly #matcher: Pick<Recogniser, "closePairs">;
  readonly #compared: () => Compared;
  #close: readonly ClosePair[] = [];
  #of = new Map<PersonId, readonly PersonId[]>();
  /** What the last comparison of everybody is made for, from when it was asked for; null when there was none or it failed. */
  #basis: { readonly level: number; readonly compared: Compared } | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(matcher: Pick<Recogniser, "closePairs">, compared: () => Compared) {
    this.#matcher = matcher;
    this.#compared = compared;
  }

  of(personId: PersonId): readonly PersonId[] {
    return this.#of.get(personId) ?? [];
  }

  /** The matcher holds other references of these people, or none any more; null for everyone. Resolves when that is taken in. */
  galleryChanged(people: readonly PersonId[] | null): Promise<void> {
    if (people === null) return this.#compareAll();
    this.#replace(people, []);
    if (!this.#isLike(this.#compared())) return this.#compareAll();
    return this.#inTurn(() => this.find(people));
  }

  /** The site chose another policy, or people came onto the roster or left it. */
  policyChanged(): Promise<void> {
    return this.#basis === null || this.#isLike(this.#compared()) ? Promise.resolve() : this.#compareAll();
  }

  /** Compares these people with everybody at once; the answer is whom they look like, themselves left out. */
  async find(people: readonly PersonId[]): Promise<readonly PersonId[]> {
    const level = this.#basis?.level ?? levelFor(this.#compared());
    const found = await this.#matcher.closePairs(level, MOST_PAIRS, people);
    if (!found.ok) return [];
    this.#replace(people, found.value);
    return [...new Set(people.flatMap((personId) => this.of(personId)))].filter((personId) => !people.includes(personId));
  }

  /** Of several that are asked for before the first of them begins, the last is made. */
  #compareAll(): Promise<void> {
    const compared = this.#compared();
    const basis = { level: levelFor(compared), compared };
    this.#basis = basis;
    return this.#inTurn(async () => {
      if (this.#basis !== basis) return;
      const found = await this.#matcher.closePairs(basis.level, MOST_PAIRS, null);
      if (this.#basis !== basis) return;
      if (!found.ok) {
        this.#basis = null;
        return;
      }
      this.#keep(found.value);
      this.known.next(true);
    });
  }

  #replace(people: readonly PersonId[], found: readonly ClosePair[]): void {
    const touched = new Set(people);
    const others = this.#close.filter(({ one, other }) => !touched.has(one) && !touched.has(other));
    if (others.length < this.#close.length || found.length > 0) this.#keep([...others, ...found]);
  }

  #keep(close: readonly ClosePair[]): void {
    this.#close = close;
    const { point, roster } = this.#compared();
    const counted = roster === null ? close : close.filter(({ one, other }) => roster.has(one) && roster.has(other));
    const of = new Map<PersonId, PersonId[]>();
    for (const { one, other } of counted) {
      of.set(one, [...(of.get(one) ?? []), other]);
      of.set(other, [...(of.get(other) ?? []), one]);
    }
    this.#of = of;
    this.pairs.next(
      counted.toSorted((a, b) => b.score - a.score).map(({ one, other, score }) => ({ one, other, log10Fmr: log10FmrAtScore(point, score) })),
    );
  }

  /** Whether the last comparison of everybody holds for those who are compared now. */
  #isLike({ point, roster, people }: Compared): boolean {
    const last = this.#basis?.compared;
    if (last === undefined) return false;
    if (last.point.profile !== point.profile || last.point.fpirTarget !== point.fpirTarget || !sameSet(last.roster, roster)) return false;
    return Math.abs(people - last.people) <= OTHER_SIZE * last.people;
  }

  #inTurn(work: () => Promise<unknown>): Promise<void> {
    const result = this.#turn.then(work).then(() => undefined);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function levelFor({ point, people }: Compared): number {
  return lookAlikeLevel(point, people);
}

function sameSet(one: ReadonlySet<PersonId> | null, other: ReadonlySet<PersonId> | null): boolean {
  if (one === null || other === null) return one === other;
  return one.size === other.size && [...one].every((personId) => other.has(personId));
}
