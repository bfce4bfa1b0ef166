/**
 * The attention mesh gives its points in six parts: 468 points of the whole face (x, y, z), then finer ones (x, y)
 * of lips, both eyes with brows, and both irises. The tables say which of the 478 points each finer one replaces.
 * Source: MediaPipe, modules/face_landmark/tensors_to_face_landmarks_with_attention.pbtxt (Apache-2.0).
 */
const MESH_POINTS = 468;
const IRIS_POINTS = 5;
const ALL_POINTS = MESH_POINTS + 2 * IRIS_POINTS;

const LIPS = [
  61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
  78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
  76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408,
  62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
];

const LEFT_EYE = [
  33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173,
  130, 25, 110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190,
  226, 31, 228, 229, 230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189,
  35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121, 128, 245, 156, 70, 63, 105, 66, 107, 55, 193,
];

const RIGHT_EYE = [
  263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398,
  359, 255, 339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414,
  446, 261, 448, 449, 450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413,
  265, 353, 276, 283, 282, 295, 372, 340, 346, 347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336, 285, 417,
];

/** The irises come without depth; they take that of a point of the upper lid. Their z is not to be used. */
const LEFT_LID_POINT = 159;
const RIGHT_LID_POINT = 386;

/**
 * For each of the 478 x 3 values that the task library expects, its index among the attention mesh's six outputs
 * laid end to end.
 */
export function attentionMeshOrder(): readonly number[] {
  const mesh = Array.from({ length: 3 * MESH_POINTS }, (_, index) => index);
  const order = mesh.concat(new Array<number>(3 * (ALL_POINTS - MESH_POINTS)).fill(0));
  let next = 3 * MESH_POINTS;
  const take = (point: number): void => {
    order[3 * point] = next++;
    order[3 * point + 1] = next++;
  };
  for (const part of [LIPS, LEFT_EYE, RIGHT_EYE]) part.forEach(take);
  for (const [firstPoint, lidPoint] of [
    [MESH_POINTS, LEFT_LID_POINT],
    [MESH_POINTS + IRIS_POINTS, RIGHT_LID_POINT],
  ] as const) {
    for (let point = firstPoint; point < firstPoint + IRIS_POINTS; point++) {
      take(point);
      order[3 * point + 2] = 3 * lidPoint + 2;
    }
  }
  return order;
}
