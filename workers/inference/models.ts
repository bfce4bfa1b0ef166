import type { InferenceSession } from "onnxruntime-web/wasm";
import type { ColourOrder } from "../../src/domain/biometrics/warp.ts";
import type { Runtime } from "./runtime.ts";

/** How one model wants its picture: three planes, each value (byte - mean) / divisor. */
export interface InputShape {
  readonly side: number;
  readonly mean: number;
  readonly divisor: number;
  readonly order: ColourOrder;
}

/** As measured with each model; the manifest of the models says the same. */
export const MODEL_INPUTS = {
  "features-a": { side: 112, mean: 127.5, divisor: 128, order: "rgb" },
  "features-b": { side: 112, mean: 127, divisor: 128, order: "rgb" },
  "features-c": { side: 150, mean: 0, divisor: 1, order: "rgb" },
  pad: { side: 128, mean: 0, divisor: 1, order: "bgr" },
} as const satisfies Readonly<Record<string, InputShape>>;

export type ModelId = keyof typeof MODEL_INPUTS;

/** A model of one picture in and one vector out. */
export class PictureModel {
  readonly id: ModelId;
  /** SHA-256 of the file it was loaded from. */
  readonly digest: Uint8Array<ArrayBuffer>;
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;
  readonly #inputName: string;
  readonly #outputName: string;
  readonly #values: Float32Array;

  private constructor(id: ModelId, digest: Uint8Array<ArrayBuffer>, session: InferenceSession, runtime: Runtime) {
    const [inputName] = session.inputNames;
    const [outputName] = session.outputNames;
    if (inputName === undefined || outputName === undefined) throw new Error(`${id} has no input or no output`);
    this.id = id;
    this.digest = digest;
    this.#session = session;
    this.#runtime = runtime;
    this.#inputName = inputName;
    this.#outputName = outputName;
    this.#values = new Float32Array(3 * MODEL_INPUTS[id].side ** 2);
  }

  /** Rejects when the file is missing or is no model. */
  static async load(runtime: Runtime, id: ModelId, url: string): Promise<PictureModel> {
    const response = await fetch(new URL(url, self.location.href));
    if (!response.ok) throw new Error(`${id}: HTTP ${response.status}`);
    const file = await response.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
    const session = await runtime.createSession(file);
    return new PictureModel(id, digest, session, runtime);
  }

  /** Bytes that a picture for this model has. */
  get inputBytes(): number {
    return this.#values.length;
  }

  /**
   * One run. Runs of one worker never overlap: the caller waits for each.
   *
   * @param picture side x side x 3 bytes, row-major, in the colour order of the model
   */
  async run(picture: Uint8Array): Promise<Float32Array> {
    const { side, mean, divisor } = MODEL_INPUTS[this.id];
    const plane = side * side;
    const values = this.#values;
    for (let pixel = 0, at = 0; pixel < plane; pixel++, at += 3) {
      values[pixel] = ((picture[at] ?? 0) - mean) / divisor;
      values[plane + pixel] = ((picture[at + 1] ?? 0) - mean) / divisor;
      values[2 * plane + pixel] = ((picture[at + 2] ?? 0) - mean) / divisor;
    }
    const input = this.#runtime.tensor(values, [1, 3, side, side]);
    const outputs = await this.#session.run({ [this.#inputName]: input });
    const output = outputs[this.#outputName];
    if (!(output?.data instanceof Float32Array)) throw new Error(`${this.id} did not answer in float32`);
    const answer = output.data.slice();
    output.dispose();
    return answer;
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}
