/** The interface that face-api.js and its successor share, as much of it as is used. */
export interface FaceApi {
  readonly nets: Readonly<Record<"ssdMobilenetv1" | "tinyFaceDetector" | "faceLandmark68Net" | "faceRecognitionNet", { loadFromUri(uri: string): Promise<void> }>>;
  readonly SsdMobilenetv1Options: new () => object;
  readonly TinyFaceDetectorOptions: new () => object;
  readonly tf: {
    setBackend(name: string): Promise<boolean> | undefined;
    ready(): Promise<void>;
    getBackend(): string;
    setWasmPaths?(base: string): void;
    env?(): { get(flag: string): unknown };
  };
  detectSingleFace(input: HTMLCanvasElement, options: object): { withFaceLandmarks(): { withFaceDescriptor(): Promise<{ readonly descriptor: Float32Array } | undefined> } };
}

const MODELS = "/peers/vface/model";

export async function loadNets({ nets }: FaceApi): Promise<void> {
  for (const net of [nets.ssdMobilenetv1, nets.tinyFaceDetector, nets.faceLandmark68Net, nets.faceRecognitionNet]) await net.loadFromUri(MODELS);
}

/** Detection, landmarks and descriptor; with the library's own detector, or with its small one. */
export async function describe(library: FaceApi, picture: HTMLCanvasElement, variant: string | undefined): Promise<void> {
  const options = variant === "tiny detector" ? new library.TinyFaceDetectorOptions() : new library.SsdMobilenetv1Options();
  const found = await library.detectSingleFace(picture, options).withFaceLandmarks().withFaceDescriptor();
  if (found?.descriptor.length !== 128) throw new Error("no face");
}
