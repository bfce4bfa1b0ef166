import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Store } from "../ports/store.ts";

/** Longer than the models take on the slowest tablet, milliseconds. */
const ENDS_AFTER_MS = 120_000;

export type SelfTestFailure = Failure<"self-test/store" | "self-test/model" | "self-test/too-slow">;

export interface SelfTestDependencies {
  readonly store: Pick<Store, "length" | "latest">;
  /** Opens the models, each of which is held against its known answer, and the templates. */
  readonly openGallery: () => Promise<Result<unknown, Failure>>;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** What a new version has to show before the one before it is given away: the store opens, an entry can be read, the models answer as they should. */
export async function selfTest({ store, openGallery, after }: SelfTestDependencies): Promise<Result<void, SelfTestFailure>> {
  let cancel = (): void => undefined;
  const late = new Promise<Result<void, SelfTestFailure>>((resolve) => {
    cancel = after(ENDS_AFTER_MS, () => resolve(err(failure("self-test/too-slow"))));
  });
  try {
    return await Promise.race([steps(store, openGallery), late]);
  } finally {
    cancel();
  }
}

async function steps(store: SelfTestDependencies["store"], openGallery: SelfTestDependencies["openGallery"]): Promise<Result<void, SelfTestFailure>> {
  try {
    const [newest] = await store.latest(1);
    if (store.length > 0 && newest?.header.seq !== store.length) return err(failure("self-test/store", "the last entry cannot be read"));
  } catch (error) {
    return err(failure("self-test/store", error instanceof Error ? error.name : undefined));
  }
  const opened = await openGallery();
  return opened.ok ? ok() : err(failure("self-test/model", opened.error.kind));
}
