import { drawPicture, offer, PICTURE_ID, timed } from "./page.ts";

type Session = object;
type Boxes = { readonly shape: readonly number[] };

/** As much of the library as is used. */
interface Faceplugin {
  load_opencv(): Promise<void>;
  readonly cv: object | null;
  loadDetectionModel(): Promise<Session>;
  loadLandmarkModel(): Promise<Session>;
  loadFeatureModel(): Promise<Session>;
  loadLivenessModel(): Promise<Session>;
  detectFace(session: Session, canvas: string): Promise<{ readonly bbox: Boxes; readonly size: number }>;
  predictLandmark(session: Session, canvas: string, boxes: Boxes): Promise<readonly ArrayLike<number>[]>;
  extractFeature(session: Session, canvas: string, landmarks: readonly ArrayLike<number>[]): Promise<readonly object[]>;
  predictLiveness(session: Session, canvas: string, boxes: Boxes): Promise<readonly (readonly number[])[]>;
}

interface Opened {
  readonly library: Faceplugin;
  readonly detection: Session;
  readonly landmark: Session;
  readonly feature: Session;
  readonly liveness: Session;
}

let opened: Opened | undefined;

offer({
  open: async () => {
    await drawPicture();
    const address = "/bench/faceplugin-library.js";
    const library = (await import(/* @vite-ignore */ address)) as Faceplugin;
    await library.load_opencv();
    await until(() => library.cv !== null);
    opened = {
      library,
      detection: await library.loadDetectionModel(),
      landmark: await library.loadLandmarkModel(),
      feature: await library.loadFeatureModel(),
      liveness: await library.loadLivenessModel(),
    };
    return "wasm, 2 threads";
  },
  decide: async () => {
    if (!opened) throw new Error("not open");
    const { library, detection, landmark, feature, liveness } = opened;
    const [size, ms] = await timed(async () => {
      const { bbox, size } = await library.detectFace(detection, PICTURE_ID);
      const landmarks = await library.predictLandmark(landmark, PICTURE_ID, bbox);
      await library.extractFeature(feature, PICTURE_ID, landmarks);
      await library.predictLiveness(liveness, PICTURE_ID, bbox);
      return size;
    });
    if (size !== 1) throw new Error(`${size} faces`);
    return { ms };
  },
});

/** Its loader does not say when it is done. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 50));
}
