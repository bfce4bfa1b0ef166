import type { Audit, SeenPunch, Told } from "./page/types.ts";

/** From the page's start to a core that takes punches, milliseconds. */
export const READY_WITHIN_MS = 5_000;

/** What the test saw being acknowledged over all the lives of one profile, and what of it a profile still holds. */
export class Expectations {
  readonly #punches: SeenPunch[] = [];
  #lives = 0;
  #filed = 0;
  /** Whose template must be there, and whose must not; absent where the last step was not acknowledged. */
  readonly #enrolled = new Map<string, boolean>();

  get acknowledged(): number {
    return this.#punches.length;
  }

  /** Of a life that is over. */
  take({ acknowledged, told }: { readonly acknowledged: readonly SeenPunch[]; readonly told: readonly Told[] }): void {
    this.#lives++;
    this.#punches.push(...acknowledged);
    for (const news of told) this.#note(news);
  }

  /** What is wrong; empty when everything holds. */
  compare(audit: Audit): readonly string[] {
    const wrong = [...audit.problems, ...audit.quarantined.map((row) => `quarantined: ${row}`)];
    const kept = new Map(audit.punches.map((punch) => [punch.seq, punch]));
    const lost = this.#punches.filter(({ seq, receipt, personId, wallMs }) => {
      const found = kept.get(seq);
      return found?.receipt !== receipt || found.personId !== personId || found.wallMs !== wallMs;
    });
    if (lost.length > 0) wrong.push(`${lost.length} of ${this.#punches.length} acknowledged punches are lost, the first is entry ${lost[0]?.seq ?? 0}`);
    const times = new Set(audit.punches.map(({ personId, wallMs }) => `${personId} ${wallMs}`));
    if (times.size < audit.punches.length) wrong.push(`${audit.punches.length - times.size} punches are doubled`);
    // One at most was on its way at each end: written, and not yet acknowledged.
    const unasked = audit.punches.length - this.#punches.length;
    if (lost.length === 0 && unasked > this.#lives) wrong.push(`${unasked} punches that nobody acknowledged, in ${this.#lives} lives`);
    const requests = audit.types.filter((type) => type === "request").length;
    if (requests < this.#filed) wrong.push(`${this.#filed - requests} of ${this.#filed} acknowledged requests are lost`);
    for (const [id, there] of this.#enrolled) {
      if (audit.templates.includes(id) !== there) wrong.push(there ? "a template that was acknowledged is lost" : "a template that was erased is there");
    }
    return wrong;
  }

  #note(news: Told): void {
    if (news.kind === "done" && news.what === "file") this.#filed++;
    if (news.kind === "failed" || news.kind === "punch" || news.personId === undefined) return;
    if (news.kind === "begun") this.#enrolled.delete(news.personId);
    else this.#enrolled.set(news.personId, news.what === "enrol");
  }
}
