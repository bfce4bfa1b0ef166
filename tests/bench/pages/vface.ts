import { describe, loadNets, type FaceApi } from "./face-api.ts";
import { drawPicture, offer, timed } from "./page.ts";

let library: FaceApi | undefined;
let canvas: HTMLCanvasElement | undefined;

offer({
  open: async () => {
    canvas = await drawPicture();
    const address = "/peers/vface/dist/face-api.esm.js";
    library = (await import(/* @vite-ignore */ address)) as FaceApi;
    library.tf.setWasmPaths?.("/peers/tfjs-wasm/dist/");
    await library.tf.setBackend("wasm");
    await library.tf.ready();
    await loadNets(library);
    await describe(library, canvas, undefined);
    const threads = library.tf.env?.().get("WASM_HAS_MULTITHREAD_SUPPORT") === true ? "with threads" : "one thread";
    return `${library.tf.getBackend()}, ${threads}`;
  },
  decide: async (variant) => {
    if (!library || !canvas) throw new Error("not open");
    const [api, picture] = [library, canvas];
    const [, ms] = await timed(() => describe(api, picture, variant));
    return { ms };
  },
});
