import { expect, test } from "vitest";
import { bothAnswers, CASES, referenceAnswer, RFC_9106 } from "./testing/known-answers.ts";

test("the reference beside Argon2id gives the answer of RFC 9106", () => {
  expect(referenceAnswer()).toBe(RFC_9106);
});

test.each(CASES)("Argon2id is the reference's for $secret, $memoryKiB KiB, $passes passes", async (one) => {
  const [derived, reference] = await bothAnswers(one);
  expect(derived).toBe(reference);
});
