import type { SealedTemplate, SiteTransform } from "../../contracts/matcher.ts";
import type { Store } from "../../app/ports/store.ts";
import { sealRecord } from "../crypto/record-keys.ts";
import type { NamedKey, Place } from "../crypto/record-keys.ts";
import { faceKeyOf } from "./key-store.ts";
import type { EpochKeys } from "./key-store.ts";
import type { KeysDatabase, SealedRow } from "./keys-database.ts";

/** Store of the seeds, among what the vault seals. */
export const SITE_TRANSFORM = "site-transform";
const SCHEMA = 1;
const SEED_BYTES = 32;

/** The rotation in force, and those that templates from before may still be turned by. */
export interface SiteTransformSet {
  readonly transform: SiteTransform;
  readonly earlierTransforms: readonly SiteTransform[];
}

/** Does the work in every copy of what the epoch's key wraps. */
type KeysWriter = (work: (vault: KeysDatabase) => Promise<unknown>) => Promise<void>;

const placeOf = (id: string): Place => ({ store: SITE_TRANSFORM, recordId: id, schema: SCHEMA });
/** Ids sort by age: `site-transform-000002-<random>`. */
const idOf = (count: number): string => `${SITE_TRANSFORM}-${String(count).padStart(6, "0")}-${crypto.randomUUID().slice(0, 8)}`;

/**
 * The site's secret rotations, made on first need. The page holds no seed: the matcher's worker opens them. None while
 * faces are locked.
 */
export async function siteTransforms(tenant: string, keys: EpochKeys, write: KeysWriter): Promise<SiteTransformSet | null> {
  const { vault } = keys;
  const faceKey = faceKeyOf(keys);
  if (faceKey === null) return null;
  const there = await seedsIn(vault);
  const rows = there.length > 0 ? there : await addSeed({ tenant, vault, faceKey, write }, 0);
  const [transform, ...earlierTransforms] = rows.map(({ id, envelope }) => ({ id, envelope })).reverse();
  if (transform === undefined) throw new Error("a site has a transform");
  return { transform, earlierTransforms };
}

/**
 * Another rotation from now on, after a theft or with other models: templates that were stolen have nothing in common
 * with the new ones, and nobody's face is needed. The matcher turns every template when it opens next. False while faces
 * are locked.
 */
export async function renewSiteTransform(tenant: string, keys: EpochKeys, write: KeysWriter): Promise<boolean> {
  const faceKey = faceKeyOf(keys);
  if (faceKey === null) return false;
  await addSeed({ tenant, vault: keys.vault, faceKey, write }, (await seedsIn(keys.vault)).length);
  return true;
}

/** Takes away the seeds that no template needs any more; their bytes go with the epoch's bucket. */
export async function dropEarlierTransforms(vault: KeysDatabase, templates: Iterable<SealedTemplate>): Promise<void> {
  const needed = new Set<string | undefined>([...templates].map(({ transform }) => transform));
  const earlier = (await seedsIn(vault)).slice(0, -1);
  await vault.sealed.bulkDelete(earlier.filter(({ id }) => !needed.has(id)).map(({ id }) => id));
}

/** Puts templates that were turned on the way into the matcher in place of what they were made of, unless those were replaced meanwhile. */
export async function keepTurned(store: Pick<Store, "templates" | "exclusively" | "commit">, resealed: readonly SealedTemplate[]): Promise<void> {
  for (const row of resealed) {
    await store.exclusively(async () => {
      const held = store.templates.get(row.personId);
      if (held?.createdAtMs !== row.createdAtMs || held.refreshedAtMs !== row.refreshedAtMs || held.transform === row.transform || held.epoch !== row.epoch) return;
      await store.commit({ entries: [], storeTemplate: row });
    });
  }
}

async function seedsIn(vault: KeysDatabase): Promise<readonly SealedRow[]> {
  return (await vault.sealed.where("id").startsWith(`${SITE_TRANSFORM}-`).sortBy("id")).filter(({ store }) => store === SITE_TRANSFORM);
}

interface Seeding {
  readonly tenant: string;
  readonly vault: KeysDatabase;
  readonly faceKey: NamedKey;
  readonly write: KeysWriter;
}

/** Two tabs that make the first one at once make one. */
async function addSeed({ tenant, vault, faceKey, write }: Seeding, count: number): Promise<readonly SealedRow[]> {
  const id = idOf(count);
  const seed = crypto.getRandomValues(new Uint8Array(SEED_BYTES));
  const envelope = await sealRecord(tenant, faceKey, placeOf(id), seed);
  seed.fill(0);
  await write((one) =>
    one.transaction("rw", one.sealed, async () => {
      if ((await seedsIn(one)).length === count) await one.sealed.add({ id, store: SITE_TRANSFORM, schema: SCHEMA, envelope });
    }),
  );
  return seedsIn(vault);
}
