import { expect, test } from "vitest";
import { ED25519, ed25519Answer, HPKE_PLAIN, hpkeAnswers } from "./testing/known-answers.ts";

test("HPKE opens the messages of RFC 9180", async () => {
  expect(await hpkeAnswers()).toEqual(HPKE_PLAIN);
});

test.each(ED25519)("Ed25519 signs and verifies as RFC 8032 says", async (vector) => {
  expect(await ed25519Answer(vector)).toEqual({ signature: vector.signature, verifies: true, otherVerifies: false });
});
