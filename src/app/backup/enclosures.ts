import { ENCLOSURE_KINDS, enclosurePapers, healthPaperId, separated } from "../../domain/exceptions/enclosures.ts";
import { parseRequest } from "../../domain/exceptions/stored-requests.ts";
import type { ExceptionRequest } from "../../domain/exceptions/types.ts";
import type { Paper, Store } from "../ports/store.ts";

/** What came with requests and was erased on this tablet: a backup from before does not bring it back. */
export interface Ended {
  /** By id of the request. */
  readonly requests: ReadonlyMap<string, NonNullable<ExceptionRequest["erased"]>>;
  /** Ids of the papers that it lay in. */
  readonly papers: ReadonlySet<string>;
}

/** The requests themselves say so, for as long as there is a record of their owner. */
export async function endedHere(store: Pick<Store, "papers">): Promise<Ended> {
  const requests = new Map<string, NonNullable<ExceptionRequest["erased"]>>();
  const papers = new Set<string>();
  for (const { value } of await store.papers({ kinds: ["request"] })) {
    const request = parseRequest(value);
    if (request?.erased === undefined) continue;
    requests.set(request.id, request.erased);
    for (const id of erasedPapers(request)) papers.add(id);
  }
  return { requests, papers };
}

/**
 * A paper of a backup as it is kept here, and ids of those that go with it: what was erased, here or where the backup was made,
 * stays so, and health that lies in its request, as it once did, is put apart.
 */
export function asKept(paper: Paper, { requests }: Ended): { readonly papers: readonly Paper[]; readonly gone: readonly string[] } {
  const parsed = paper.kind === "request" ? parseRequest(paper.value) : null;
  if (parsed === null) return { papers: [paper], gone: [] };
  const erased = { ...parsed.erased, ...requests.get(paper.id) };
  const { request, health } = separated(Object.keys(erased).length === 0 ? parsed : { ...parsed, erased });
  const apart: readonly Paper[] = health === null || erased.health !== undefined ? [] : [{ id: healthPaperId(request.id), kind: "health", subject: paper.subject, untilUtcDay: null, value: health }];
  return { papers: [{ ...paper, value: request }, ...apart], gone: erasedPapers(request) };
}

function erasedPapers({ erased, ...request }: ExceptionRequest): readonly string[] {
  return ENCLOSURE_KINDS.filter((kind) => erased?.[kind] !== undefined).flatMap((kind) => enclosurePapers(request, kind));
}
