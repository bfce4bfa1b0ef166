import { ModelError } from "../errors.ts";
import { OnnxGraphBuilder, type Value } from "../onnx/graph-builder.ts";
import { permute } from "../onnx/permute.ts";
import type { OnnxModel } from "../onnx/proto.ts";
import { readShardedWeights, type StoredWeight } from "./sharded-weights.ts";

const INPUT = "input";
const OUTPUT = "embedding";
const SIDE = 150;
const DIMENSIONS = 128;

/** Means of the three colours that the network was trained with (dlib), and its scale. */
const MEAN_RGB = [122.782, 117.001, 104.298];
const SCALE = 255;

/** Height, width, in, out -> out, in, height, width. */
const TO_CHANNELS_FIRST = [3, 2, 0, 1];

interface ConvolutionOptions {
  readonly stride: 1 | 2;
  readonly padded: boolean;
  readonly relu: boolean;
}

interface DownOptions {
  /** Channels of zeros that the shortcut gains, 0 for none. */
  readonly addedChannels: number;
  /** Whether the main path comes out one row and one column smaller than the shortcut and is filled with zeros. */
  readonly shorter: boolean;
}

/**
 * face-api's recognition network (dlib's ResNet with 29 layers) as ONNX: channels first, one face.
 *
 * Filters stay the bytes they are in the source. The three nodes that turn them into numbers, times the layer's
 * scale, are constant and folded when the model is loaded: the file is a quarter of its float32 size and the result
 * is exact.
 *
 * Input `input` [1, 3, 150, 150] RGB 0..255, output `embedding` [1, 128], compared by Euclidean distance.
 *
 * @param manifest text of `face_recognition_model-weights_manifest.json`
 * @param shard content of `face_recognition_model.bin`
 */
export function faceRecognitionNetToOnnx(manifest: string, shard: Uint8Array): OnnxModel {
  return new FaceRecognitionNetConverter(readShardedWeights(manifest, shard)).convert();
}

class FaceRecognitionNetConverter {
  private readonly onnx = new OnnxGraphBuilder("face_recognition");

  constructor(private readonly weights: ReadonlyMap<string, StoredWeight>) {}

  convert(): OnnxModel {
    const { onnx } = this;
    const pixels = onnx.input(INPUT, [1, 3, SIDE, SIDE]);
    const centred = onnx.node("Sub", [pixels, onnx.float32(Float32Array.from(MEAN_RGB), [1, 3, 1, 1])]);
    let x = onnx.node("Div", [centred, onnx.float32(Float32Array.of(SCALE), [1])]);
    x = this.convolution(x, "conv32_down", { stride: 2, padded: false, relu: true });
    x = onnx.node("MaxPool", [x], { kernel_shape: [3, 3], strides: [2, 2] });
    for (const block of [1, 2, 3]) x = this.residual(x, `conv32_${block}`);
    x = this.down(x, "conv64_down", { addedChannels: 32, shorter: false });
    for (const block of [1, 2, 3]) x = this.residual(x, `conv64_${block}`);
    x = this.down(x, "conv128_down", { addedChannels: 64, shorter: false });
    for (const block of [1, 2]) x = this.residual(x, `conv128_${block}`);
    x = this.down(x, "conv256_down", { addedChannels: 128, shorter: true });
    for (const block of [1, 2]) x = this.residual(x, `conv256_${block}`);
    x = this.down(x, "conv256_down_out", { addedChannels: 0, shorter: true });
    const pooled = onnx.node("Flatten", [onnx.node("GlobalAveragePool", [x])], { axis: 1 });
    const fc = this.weight("fc");
    onnx.output(OUTPUT, onnx.node("MatMul", [pooled, this.constant(fc)]), [1, DIMENSIONS]);
    return onnx.build();
  }

  private residual(x: Value, name: string): Value {
    const first = this.convolution(x, `${name}/conv1`, { stride: 1, padded: true, relu: true });
    const second = this.convolution(first, `${name}/conv2`, { stride: 1, padded: true, relu: false });
    return this.onnx.node("Relu", [this.onnx.node("Add", [second, x])]);
  }

  private down(x: Value, name: string, { addedChannels, shorter }: DownOptions): Value {
    const first = this.convolution(x, `${name}/conv1`, { stride: 2, padded: false, relu: true });
    const second = this.convolution(first, `${name}/conv2`, { stride: 1, padded: true, relu: false });
    const pooled = this.onnx.node("AveragePool", [x], { kernel_shape: [2, 2], strides: [2, 2] });
    const main = shorter ? this.padded(second, 0, 1) : second;
    const shortcut = addedChannels > 0 ? this.padded(pooled, addedChannels, 0) : pooled;
    return this.onnx.node("Relu", [this.onnx.node("Add", [shortcut, main])]);
  }

  /** Adds zeros after the last channel, and after the last row and column. */
  private padded(x: Value, channels: number, rowsAndColumns: number): Value {
    const ends = this.onnx.int64([0, 0, 0, 0, 0, channels, rowsAndColumns, rowsAndColumns]);
    return this.onnx.node("Pad", [x, ends], { mode: "constant" });
  }

  /** Convolution and the per-channel scale and shift behind it, as one node. */
  private convolution(x: Value, name: string, { stride, padded, relu }: ConvolutionOptions): Value {
    const filters = this.weight(`${name}/conv/filters`);
    const bias = this.weight(`${name}/conv/bias`).values();
    const scale = this.weight(`${name}/scale/weights`).values();
    const shift = this.weight(`${name}/scale/biases`).values();
    const [height = 0, width = 0, , out = 0] = filters.shape;
    const scales = this.onnx.float32(scale, [out, 1, 1, 1]);
    const value = this.onnx.node(
      "Conv",
      [
        x,
        this.onnx.node("Mul", [this.constant(filters, TO_CHANNELS_FIRST), scales]),
        this.onnx.float32(
          bias.map((value, channel) => value * (scale[channel] ?? 0) + (shift[channel] ?? 0)),
          [out],
        ),
      ],
      {
        kernel_shape: [height, width],
        strides: [stride, stride],
        pads: padded ? [height >> 1, width >> 1, height >> 1, width >> 1] : [0, 0, 0, 0],
      },
    );
    return relu ? this.onnx.node("Relu", [value]) : value;
  }

  /** A weight in the precision it is stored in, turned into float32 by the graph. */
  private constant(weight: StoredWeight, order: readonly number[] = weight.shape.map((_, axis) => axis)): Value {
    const { onnx } = this;
    const dims = order.map((axis) => weight.shape[axis] ?? 0);
    if (weight.quantised === undefined) return onnx.float32(permute(weight.values(), weight.shape, order), dims);
    const { bytes, scale, min } = weight.quantised;
    const numbers = onnx.node("Cast", [onnx.uint8(permute(bytes, weight.shape, order), dims)], { to: 1 });
    const scaled = onnx.node("Mul", [numbers, onnx.float32(Float32Array.of(scale), [1])]);
    return onnx.node("Add", [scaled, onnx.float32(Float32Array.of(min), [1])]);
  }

  private weight(name: string): StoredWeight {
    const weight = this.weights.get(name);
    if (weight === undefined) {
      throw new ModelError("models/source-unexpected", `face-api's recognition weights hold no ${name}.`);
    }
    return weight;
  }
}
