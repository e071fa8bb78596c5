import { DuckDBDoubleVector, type DuckDBDataChunk } from '@duckdb/node-api';
import type { Chunk, Column } from '../engine.js';

/** Copies a chunk out of the engine's memory. */
export function readChunk(chunk: DuckDBDataChunk): Chunk {
  const size = chunk.rowCount;
  const columns = Array.from({ length: chunk.columnCount }, (_, k): Column => {
    const vector = chunk.getColumnVector(k);
    if (vector instanceof DuckDBDoubleVector) {
      const numbers = new Float64Array(size);
      for (let i = 0; i < size; i++) numbers[i] = vector.getItem(i) ?? Number.NaN;
      return numbers;
    }
    return Array.from({ length: size }, (_, i) => {
      const value = vector.getItem(i);
      return value === null ? null : String(value);
    });
  });
  return { size, columns };
}
