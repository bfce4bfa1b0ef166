const memories: WebAssembly.Memory[] = [];

/**
 * Keeps hold of every WebAssembly memory that is made in this worker from now on: onnxruntime-web tells nobody how large
 * its own is. To be called before the runtime is first used.
 */
export function watchWasmMemory(): void {
  WebAssembly.Memory = class extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.push(this);
    }
  };
}

/** Size of all of them together. */
export function wasmBytes(): number {
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
