/** `npm run evaluate -- PROTOCOL …`: see docs/accuracy.md. */
import { EvaluationError } from "./errors.ts";

/** What a protocol's file offers. */
interface Protocol {
  /** One line: what follows the protocol's name. */
  readonly usage: string;
  /** @throws EvaluationError for what the caller can put right */
  run(args: readonly string[]): Promise<void>;
}

const PROTOCOLS: Readonly<Record<string, () => Promise<Protocol>>> = {
  identification: () => import("./identification.ts"),
  verification: () => import("./verification.ts"),
  groups: () => import("./groups.ts"),
  pad: () => import("./pad.ts"),
};

async function main([name, ...args]: readonly string[]): Promise<number> {
  const load = PROTOCOLS[name ?? ""];
  if (load === undefined) {
    if (name !== undefined) console.error(`There is no protocol ${name}.`);
    const usages = await Promise.all(Object.entries(PROTOCOLS).map(async ([known, protocol]) => `  npm run evaluate -- ${known} ${(await protocol()).usage}`));
    console.error(["Protocols:", ...usages].join("\n"));
    return 2;
  }
  const protocol = await load();
  try {
    await protocol.run(args);
    return 0;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    console.error(error.message);
    console.error(`npm run evaluate -- ${name ?? ""} ${protocol.usage}`);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
