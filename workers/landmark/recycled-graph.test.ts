import { beforeEach, describe, expect, test } from "vitest";
import { RecycledGraph } from "./recycled-graph.ts";

const MIB = 2 ** 20;

class FakeGraph {
  wasmBytes = 26 * MIB;
  closed = false;
  close(): void {
    this.closed = true;
  }
}

describe("recycled graph", () => {
  let graphs: FakeGraph[];
  let finishLoading: (() => void) | undefined;
  let slowly: boolean;
  let recycled: RecycledGraph<FakeGraph>;
  let atMs: number;

  const load = async (): Promise<FakeGraph> => {
    if (slowly) await new Promise<void>((resolve) => (finishLoading = resolve));
    const graph = new FakeGraph();
    graphs.push(graph);
    return graph;
  };

  /** Looks at pictures, 30 a second. @returns the graphs that looked */
  async function look(pictures: number, faces: number): Promise<ReadonlySet<FakeGraph>> {
    const used = new Set<FakeGraph>();
    for (let picture = 0; picture < pictures; picture++) {
      used.add(await recycled.ready());
      recycled.looked(faces, (atMs += 33));
    }
    return used;
  }

  beforeEach(() => {
    graphs = [];
    slowly = false;
    finishLoading = undefined;
    atMs = 1_000;
    recycled = new RecycledGraph(load);
  });

  test("keeps its graph while the memory stays as it is, or grows a little", async () => {
    await look(400, 0);
    for (const graph of graphs) graph.wasmBytes += 30 * MIB;
    await look(400, 0);
    expect(graphs).toHaveLength(1);
  });

  test("keeps a graph that has grown while a face is there, and replaces it when nobody has been for five seconds", async () => {
    await look(400, 1);
    for (const graph of graphs) graph.wasmBytes += 33 * MIB;
    await look(400, 1);
    await look(140, 0);
    expect(graphs).toHaveLength(1);
    await look(20, 0);
    expect(graphs.map(({ closed }) => closed)).toEqual([true, false]);
    await look(700, 0);
    expect(graphs).toHaveLength(2);
  });

  test("looks with the old graph until the new one is loaded", async () => {
    await look(400, 0);
    const [old] = graphs;
    if (!old) throw new Error("no graph");
    old.wasmBytes += 33 * MIB;
    slowly = true;
    expect(await look(100, 0)).toEqual(new Set([old]));
    expect(old.closed).toBe(false);
    finishLoading?.();
    await Promise.resolve();
    await look(3, 0);
    expect(old.closed).toBe(true);
    expect(recycled.wasmBytes).toBe(26 * MIB);
  });

  test("loads another when the graph was discarded, and closes what is loaded after it was closed", async () => {
    await look(400, 0);
    recycled.discard();
    await look(400, 0);
    expect(graphs.map(({ closed }) => closed)).toEqual([true, false]);
    for (const graph of graphs) graph.wasmBytes += 33 * MIB;
    slowly = true;
    await look(2, 0);
    recycled.close();
    finishLoading?.();
    await new Promise((resolve) => setTimeout(resolve));
    expect(graphs.every(({ closed }) => closed)).toBe(true);
    expect(graphs).toHaveLength(3);
  });
});
