import { expect, test } from "vitest";
import { attentionMeshOrder } from "./attention-points.ts";

/** 468 points of three values, then pairs: 80 of the lips, 71 of either eye, 5 of either iris. */
const MESH = 468 * 3;
const LIPS_AT = MESH;
const LEFT_EYE_AT = LIPS_AT + 2 * 80;
const RIGHT_EYE_AT = LEFT_EYE_AT + 2 * 71;
const IRISES_AT = RIGHT_EYE_AT + 2 * 71;
const ALL = IRISES_AT + 2 * 10;

const order = attentionMeshOrder();
const point = (index: number): readonly number[] => order.slice(3 * index, 3 * index + 3);

test("the order has 478 points of values that exist", () => {
  expect(order).toHaveLength(478 * 3);
  expect(order.every((index) => Number.isInteger(index) && index >= 0 && index < ALL)).toBe(true);
});

test.each([
  ["forehead, which no finer part covers", 10, [30, 31, 32]],
  ["first of the lips", 61, [LIPS_AT, LIPS_AT + 1, 3 * 61 + 2]],
  ["last of the lips", 407, [LEFT_EYE_AT - 2, LEFT_EYE_AT - 1, 3 * 407 + 2]],
  ["first of the eye at the left", 33, [LEFT_EYE_AT, LEFT_EYE_AT + 1, 3 * 33 + 2]],
  ["first of the eye at the right", 263, [RIGHT_EYE_AT, RIGHT_EYE_AT + 1, 3 * 263 + 2]],
  ["first of the irises", 468, [IRISES_AT, IRISES_AT + 1, 3 * 159 + 2]],
  ["last of the irises", 477, [ALL - 2, ALL - 1, 3 * 386 + 2]],
])("the order takes the %s from its part", (_, index, expected) => {
  expect(point(index)).toEqual(expected);
});
