import { drawPicture, offer, timed } from "./page.ts";

/** As much of the library as is used. */
interface Human {
  load(): Promise<void>;
  detect(input: HTMLCanvasElement, config: object): Promise<{ readonly face: readonly { readonly embedding?: readonly number[]; readonly real?: number; readonly live?: number }[] }>;
  readonly tf: { getBackend(): string; env(): { get(flag: string): unknown } };
}

/**
 * Its default face configuration (detector, mesh, iris, emotion, description) with both of its liveness models, which are
 * off by default. Nothing is taken over from the frame before: every model runs on every frame.
 */
const CONFIG = {
  backend: "wasm",
  wasmPath: "/peers/tfjs-wasm/dist/",
  modelBasePath: "/peers/human/models/",
  cacheSensitivity: 0,
  warmup: "none",
  face: { enabled: true, emotion: { enabled: true }, antispoof: { enabled: true }, liveness: { enabled: true } },
  body: { enabled: false },
  hand: { enabled: false },
  object: { enabled: false },
  gesture: { enabled: false },
  segmentation: { enabled: false },
};

/** What this kiosk does not do taken out. */
const WITHOUT_EMOTION = { ...CONFIG, face: { ...CONFIG.face, emotion: { enabled: false } } };

let human: Human | undefined;
let canvas: HTMLCanvasElement | undefined;

offer({
  open: async () => {
    canvas = await drawPicture();
    const address = "/peers/human/dist/human.esm.js";
    const { default: Library } = (await import(/* @vite-ignore */ address)) as { readonly default: new (config: object) => Human };
    human = new Library(CONFIG);
    await human.load();
    await human.detect(canvas, CONFIG);
    const threads = human.tf.env().get("WASM_HAS_MULTITHREAD_SUPPORT") === true ? "with threads" : "one thread";
    return `${human.tf.getBackend()}, ${threads}`;
  },
  decide: async (variant) => {
    if (!human || !canvas) throw new Error("not open");
    const [library, picture] = [human, canvas];
    const [{ face }, ms] = await timed(() => library.detect(picture, variant === "without emotion" ? WITHOUT_EMOTION : CONFIG));
    const [first] = face;
    if ((first?.embedding?.length ?? 0) === 0 || first?.real === undefined || first.live === undefined) throw new Error("not every model answered");
    return { ms };
  },
});
