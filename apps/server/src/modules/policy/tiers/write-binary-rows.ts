/** Signature, flags and the length of an extension that nobody uses. */
const header = Buffer.concat([Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);

/** Types as the catalogue of PostgreSQL numbers them. */
const oids = { float8: 701, int2: 21 } as const;
/** Days from 1970-01-01 to 2000-01-01, with which PostgreSQL begins to count. */
const epochDays = 10_957;

/** Rows of `COPY ... (FORMAT binary)`, written field by field in the order of their columns. NaN is a null. */
export class RowWriter {
  #bytes = Buffer.allocUnsafe(1 << 17);
  #at = 0;

  constructor() {
    this.#at += header.copy(this.#bytes);
  }

  /** Begins a row of so many fields. */
  row(fields: number): void {
    this.#room(2);
    this.#at = this.#bytes.writeInt16BE(fields, this.#at);
  }

  int8(value: number): void {
    this.#room(12);
    this.#at = this.#bytes.writeInt32BE(8, this.#at);
    // Whole numbers beyond 2 to the 53rd do not come here.
    this.#at = this.#bytes.writeInt32BE(Math.floor(value / 2 ** 32), this.#at);
    this.#at = this.#bytes.writeUInt32BE(value % 2 ** 32, this.#at);
  }

  int4(value: number): void {
    this.#room(8);
    if (Number.isNaN(value)) {
      this.#at = this.#bytes.writeInt32BE(-1, this.#at);
      return;
    }
    this.#at = this.#bytes.writeInt32BE(4, this.#at);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
  }

  /** @param day days since 1970-01-01 */
  date(day: number): void {
    this.int4(day - epochDays);
  }

  float8(value: number): void {
    this.#room(12);
    if (Number.isNaN(value)) {
      this.#at = this.#bytes.writeInt32BE(-1, this.#at);
      return;
    }
    this.#at = this.#bytes.writeInt32BE(8, this.#at);
    this.#at = this.#bytes.writeDoubleBE(value, this.#at);
  }

  text(value: Buffer): void {
    this.#room(4 + value.length);
    this.#at = this.#bytes.writeInt32BE(value.length, this.#at);
    this.#at += value.copy(this.#bytes, this.#at);
  }

  /** The value of each column in a row, as an array of float8; holes are nulls. */
  float8Array(columns: readonly Float64Array[], row: number): void {
    const end = this.#array(oids.float8, columns.length);
    for (const column of columns) this.float8(column[row] ?? Number.NaN);
    this.#close(end);
  }

  /** The value of each column in a row, as an array of int2. */
  int2Array(columns: readonly Int16Array[], row: number): void {
    const end = this.#array(oids.int2, columns.length);
    for (const column of columns) {
      this.#room(6);
      this.#at = this.#bytes.writeInt32BE(2, this.#at);
      this.#at = this.#bytes.writeInt16BE(column[row] ?? 0, this.#at);
    }
    this.#close(end);
  }

  /** What was written since the last time. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#at);
    this.#bytes = Buffer.allocUnsafe(this.#bytes.length);
    this.#at = 0;
    return taken;
  }

  /** The end of all rows. */
  end(): Buffer {
    return trailer;
  }

  /** Begins an array of one dimension. @returns where its length will stand */
  #array(type: number, length: number): number {
    this.#room(24);
    const start = this.#at;
    this.#at += 4;
    // One dimension, which may hold nulls, of this type, so long, counted from 1.
    for (const word of [1, 1, type, length, 1]) this.#at = this.#bytes.writeInt32BE(word, this.#at);
    return start;
  }

  #close(start: number): void {
    this.#bytes.writeInt32BE(this.#at - start - 4, start);
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(this.#bytes.length * 2);
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
