import { KERNEL_BASE64 } from "./derived/kernel.ts";

/**
 * Compares probes with rows, all addresses in bytes of the kernel's memory.
 *
 * @param probes one or four vectors, one after the other
 * @param rows first of `count` vectors of `bytes` bytes, a multiple of 64
 * @param scores where each row's score with each probe is written, float32
 */
export type Compare = (probes: number, rows: number, count: number, bytes: number, scores: number) => void;

/** What kernel/kernel.ts exports: dot products, and minus Euclidean distances, of one probe and of four. */
export interface Kernel {
  readonly dot1: Compare;
  readonly dot4: Compare;
  readonly distance1: Compare;
  readonly distance4: Compare;
}

let compiled: WebAssembly.Module | undefined;

/** The kernel over a memory. It is small enough to be compiled on the spot. */
export function createKernel(memory: WebAssembly.Memory): Kernel {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL_BASE64), (character) => character.charCodeAt(0)));
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernel;
}
