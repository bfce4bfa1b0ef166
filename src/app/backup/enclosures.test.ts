import { describe, expect, test } from "vitest";
import type { EpochMs } from "../../domain/clock.ts";
import type { ExceptionRequest, RequestId } from "../../domain/exceptions/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Paper } from "../ports/store.ts";
import { asKept, endedHere } from "./enclosures.ts";

const at = (n: number): EpochMs => n as EpochMs;
const id = "r1" as RequestId;
const subject = "p" as PersonId;

const request = (over: Partial<ExceptionRequest> = {}): ExceptionRequest => ({
  id,
  personId: subject,
  content: { kind: "make-up", day: "2026-03-02", direction: "in", wallMs: at(1), health: {} },
  reason: "",
  attachments: [{ id: "file", type: "application/pdf", bytes: 10, hash: "0".repeat(64) }],
  state: "approved",
  route: ["hr"],
  passed: 1,
  rulesVersion: 1,
  deadlineMs: null,
  steps: [],
  ...over,
});
const paper = (value: ExceptionRequest): Paper => ({ id, kind: "request", subject, untilUtcDay: null, value });
const ended = (value: ExceptionRequest): ReturnType<typeof endedHere> => endedHere({ papers: () => Promise.resolve([paper(value)]) });
const nothing = { requests: new Map(), papers: new Set<string>() };

describe("what a backup brings of requests", () => {
  test("stays erased where it was erased here since", async () => {
    const here = await ended(request({ erased: { health: at(5), attachment: at(6) } }));
    expect([...here.papers]).toEqual(["health:r1", "file"]);
    const { papers } = asKept(paper(request({ steps: [{ at: at(3), action: "approved", by: "rules", entry: { device: "d", seq: 1 } }] })), here);
    expect(papers).toHaveLength(1);
    expect(papers[0]?.value).toMatchObject({ erased: { health: 5, attachment: 6 }, steps: [{ action: "approved" }] });
  });

  test("does not come back as health inside a request from before it lay apart", async () => {
    const before = request({ content: { kind: "make-up", day: "2026-03-02", direction: "in", wallMs: at(1), health: { itinerary: "Rose Lane" } } });
    const { papers } = asKept(paper(before), await ended(request({ erased: { health: at(5) } })));
    expect(JSON.stringify(papers)).not.toContain("Rose Lane");
    expect(asKept(paper(before), nothing).papers).toMatchObject([{ id, value: { content: { health: {} } } }, { id: "health:r1", kind: "health", subject, value: { itinerary: "Rose Lane" } }]);
  });

  test("takes away here what was erased where it was made", () => {
    const { papers, gone } = asKept(paper(request({ erased: { attachment: at(6) } })), nothing);
    expect(papers[0]?.value).toMatchObject({ erased: { attachment: 6 } });
    expect(gone).toEqual(["file"]);
  });

  test("is left as it is where it is no request", async () => {
    const other: Paper = { id: "rules", kind: "rules", subject: null, untilUtcDay: null, value: { versions: [] } };
    expect(asKept(other, await ended(request()))).toEqual({ papers: [other], gone: [] });
  });
});
