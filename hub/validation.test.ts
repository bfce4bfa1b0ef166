import { runInNewContext } from "node:vm";

import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";

import { makeSegment } from "./testing/client.ts";
import { appendOnlyDesign, refusalOf, type CandidateDocument, type UserContext } from "./validation.ts";

const DEVICE: UserContext = { name: "tablet-1", roles: ["gate", "tablet-1"] };

const segment = (c: string, device = "tablet-1"): CandidateDocument => ({ ...makeSegment(c, device, 1) });

describe("refusalOf", () => {
  test.prop([fc.stringMatching(/^[A-Za-z0-9_-]{1,300}$/)])("accepts a segment whose identifier holds its hash", (c) => {
    expect(refusalOf(segment(c), null, DEVICE)).toBeNull();
  });

  test.each([1, 50, 51, 52, 55, 56, 59, 60, 61, 64, 115, 116, 120, 124, 21_846])("computes the same hash as Node when the content has %i characters", (length) => {
    expect(refusalOf(segment("a".repeat(length)), null, DEVICE)).toBeNull();
  });

  test.prop([fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/), fc.nat()])("refuses other content under the same identifier, also when no old document is passed", (c, at) => {
    const position = at % c.length;
    const other = c.slice(0, position) + (c[position] === "A" ? "B" : "A") + c.slice(position + 1);
    expect(refusalOf({ ...segment(c), c: other }, null, DEVICE)).toBe("the identifier does not fit the content");
  });

  test.each<[string, CandidateDocument, CandidateDocument | null, UserContext]>([
    ["a deletion", { ...segment("abcd"), _deleted: true }, null, DEVICE],
    ["a bare deletion", { _id: segment("abcd")["_id"], _deleted: true }, null, DEVICE],
    ["a deletion over a stored document", { ...segment("abcd"), _rev: "1-a", _deleted: true }, segment("abcd"), DEVICE],
    ["a deletion with an odd value", { ...segment("abcd"), _deleted: "yes" }, null, DEVICE],
    ["a new revision with an invented high number", { ...segment("abcd"), c: "efgh", _rev: "9-f" }, null, DEVICE],
    ["a new revision of the same content", { ...segment("abcd"), _rev: "1-a" }, segment("abcd"), DEVICE],
    ["other content over a stored document", { ...segment("abcd"), c: "efgh" }, segment("abcd"), DEVICE],
    ["a field that is not listed", { ...segment("abcd"), note: "x" }, null, DEVICE],
    ["an attachment", { ...segment("abcd"), _attachments: {} }, null, DEVICE],
    ["another kind", { ...segment("abcd"), kind: "emp" }, null, DEVICE],
    ["no content", { _id: segment("abcd")["_id"], kind: "seg" }, null, DEVICE],
    ["content that is no text", { ...segment("abcd"), c: 5 }, null, DEVICE],
    ["empty content", segment(""), null, DEVICE],
    ["content longer than a segment", segment("a".repeat(21_847)), null, DEVICE],
    ["content outside base64url", segment("ab+/"), null, DEVICE],
    ["content in another script", segment("打卡"), null, DEVICE],
    ["another device's segment", segment("abcd", "tablet-2"), null, DEVICE],
    ["anyone without a name", segment("abcd"), null, { name: null }],
    ["a server administrator", segment("abcd"), null, { name: "root", roles: ["_admin"] }],
    ["a short sequence number", { ...segment("abcd"), _id: String(segment("abcd")["_id"]).replace(":0", ":") }, null, DEVICE],
    ["a line break behind the identifier", { ...segment("abcd"), _id: `${String(segment("abcd")["_id"])}\n` }, null, DEVICE],
    ["an upper-case hash", { ...segment("abcd"), _id: String(segment("abcd")["_id"]).toUpperCase() }, null, DEVICE],
  ])("refuses %s", (_name, newDoc, oldDoc, user) => {
    expect(refusalOf(newDoc, oldDoc, user)).toBeTypeOf("string");
  });

  test("leaves the same bytes sent again to the database's own conflict", () => {
    expect(refusalOf(segment("abcd"), { ...segment("abcd"), _rev: "1-a" }, DEVICE)).toBeNull();
  });
});

describe("appendOnlyDesign", () => {
  type Validate = (newDoc: CandidateDocument, oldDoc: CandidateDocument | null, user: UserContext) => void;
  const validate = runInNewContext(`(${appendOnlyDesign().validate_doc_update})`, Object.create(null) as object) as Validate;

  test("runs from its source text alone when the engine offers nothing but the language", () => {
    expect(() => {
      validate(segment("abcd"), null, DEVICE);
    }).not.toThrow();
  });

  test("throws what CouchDB understands when it refuses", () => {
    const attack = { ...segment("abcd"), c: "efgh", _rev: "9-f", _revisions: { start: 9, ids: ["f"] } };
    expect(() => {
      validate(attack, null, DEVICE);
    }).toThrow(
      expect.objectContaining({ forbidden: "the identifier does not fit the content" }) as Error,
    );
  });
});
