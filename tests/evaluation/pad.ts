import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { OperatingPoint } from "../../src/domain/biometrics/operating-point.ts";
import { OPERATING_POINTS } from "../../src/domain/biometrics/operating-points.ts";
import { DEFAULT_RECOGNITION_POLICY } from "../../src/domain/biometrics/recognition-policy.ts";
import type { ChallengePolicy } from "../../src/domain/biometrics/types.ts";
import { seeded } from "./attacks/random.ts";
import { evaluationBuild } from "./build.ts";
import { EvaluationError } from "./errors.ts";
import type { Harness } from "./harness.ts";
import { readFolder, readOptions, readProfile, readThreads, writeJson } from "./options.ts";
import { attackFigures, bonaFideFigures, frameFigures, POLICIES } from "./pad-report.ts";
import type { JudgedPresentation } from "./pad-report.ts";
import { presentationsIn, speciesFolders } from "./presentation-files.ts";
import type { Presentation } from "./presentation-files.ts";
import { judgeTrace } from "./presentation-judge.ts";
import { Tracer } from "./presentation-tracer.ts";
import type { PresentationTrace } from "./presentation-trace.ts";
import { Progress, tell } from "./progress.ts";
import { percent, table } from "./table.ts";
import { withHarness } from "./with-harness.ts";

declare const harness: Harness;

export const usage = "--bona-fide DIR --attack DIR (a subfolder for each species) [--profile accurate|clear] [--threads 1|2] [--json FILE]";

/** From a sample's frame to what the models say of it, milliseconds of clip time, as on a tablet. */
const LATENCY_MS = 120;
/** Challenges are drawn anew this often for each presentation: chance must not decide a figure. */
const DRAWS = 8;
const TRACES = join(import.meta.dirname, "..", "..", ".cache", "presentations");

/** Presentation attack detection over pictures and clips; see docs/accuracy.md. */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, ["bona-fide", "attack", "profile", "threads", "json"]);
  const bonaFideFolder = readFolder("bona-fide", options["bona-fide"]);
  const attackFolder = readFolder("attack", options.attack);
  const profile = readProfile(options.profile);
  const threads = readThreads(options.threads);
  const point = OPERATING_POINTS[profile];
  const { bonaFide, species } = await withHarness(bonaFideFolder, tell, async (page) => {
    await page.evaluate((given) => harness.open(given), { profile, ...(threads === undefined ? {} : { threads }) });
    const tracer = await Tracer.on(page, join(TRACES, `${profile}-${computing(await evaluationBuild(() => undefined))}`));
    const timesOf = (path: string): Promise<readonly number[]> => tracer.timesOf(path);
    const real = await presentationsIn(bonaFideFolder, true, timesOf);
    const attacks = new Map<string, readonly Presentation[]>();
    for (const [name, folder] of speciesFolders(attackFolder)) attacks.set(name, await presentationsIn(folder, folder !== attackFolder, timesOf));
    const total = real.length + [...attacks.values()].reduce((sum, list) => sum + list.length, 0);
    if (real.length === 0 || total === real.length) throw new EvaluationError("pictures or clips are missing in one of the folders");
    const progress = new Progress("presentations", total);
    const judgeAll = async (list: readonly Presentation[]): Promise<readonly JudgedPresentation[]> => {
      const judged: JudgedPresentation[] = [];
      for (const presentation of list) {
        judged.push(await judge(presentation, await tracer.trace(presentation), { profile, point }));
        progress.step();
      }
      return judged;
    };
    const judgedReal = await judgeAll(real);
    const judgedAttacks = new Map<string, readonly JudgedPresentation[]>();
    for (const [name, list] of attacks) judgedAttacks.set(name, await judgeAll(list));
    return { bonaFide: judgedReal, species: judgedAttacks };
  });
  const report = reportOf(bonaFide, species);
  print(report);
  writeJson(options.json, { protocol: "pad", profile, latencyMs: LATENCY_MS, draws: DRAWS, ...report });
}

async function judge({ name, digest, kind }: Presentation, trace: PresentationTrace, rules: { readonly profile: "accurate" | "clear"; readonly point: OperatingPoint }): Promise<JudgedPresentation> {
  const outcomes = { off: [], "in-doubt": [], always: [] } as Record<ChallengePolicy, Awaited<ReturnType<typeof judgeTrace>>[]>;
  for (const policy of POLICIES) {
    for (let draw = 0; draw < (policy === "off" ? 1 : DRAWS); draw++) {
      // The first draws go through the actions in turn, so that each is asked equally often.
      const random = seeded(`${digest} ${name} ${String(draw)}`);
      let asked = 0;
      outcomes[policy].push(await judgeTrace(trace, { ...rules, policy, latencyMs: LATENCY_MS, random: () => (asked++ === 0 ? ((draw % 4) + random()) / 4 : random()) }));
    }
  }
  return { kind, scores: trace.frames.flatMap(({ sample }) => (sample === undefined ? [] : [sample.pad])), outcomes };
}

/** Changes with the workers that computed a trace, and with the models: their files are named by their content. */
function computing(build: string): string {
  const workers = readdirSync(join(build, "assets")).filter((file) => /^(landmark|inference).*worker.*\.js$/.test(file));
  const manifest = readFileSync(join(import.meta.dirname, "..", "..", "models", "manifest.json"));
  if (workers.length < 2) throw new EvaluationError(`no workers in ${join(basename(dirname(build)), basename(build))}`);
  return createHash("sha256").update(workers.sort().join()).update(manifest).digest("hex").slice(0, 12);
}

interface Report {
  readonly policy: ChallengePolicy;
  readonly species: Readonly<Record<string, { readonly n: number; readonly apcer: number | null; readonly apcerFrames: number | null; readonly policies: Readonly<Record<string, ReturnType<typeof attackFigures>>> }>>;
  readonly bonaFide: { readonly n: number; readonly bpcer: number | null; readonly bpcerFrames: number | null; readonly policies: Readonly<Record<string, ReturnType<typeof bonaFideFigures>>> };
}

function reportOf(bonaFide: readonly JudgedPresentation[], species: ReadonlyMap<string, readonly JudgedPresentation[]>): Report {
  const policy = DEFAULT_RECOGNITION_POLICY.challenge;
  const real = bonaFideFigures(bonaFide, policy);
  return {
    policy,
    species: Object.fromEntries(
      [...species].map(([name, judged]) => {
        const { n, apcer } = attackFigures(judged, policy);
        return [name, { n, apcer, apcerFrames: frameFigures(judged, true).rate, policies: Object.fromEntries(POLICIES.map((one) => [one, attackFigures(judged, one)])) }];
      }),
    ),
    bonaFide: { n: real.n, bpcer: real.bpcer, bpcerFrames: frameFigures(bonaFide, false).rate, policies: Object.fromEntries(POLICIES.map((one) => [one, bonaFideFigures(bonaFide, one)])) },
  };
}

function print({ policy, species, bonaFide }: Report): void {
  const share = (value: number | null | undefined): string => (value === null || value === undefined ? "–" : `${(100 * value).toFixed(1)} %`);
  console.log(`Policy at the kiosk: ${policy}. A presentation is a clip of up to 8 s, or a still held for 5 s.\n`);
  for (const one of POLICIES) {
    const rows = Object.entries(species).map(([name, { apcerFrames, policies }]) => {
      const figures = policies[one];
      return [name, figures === undefined ? "–" : percent(figures.interval), share(apcerFrames), share(figures?.ends.refused), share(figures?.ends.challenged), String(figures?.nonResponse ?? 0)];
    });
    console.log(`${one}\n${table([["attack", "APCER", "per frame", "refused", "being asked at its end", "no response"], ...rows])}`);
    const real = bonaFide.policies[one];
    if (real === undefined) continue;
    console.log(
      `bona fide  BPCER ${percent(real.interval)}, being asked not counted ${share(real.bpcerChallengeAside)}, per frame ${share(bonaFide.bpcerFrames)}, no response ${String(real.nonResponse)}` +
        (real.acceptedMs === null ? "\n" : `, accepted after ${(real.acceptedMs.median / 1000).toFixed(1)} s (95 %: ${(real.acceptedMs.p95 / 1000).toFixed(1)} s)\n`),
    );
  }
}
