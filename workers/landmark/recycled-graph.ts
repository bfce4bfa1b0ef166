/** A graph as far as its memory goes. */
export interface RecyclableGraph {
  /** Size of its WebAssembly memory, which never shrinks. */
  readonly wasmBytes: number;
  close(): void;
}

/** A graph that has grown by this much since it had warmed up is replaced: a whole graph takes 26 MiB, and its working size does not change. */
const GROWTH_BYTES = 32 * 2 ** 20;
/** Pictures after which a graph has reached its working size. */
const WARM_UP_PICTURES = 300;
/** No face for this long is a time to replace it in. */
const IDLE_MS = 5_000;

/**
 * A graph that is replaced by a fresh one when its memory has grown too much, since some versions of the library leak. The
 * old one looks at every picture until the new one is loaded, so none is missed.
 */
export class RecycledGraph<Graph extends RecyclableGraph> {
  readonly #load: () => Promise<Graph>;
  #graph: Graph | undefined;
  #fresh: Graph | undefined;
  #loading = false;
  #closed = false;
  #pictures = 0;
  #warmBytes: number | undefined;
  #lastFaceAtMs: number | undefined;

  constructor(load: () => Promise<Graph>) {
    this.#load = load;
  }

  get wasmBytes(): number {
    return (this.#graph?.wasmBytes ?? 0) + (this.#fresh?.wasmBytes ?? 0);
  }

  /** The graph for the next picture. Rejects when it cannot be loaded. */
  async ready(): Promise<Graph> {
    if (this.#fresh) {
      this.#use(this.#fresh);
      this.#fresh = undefined;
    }
    if (this.#graph) return this.#graph;
    const loaded = await this.#load();
    this.#use(loaded);
    return loaded;
  }

  /** To be told of every picture that the graph has looked at. */
  looked(faces: number, atMs: number): void {
    const graph = this.#graph;
    this.#lastFaceAtMs = faces > 0 ? atMs : (this.#lastFaceAtMs ?? atMs);
    if (!graph || ++this.#pictures < WARM_UP_PICTURES) return;
    this.#warmBytes ??= graph.wasmBytes;
    if (graph.wasmBytes - this.#warmBytes > GROWTH_BYTES && atMs - this.#lastFaceAtMs >= IDLE_MS) void this.#replace();
  }

  /** What the graph keeps from picture to picture cannot be trusted any more: the next picture gets a new one. */
  discard(): void {
    this.#graph?.close();
    this.#graph = undefined;
  }

  close(): void {
    this.#closed = true;
    this.discard();
    this.#fresh?.close();
    this.#fresh = undefined;
  }

  async #replace(): Promise<void> {
    if (this.#loading || this.#fresh) return;
    this.#loading = true;
    try {
      const fresh = await this.#load();
      if (this.#closed) fresh.close();
      else this.#fresh = fresh;
    } catch {
      // The old graph still works; the next quiet picture tries again after another warm-up.
      this.#pictures = 0;
    } finally {
      this.#loading = false;
    }
  }

  #use(graph: Graph): void {
    this.#graph?.close();
    this.#graph = graph;
    this.#pictures = 0;
    this.#warmBytes = undefined;
  }
}
