import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { build, type Plugin } from "vite";

const FOLDER = join(import.meta.dirname, "..", "..", "verifier");

/** The verifier as one page: script and style in it, nothing loaded and nothing asked, as its policy says by their hashes. */
export async function verifierPage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    build: { write: false, target: "es2023", lib: { entry: join(FOLDER, "main.ts"), formats: ["iife"], name: "verifier" } },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (output === undefined || !("output" in output)) throw new Error("the verifier was not built");
  const { code } = output.output[0];
  // Inside the page, this would end the script.
  const script = code.trim().replaceAll("</script", "<\\/script");
  const style = readFileSync(join(FOLDER, "verifier.css"), "utf8").trim();
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="referrer" content="no-referrer" />
<title>Clockface verifier</title>
<style>${style}</style>
</head>
<body>
${readFileSync(join(FOLDER, "body.html"), "utf8").trim()}
<script>${script}</script>
</body>
</html>
`;
}

/** Puts `verifier.html` beside the app. */
export function verifier(): Plugin {
  return {
    name: "clockface:verifier",
    apply: "build",
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: "verifier.html", source: await verifierPage() });
    },
  };
}
