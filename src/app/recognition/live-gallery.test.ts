import { describe, expect, test } from "vitest";
import type { LoadReport, SealedTemplate } from "../../contracts/matcher.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { ok } from "../../domain/result.ts";
import { settle } from "../kiosk/testing/stage.ts";
import { Subject } from "../observable.ts";
import type { RecogniserStatus } from "../ports/recogniser.ts";
import type { StoreChange } from "../ports/store.ts";
import { LiveGallery } from "./live-gallery.ts";

const ANNA = "anna" as PersonId;
const BERT = "bert" as PersonId;

function row(personId: PersonId, nonce = 1): SealedTemplate {
  return { personId, profile: "accurate", modelSet: "stage", epoch: 1, createdAtMs: 0, references: 5, wrappedKey: new Uint8Array(1), envelope: new Uint8Array([nonce]) };
}

/** A matcher that says what it holds, and loads when it is let. */
class FakeRecogniser {
  readonly status = new Subject<RecogniserStatus>({ kind: "closed" });
  readonly calls: string[] = [];
  held = new Set<PersonId>();
  loading: Promise<void> = Promise.resolve();

  async open({ profile, templates }: { readonly profile: "accurate" | "clear"; readonly templates: readonly SealedTemplate[] }) {
    this.calls.push("open");
    this.status.next({ kind: "loading" });
    await this.loading;
    this.held = new Set(templates.map(({ personId }) => personId));
    const gallery: LoadReport = { people: this.held.size, references: 0, ms: 0, refused: [], resealed: [] };
    this.status.next({ kind: "ready", profile, inference: { threads: 1, backend: "wasm", loadMs: 1, modelSet: "stage" }, gallery });
    return ok(gallery);
  }

  rekey(epoch: number) {
    this.calls.push(`rekey ${String(epoch)}`);
    return Promise.resolve(ok());
  }

  add({ personId }: SealedTemplate) {
    this.calls.push(`add ${personId}`);
    this.held.add(personId);
    return Promise.resolve(ok());
  }

  remove(personId: PersonId) {
    this.calls.push(`remove ${personId}`);
    this.held.delete(personId);
    return Promise.resolve(ok());
  }
}

function scene(...templates: SealedTemplate[]) {
  const recogniser = new FakeRecogniser();
  const stored = new Map(templates.map((one) => [one.personId, one]));
  const change = new Subject<StoreChange>({ all: false, people: [] });
  const epochKey = {} as CryptoKey;
  const epoch = { number: 1 };
  const gallery = new LiveGallery({
    recogniser,
    store: { subscribe: (listener) => change.subscribe(listener) },
    profile: () => "accurate",
    contents: () => ({ tenant: "t", epoch: epoch.number, epochKey, templates: [...stored.values()] }),
    loaded: () => Promise.resolve(),
    prepare: () => Promise.resolve(recogniser.calls.push("prepare")),
    changed: (people) => recogniser.calls.push(`changed ${people === null ? "all" : people.join()}`),
  });
  const changed = async (people: readonly PersonId[], all = false): Promise<void> => {
    change.next({ all, people });
    await settle();
  };
  return { recogniser, stored, gallery, changed, epoch };
}

describe("LiveGallery", () => {
  test("loads once, and again after another gallery was put in its place", async () => {
    const { recogniser, gallery } = scene(row(ANNA));
    await Promise.all([gallery.open(), gallery.open()]);
    expect(recogniser.calls).toEqual(["open", "prepare", "changed all"]);
    await recogniser.open({ profile: "accurate", templates: [] });
    await gallery.open();
    expect([...recogniser.held]).toEqual([ANNA]);
  });

  test("learns and forgets people as the store does, whoever wrote it", async () => {
    const { recogniser, stored, gallery, changed } = scene(row(ANNA));
    await gallery.open();
    stored.set(BERT, row(BERT));
    await changed([BERT]);
    stored.delete(ANNA);
    await changed([ANNA]);
    expect([...recogniser.held]).toEqual([BERT]);
    stored.delete(BERT);
    stored.set(ANNA, row(ANNA));
    await changed([], true);
    expect([...recogniser.held]).toEqual([ANNA]);
  });

  test("gives the matcher a new template and not one that it has", async () => {
    const { recogniser, stored, gallery, changed } = scene(row(ANNA));
    await gallery.open();
    recogniser.calls.splice(0);
    stored.set(ANNA, row(ANNA));
    await changed([ANNA]);
    expect(recogniser.calls).toEqual([]);
    stored.set(ANNA, row(ANNA, 2));
    await changed([ANNA]);
    expect(recogniser.calls).toEqual(["add anna", "changed anna"]);
  });

  test("tells whose references are others, and of nobody when a change was about something else", async () => {
    const { recogniser, stored, gallery, changed } = scene(row(ANNA), row(BERT));
    await gallery.open();
    recogniser.calls.splice(0);
    stored.delete(ANNA);
    stored.set(BERT, row(BERT, 2));
    await changed([], true);
    await changed([], false);
    expect(recogniser.calls).toEqual(["remove anna", "add bert", "changed anna,bert"]);
  });

  test("forgets somebody who withdrew while the gallery was being loaded", async () => {
    const { recogniser, stored, gallery, changed } = scene(row(ANNA), row(BERT));
    let loaded: () => void = () => undefined;
    recogniser.loading = new Promise((resolve) => (loaded = resolve));
    const opening = gallery.open();
    await settle();
    stored.delete(ANNA);
    await changed([ANNA]);
    loaded();
    await opening;
    expect([...recogniser.held]).toEqual([BERT]);
  });

  test("gives the matcher another epoch's key, and the people who stay are not read anew", async () => {
    const { recogniser, stored, gallery, changed, epoch } = scene(row(ANNA), row(BERT));
    await gallery.open();
    recogniser.calls.splice(0);
    epoch.number = 2;
    stored.set(ANNA, { ...row(ANNA), epoch: 2, wrappedKey: new Uint8Array([2]) });
    stored.delete(BERT);
    await changed([], true);
    expect(recogniser.calls).toEqual(["rekey 2", "remove bert", "changed bert"]);
    await changed([ANNA]);
    expect(recogniser.calls).toHaveLength(3);
  });

  test("leaves the practice gallery alone", async () => {
    const { recogniser, stored, gallery, changed } = scene(row(ANNA));
    await gallery.open();
    await recogniser.open({ profile: "accurate", templates: [] });
    stored.set(BERT, row(BERT));
    await changed([BERT]);
    expect([...recogniser.held]).toEqual([]);
  });
});
