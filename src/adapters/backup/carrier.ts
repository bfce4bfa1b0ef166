import { releaseProxy, wrap } from "comlink";
import type { TemplateCarrier } from "../../app/backup/ports.ts";
import type { MatcherWorker, SealedTemplate } from "../../contracts/matcher.ts";
import type { TemplateParcel } from "../../domain/backup/frames.ts";
import { VALUES_PER_FRAME } from "../../domain/backup/frames.ts";
import type { Failure } from "../../domain/errors.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { tidyIdentity } from "./age.ts";

type Opening = Parameters<MatcherWorker["open"]>[0];

/** The keys of the moment: another epoch may be in force the next time. */
export type MatcherKeys = () => Promise<Omit<Opening, "profile" | "modelSet">>;

/** Carries faces through a matcher worker of its own, which lasts as long as it is needed: the kiosk's goes on undisturbed. */
export class MatcherCarrier implements TemplateCarrier {
  constructor(private readonly keys: MatcherKeys) {}

  async *pack(templates: readonly SealedTemplate[], recipient: string): AsyncGenerator<Result<TemplateParcel, Failure>, void, undefined> {
    for (const [profile, modelSet] of modelsOf(templates)) {
      const rows = templates.filter((row) => row.profile === profile && row.modelSet === modelSet);
      for (let start = 0; start < rows.length; start += VALUES_PER_FRAME) {
        const packed = await this.#with(profile, modelSet, (matcher) => matcher.packFor(rows.slice(start, start + VALUES_PER_FRAME), recipient));
        yield packed.ok ? ok({ profile, modelSet, ...packed.value }) : packed;
      }
    }
  }

  unpack({ profile, modelSet, sealed }: TemplateParcel, identity: string): Promise<Result<readonly SealedTemplate[], Failure>> {
    return this.#with(profile, modelSet, (matcher) => matcher.unpackWith(sealed, tidyIdentity(identity)));
  }

  async #with<T>(profile: Opening["profile"], modelSet: string, use: (matcher: MatcherWorker) => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    const worker = new Worker(new URL("../../../workers/matcher/matcher.worker.ts", import.meta.url), { type: "module", name: "carrier" });
    const remote = wrap<MatcherWorker>(worker);
    // A worker that does not start answers nothing at all.
    const lost = new Promise<Result<T, Failure>>((resolve) => {
      worker.onerror = () => resolve(err(failure("matcher/not-open", "the worker ended")));
    });
    try {
      const keys = await this.keys();
      const work = async (): Promise<Result<T, Failure>> => {
        const opened = await remote.open({ profile, modelSet, ...keys });
        return opened.ok ? use(remote) : opened;
      };
      return await Promise.race([work(), lost]);
    } finally {
      remote[releaseProxy]();
      worker.terminate();
    }
  }
}

function modelsOf(templates: readonly SealedTemplate[]): readonly (readonly [Opening["profile"], string])[] {
  const models = new Map(templates.map(({ profile, modelSet }) => [`${profile} ${modelSet}`, [profile, modelSet] as const]));
  return [...models.values()];
}
