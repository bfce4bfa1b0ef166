import { badgeCode, badgeHash, badgeText, BADGE_BYTES } from "../../domain/people/badge.ts";
import { failure } from "../../domain/errors.ts";
import type { Badge } from "../../domain/exceptions/types.ts";
import type { UserId } from "../../domain/people/access.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AttendanceFailure, Badges } from "../api/attendance.ts";
import { Subject } from "../observable.ts";
import type { Access } from "../ports/access.ts";
import type { BadgeFailure, KioskBadges, ReadBadges } from "../ports/badges.ts";
import type { Paper, Store, StoreFailure } from "../ports/store.ts";

/** How many earlier badges of a person are remembered, so that whoever shows one hears that it was replaced. */
const EARLIER_AT_MOST = 5;

/** {@link Badge} as it is kept: with the ones before, and its end. */
interface StoredBadge extends Badge {
  readonly earlier: readonly string[];
  readonly ended: boolean;
}

export interface BadgesDependencies {
  readonly store: Store;
  readonly access: Access;
  /** Fills it with bytes that nobody foretells. */
  readonly random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
  readonly read: ReadBadges;
}

const paperId = (personId: PersonId): string => `badge:${personId}`;

/** Badges, for administration that hands them out and for the kiosk that they are shown to. */
export class SiteBadges implements Badges, KioskBadges {
  readonly issued = new Subject(false);
  readonly read: ReadBadges;
  readonly #dependencies: BadgesDependencies;
  /** Who has a badge that is in use. */
  #holders: ReadonlySet<PersonId> = new Set();
  /** By hash; read again after every change. */
  #known: Promise<ReadonlyMap<string, { readonly personId: PersonId; readonly valid: boolean }>> | null = null;

  constructor(dependencies: BadgesDependencies) {
    this.#dependencies = dependencies;
    this.read = dependencies.read;
    dependencies.store.subscribe(({ all, papers }) => {
      if (!all && papers?.includes("badge") !== true) return;
      this.#known = null;
      void this.#look();
    });
    void this.#look();
  }

  async has(personId: PersonId): Promise<boolean> {
    const badge = await this.#kept(personId);
    return badge !== null && !badge.ended;
  }

  async issue(personId: PersonId): Promise<Result<string, AttendanceFailure>> {
    const code = this.#dependencies.random(new Uint8Array(BADGE_BYTES));
    const written = await this.#change(personId, "badge-issued", (before, by, issuedAt) => ({
      personId,
      hash: badgeHash(code),
      issuedAt,
      by,
      earlier: before === null ? [] : [before.hash, ...before.earlier].slice(0, EARLIER_AT_MOST),
      ended: false,
    }));
    return written.ok ? ok(badgeText(code)) : written;
  }

  end(personId: PersonId): Promise<Result<void, AttendanceFailure>> {
    return this.#change(personId, "badge-ended", (before) => (before === null || before.ended ? null : { ...before, ended: true }));
  }

  anyOf(people: readonly PersonId[]): boolean {
    return people.some((personId) => this.#holders.has(personId) && this.#dependencies.store.people.get(personId)?.person.status === "active");
  }

  async verify(text: string): Promise<Result<PersonId, BadgeFailure>> {
    const code = badgeCode(text);
    if (code === null) return err(failure("badge/not-a-badge"));
    try {
      const known = (await this.#badges()).get(badgeHash(code));
      if (known === undefined || this.#dependencies.store.people.get(known.personId)?.person.status !== "active") return err(failure("badge/unknown"));
      return known.valid ? ok(known.personId) : err(failure("badge/replaced"));
    } catch (error) {
      return err(failure("pin/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  async #change(personId: PersonId, type: "badge-issued" | "badge-ended", next: (before: StoredBadge | null, by: UserId, at: Badge["issuedAt"]) => StoredBadge | null): Promise<Result<void, AttendanceFailure>> {
    const { store, access } = this.#dependencies;
    const checked = access.check("badges.issue", personId);
    if (!checked.ok) return checked;
    const by = checked.value.userId;
    try {
      const written = await store.exclusively(async (): Promise<Result<unknown, StoreFailure>> => {
        if (store.people.get(personId)?.person.status !== "active") return err(failure("store/write-failed", "nobody"));
        const after = next(await this.#kept(personId), by, store.now().wallMs);
        if (after === null) return ok();
        const paper: Paper = { id: paperId(personId), kind: "badge", subject: personId, untilUtcDay: null, value: after };
        return store.commit({ entries: [{ type, subject: personId, body: { personId, by } }], papers: [paper] });
      });
      if (written.ok) return ok();
      return err(written.error.kind === "store/full" ? failure("attendance/storage-full") : failure("attendance/store-failed", written.error.kind));
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  async #kept(personId: PersonId): Promise<StoredBadge | null> {
    const value = (await this.#dependencies.store.paper(paperId(personId)))?.value;
    return isBadge(value) ? value : null;
  }

  #badges(): ReturnType<SiteBadges["readAll"]> {
    this.#known ??= this.readAll();
    return this.#known;
  }

  private async readAll(): Promise<ReadonlyMap<string, { readonly personId: PersonId; readonly valid: boolean }>> {
    const papers = await this.#dependencies.store.papers({ kinds: ["badge"] });
    const badges = papers.flatMap(({ value }) => (isBadge(value) ? [value] : []));
    return new Map(badges.flatMap(({ personId, hash, earlier, ended }) => [...earlier.map((one) => [one, { personId, valid: false }] as const), [hash, { personId, valid: !ended }] as const]));
  }

  async #look(): Promise<void> {
    try {
      const known = await this.#badges();
      this.#holders = new Set([...known.values()].flatMap(({ personId, valid }) => (valid ? [personId] : [])));
      this.issued.next(this.#holders.size > 0);
    } catch {
      // The store cannot be read: the next change looks again.
      this.#known = null;
    }
  }
}

function isBadge(value: unknown): value is StoredBadge {
  return typeof value === "object" && value !== null && "hash" in value && "personId" in value && "earlier" in value;
}
