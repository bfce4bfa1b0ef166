import type { PracticeAction } from "./motion.ts";

/** From the page to the worker that draws the practice picture. */
export type PracticeRequest =
  | {
      readonly kind: "start";
      /** Folder of the portrait, with a slash at its end. */
      readonly assets: string;
      /** Where frames go; without it they are posted back. Transferred. */
      readonly frames?: WritableStream<VideoFrame>;
    }
  | { readonly kind: "perform"; readonly action: PracticeAction };

/** From the worker to the page. A frame's pixels are RGBA and transferred. */
export type PracticeReply = { readonly kind: "started" } | { readonly kind: "failed"; readonly detail: string } | { readonly kind: "frame"; readonly pixels: ArrayBuffer };
