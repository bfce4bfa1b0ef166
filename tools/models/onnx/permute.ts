/**
 * Reorders the axes of a dense row-major array: axis i of the result is axis `order[i]` of the source.
 *
 * @throws RangeError when the data do not fill the dims
 */
export function permute<T extends Float32Array | Uint8Array>(
  data: T,
  dims: readonly number[],
  order: readonly number[],
): T {
  const size = dims.reduce((a, b) => a * b, 1);
  if (data.length !== size) throw new RangeError(`${data.length} values do not fill ${dims.join(" x ")}`);
  const strides = dims.map((_, axis) => dims.slice(axis + 1).reduce((a, b) => a * b, 1));
  const axes = order.map((axis) => ({ length: dims[axis] ?? 0, stride: strides[axis] ?? 0 }));
  const result = (data instanceof Float32Array ? new Float32Array(size) : new Uint8Array(size)) as T;
  let next = 0;
  const walk = (depth: number, from: number): void => {
    const axis = axes[depth];
    if (axis === undefined) {
      result[next++] = data[from] ?? 0;
      return;
    }
    for (let index = 0; index < axis.length; index++) walk(depth + 1, from + index * axis.stride);
  };
  walk(0, 0);
  return result;
}
