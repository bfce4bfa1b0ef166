import * as ort from "onnxruntime-web/wasm";

// One thread: the order of additions, and so the last bits, must not depend on the machine.
ort.env.wasm.numThreads = 1;

/** A model of one input and one output, run by the WebAssembly backend that the application uses. */
export class OnnxSession {
  private constructor(private readonly session: ort.InferenceSession) {}

  static async load(model: Uint8Array): Promise<OnnxSession> {
    return new OnnxSession(await ort.InferenceSession.create(model, { executionProviders: ["wasm"] }));
  }

  async run(values: Float32Array, dims: readonly number[]): Promise<Float32Array> {
    const [inputName] = this.session.inputNames;
    const [outputName] = this.session.outputNames;
    if (inputName === undefined || outputName === undefined) throw new Error("the model has no input or no output");
    const input = new ort.Tensor("float32", values, dims);
    const output = (await this.session.run({ [inputName]: input }))[outputName];
    if (!(output?.data instanceof Float32Array)) throw new Error("the model's output is not float32");
    return output.data.slice();
  }
}
