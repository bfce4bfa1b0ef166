/**
 * Composes presentation attacks from recordings and pictures of faces, as clips of the camera that would see them:
 *
 *     npx tsx tests/evaluation/attacks/compose.ts --clips DIR --faces DIR [--out .cache/attacks] [--a-clip 1] [--people 5] [--species NAME,NAME]
 *
 * What comes out is made of real faces: it stays in the cache.
 */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, parse } from "node:path";
import { parseArgs } from "node:util";
import { CAMERA_HEIGHT, CAMERA_WIDTH } from "./carrier.ts";
import { RATE, readFrames, writeClip } from "./picture.ts";
import type { Rgb } from "./picture.ts";
import { between, seeded } from "./random.ts";
import type { Part, Species } from "./species.ts";
import { attackFrames, SPECIES } from "./species.ts";

const SECONDS = 5;

const { values } = parseArgs({
  options: {
    clips: { type: "string" },
    faces: { type: "string" },
    out: { type: "string", default: join(import.meta.dirname, "../../../.cache/attacks") },
    "a-clip": { type: "string", default: "1" },
    people: { type: "string", default: "5" },
    species: { type: "string" },
  },
});
const { clips, faces, out } = values;
const wanted = SPECIES.filter((species) => values.species === undefined || values.species.split(",").includes(species));

/** People with pictures enough, spread over the alphabet. */
function facesOf(folder: string, count: number): readonly string[] {
  const people = readdirSync(folder).sort();
  return Array.from({ length: count }, (_, index) => people[Math.floor(((index + 0.5) * people.length) / count)] ?? "").map((person) => join(folder, person, readdirSync(join(folder, person)).sort()[0] ?? ""));
}

async function compose(species: Species, name: string, source: readonly Rgb[], part: Part): Promise<void> {
  const path = join(out, species, `${name}.mp4`);
  if (existsSync(path)) return;
  mkdirSync(join(out, species), { recursive: true });
  const random = seeded(`${species} ${name}`);
  await writeClip(path, CAMERA_WIDTH, CAMERA_HEIGHT, attackFrames(species, source, part, random, SECONDS));
  process.stderr.write(`${path}\n`);
}

for (const species of wanted) {
  const prints = species.startsWith("print");
  for (const clip of clips === undefined ? [] : readdirSync(clips).filter((name) => name.endsWith(".mp4")).sort()) {
    for (let take = 0; take < Number(values["a-clip"]); take++) {
      const random = seeded(`${species} ${clip} ${String(take)} source`);
      const source = await readFrames(join(clips ?? "", clip), { fromSecond: between(random, 0, 3), seconds: SECONDS, still: prints });
      const first = source[0];
      if (first === undefined) continue;
      const tall = first.height > first.width;
      await compose(species, `${parse(clip).name}-${String(take)}`, source, { x: 0.5, y: tall ? 0.5 : 0.46, width: species === "monitor-replay" ? 2 : tall ? 1 : between(random, 0.75, 0.95) });
    }
  }
  if (!prints || faces === undefined) continue;
  for (const face of facesOf(faces, Number(values.people))) {
    const source = await readFrames(face, { still: true });
    await compose(species, parse(face).name, source, { x: 0.5, y: 0.5, width: 0.9 });
  }
}
process.stderr.write(`done at ${String(RATE)} frames a second\n`);
