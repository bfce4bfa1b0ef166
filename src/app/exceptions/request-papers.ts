import { calendarDay } from "../../domain/attendance/day.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { EntryRef } from "../../domain/attendance/engine/types.ts";
import { dayNumber } from "../../domain/attendance/rules/days.ts";
import type { Day, Month } from "../../domain/attendance/rules/types.ts";
import { lastDayNumber } from "../../domain/exceptions/content-days.ts";
import { healthPaperId, separated } from "../../domain/exceptions/enclosures.ts";
import { parseBalanceEntries, parseHealth, parseRequest } from "../../domain/exceptions/stored-requests.ts";
import type { BalanceEntry, ExceptionRequest, HealthDeclaration, RequestId } from "../../domain/exceptions/types.ts";
import { FINAL_STATES } from "../../domain/exceptions/workflow.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RequestSource } from "../attendance/ports.ts";
import type { Paper, RecordRing, Store } from "../ports/store.ts";

const balancePaperId = (personId: PersonId): string => `balance:${personId}`;

/** Requests and balances as they lie beside the log. */
export class RequestPapers implements RequestSource {
  constructor(private readonly store: Pick<Store, "papers" | "paper" | "settings" | "now">) {}

  /** Drafts are nobody's business but their author's: {@link RequestPapers.ofPerson} has them. */
  async requests(from: Day, ring?: RecordRing, personId?: PersonId): Promise<readonly ExceptionRequest[]> {
    const papers = await this.store.papers({ kinds: ["request"], fromUtcDay: dayNumber(from), ...(personId === undefined ? {} : { subject: personId }) }, ring);
    return read(papers).filter(({ state }) => state !== "draft");
  }

  /** All that there ever were of one person, with the drafts. */
  async ofPerson(personId: PersonId, ring?: RecordRing): Promise<readonly ExceptionRequest[]> {
    return read(await this.store.papers({ kinds: ["request"], subject: personId }, ring));
  }

  /** Whatever is kept under that id and is not a request is none. */
  async one(id: RequestId, ring?: RecordRing): Promise<ExceptionRequest | null> {
    const paper = await this.store.paper(id, ring);
    return paper?.kind === "request" ? parseRequest(paper.value) : null;
  }

  /** What was declared with it; null where nothing was, or where it is no longer kept. */
  async health({ id, content, erased }: ExceptionRequest, ring?: RecordRing): Promise<HealthDeclaration | null> {
    if (content.kind !== "make-up" || content.health === undefined || erased?.health !== undefined) return null;
    return Object.keys(content.health).length > 0 ? content.health : parseHealth((await this.store.paper(healthPaperId(id), ring))?.value);
  }

  /** With what was declared about health in its place, for whoever hands it in again. */
  async whole(request: ExceptionRequest, ring?: RecordRing): Promise<ExceptionRequest> {
    const health = await this.health(request, ring);
    return health === null || request.content.kind !== "make-up" ? request : { ...request, content: { ...request.content, health } };
  }

  async balanceEntries(personId: PersonId, ring?: RecordRing): Promise<readonly BalanceEntry[]> {
    return parseBalanceEntries((await this.store.paper(balancePaperId(personId), ring))?.value) ?? [];
  }

  /** When months of a person were closed. */
  async closedMonths(personId: PersonId, ring?: RecordRing): Promise<ReadonlyMap<Month, number>> {
    const papers = await this.store.papers({ kinds: ["month"], subject: personId }, ring);
    return new Map(papers.flatMap(({ value }) => closedMonth(value) ?? []));
  }

  /** Of a request that is new: what was declared about health lies apart from it. */
  papersOf(request: ExceptionRequest): readonly Paper[] {
    const { request: kept, health } = separated({ ...request, apart: true });
    const apart: readonly Paper[] = health === null ? [] : [{ id: healthPaperId(request.id), kind: "health", subject: request.personId, untilUtcDay: null, value: health }];
    return [this.paperOf(kept), ...apart];
  }

  paperOf(request: ExceptionRequest): Paper {
    return { id: request.id, kind: "request", subject: request.personId, untilUtcDay: this.until(request), value: request };
  }

  /** Waiting has no end. */
  until(request: ExceptionRequest): number | null {
    const zone = this.store.settings?.zone ?? "UTC";
    return FINAL_STATES.has(request.state) ? lastDayNumber(request.content, zone, calendarDay(this.store.now().wallMs, zone)) : null;
  }

  balancePaper(personId: PersonId, entries: readonly BalanceEntry[]): Paper {
    return { id: balancePaperId(personId), kind: "balance", subject: personId, untilUtcDay: null, value: entries };
  }
}

/** Where an entry lies in the log. */
export function refOf(entries: readonly Entry[], index: number): EntryRef {
  const entry = entries[index];
  if (entry === undefined) throw new Error("the log gave back fewer entries than it took");
  return { device: entry.header.device, seq: entry.header.seq };
}

const read = (papers: readonly Paper[]): readonly ExceptionRequest[] => papers.map(({ value }) => parseRequest(value)).filter((request) => request !== null);

function closedMonth(value: unknown): readonly (readonly [Month, number])[] | null {
  if (typeof value !== "object" || value === null || !("month" in value) || typeof value.month !== "string" || !("locked" in value)) return null;
  const { locked } = value;
  return typeof locked === "object" && locked !== null && "at" in locked && typeof locked.at === "number" ? [[value.month, locked.at]] : null;
}
