import { ByteBuffer } from "flatbuffers";

/** Bytes of one vtable entry, and of the two sizes in front of the first. */
const SLOT_BYTES = 2;
const VTABLE_HEAD_BYTES = 4;
const OFFSET_BYTES = 4;

/**
 * Reads one table of a FlatBuffer by field number. The schema is not needed, only the numbers of the fields asked
 * for; an absent field reads as its default.
 */
export class FlatTable {
  private constructor(
    private readonly buffer: ByteBuffer,
    /** Byte position of the table in the file. */
    readonly position: number,
  ) {}

  static root(bytes: Uint8Array): FlatTable {
    const buffer = new ByteBuffer(bytes);
    return new FlatTable(buffer, buffer.readUint32(0));
  }

  int8(field: number, absent = 0): number {
    const at = this.fieldPosition(field);
    return at === undefined ? absent : this.buffer.readInt8(at);
  }

  int32(field: number, absent = 0): number {
    const at = this.fieldPosition(field);
    return at === undefined ? absent : this.buffer.readInt32(at);
  }

  /** @returns undefined when the field is absent */
  table(field: number): FlatTable | undefined {
    const at = this.fieldPosition(field);
    return at === undefined ? undefined : this.tableAt(at);
  }

  /** A vector of tables. */
  tables(field: number): FlatTable[] {
    return this.vector(field, (at) => this.tableAt(at));
  }

  /** A vector of 32-bit signed integers. */
  int32s(field: number): number[] {
    return this.vector(field, (at) => this.buffer.readInt32(at));
  }

  /** A vector of bytes, as a view of the file; empty when the field is absent. */
  bytes(field: number): Uint8Array {
    const at = this.fieldPosition(field);
    if (at === undefined) return new Uint8Array();
    const start = this.buffer.__vector(at);
    return this.buffer.bytes().subarray(start, start + this.buffer.__vector_len(at));
  }

  private vector<T>(field: number, read: (position: number) => T): T[] {
    const at = this.fieldPosition(field);
    if (at === undefined) return [];
    const start = this.buffer.__vector(at);
    return Array.from({ length: this.buffer.__vector_len(at) }, (_, index) => read(start + index * OFFSET_BYTES));
  }

  private tableAt(position: number): FlatTable {
    return new FlatTable(this.buffer, this.buffer.__indirect(position));
  }

  private fieldPosition(field: number): number | undefined {
    const offset = this.buffer.__offset(this.position, VTABLE_HEAD_BYTES + SLOT_BYTES * field);
    return offset === 0 ? undefined : this.position + offset;
  }
}
