/** Signature, flags and the length of an extension that nobody uses. */
const headerBytes = 19;

/** Rows of `COPY ... (FORMAT binary)` whose fields are all float8, into columns; a null is NaN. Chunks may end anywhere. */
export class RowReader {
  rows = 0;
  #rest: Buffer = Buffer.alloc(0);
  #hasHeader = false;

  /** Rows beyond the room of the columns are left out. */
  constructor(private readonly columns: readonly Float64Array[]) {}

  take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    if (!this.#hasHeader) {
      if (bytes.length < headerBytes) {
        this.#rest = bytes;
        return;
      }
      at = headerBytes;
      this.#hasHeader = true;
    }
    for (;;) {
      const end = this.#endOfRow(bytes, at);
      if (end === null) break;
      this.#readRow(bytes, at + 2);
      at = end;
    }
    this.#rest = bytes.subarray(at);
  }

  /** Null where the row is not whole yet, or at the trailer. */
  #endOfRow(bytes: Buffer, start: number): number | null {
    let at = start + 2;
    if (bytes.length < at || bytes.readInt16BE(start) < 0) return null;
    for (let i = 0; i < this.columns.length; i++) {
      if (bytes.length < at + 4) return null;
      at += 4 + Math.max(0, bytes.readInt32BE(at));
    }
    return bytes.length < at ? null : at;
  }

  #readRow(bytes: Buffer, start: number): void {
    let at = start;
    for (const column of this.columns) {
      const length = bytes.readInt32BE(at);
      at += 4;
      if (this.rows < column.length) column[this.rows] = length < 0 ? Number.NaN : bytes.readDoubleBE(at);
      if (length > 0) at += length;
    }
    if (this.rows < (this.columns[0]?.length ?? 0)) this.rows += 1;
  }
}
