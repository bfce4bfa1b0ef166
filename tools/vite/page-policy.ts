import type { Plugin } from "vite";

import { headersFile, pagePolicyForMeta } from "../../hub/headers.ts";

/** Puts the security policy into the built page, so that it holds on any host, and the headers beside it for hosts that read them from a file. */
export function pagePolicy(): Plugin {
  return {
    name: "clockface:page-policy",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: () => [{ tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: pagePolicyForMeta() }, injectTo: "head-prepend" }],
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "_headers", source: headersFile() });
    },
  };
}
