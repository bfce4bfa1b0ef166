import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { permute } from "./permute.ts";

test("permute transposes a matrix", () => {
  expect(permute(Uint8Array.of(1, 2, 3, 4, 5, 6), [2, 3], [1, 0])).toEqual(Uint8Array.of(1, 4, 2, 5, 3, 6));
});

test("permute refuses data that do not fill the dims", () => {
  expect(() => permute(new Float32Array(5), [2, 3], [1, 0])).toThrow(RangeError);
});

property.prop([
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((dims) =>
    fc.tuple(
      fc.constant(dims),
      fc.shuffledSubarray(
        dims.map((_, axis) => axis),
        { minLength: dims.length },
      ),
    ),
  ),
])("permute is undone by the inverse order", ([dims, order]) => {
  const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, index) => index);
  const there = permute(data, dims, order);
  const back = permute(
    there,
    order.map((axis) => dims[axis] ?? 0),
    dims.map((_, axis) => order.indexOf(axis)),
  );
  expect(back).toEqual(data);
});
