import {
  BIGINT,
  DOUBLE,
  DuckDBDataChunk,
  INTEGER,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
} from '@duckdb/node-api';
import type { NewColumn } from '../engine.js';
import { duckdbDialect } from './duckdb-dialect.js';

/** Rows of one chunk; the engine's own vector size. */
const CHUNK_ROWS = 2048;
const types: Record<NewColumn['type'], DuckDBType> = {
  double: DOUBLE,
  integer: INTEGER,
  bigint: BIGINT,
  text: VARCHAR,
};

function setValues(chunk: DuckDBDataChunk, k: number, column: NewColumn, from: number, size: number): void {
  const vector = chunk.getColumnVector(k);
  if (column.type === 'text') {
    for (let i = 0; i < size; i++) vector.setItem(i, column.values[from + i]!);
  } else {
    const big = column.type === 'bigint';
    const nulls: number[] = [];
    for (let i = 0; i < size; i++) {
      const value = column.values[from + i]!;
      // NaN is the only number that differs from itself.
      if (value !== value) nulls.push(i);
      else vector.setItem(i, big ? BigInt(value) : value);
    }
    // Last: once a vector has a null, every value that is set costs ten times as much.
    for (const i of nulls) vector.setItem(i, null);
  }
  vector.flush();
}

/** Appends columns to a table by the engine's bulk interface; NaN becomes null. Creates the table where it is absent. */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  columns: readonly NewColumn[],
): Promise<void> {
  const definition = columns.map(
    ({ name, type }) => `${duckdbDialect.identifier(name)} ${types[type].toString()}`,
  );
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${duckdbDialect.identifier(table)} (${definition.join(', ')})`,
  );
  const appender = await connection.createAppender(table);
  const rows = columns[0]?.values.length ?? 0;
  try {
    for (let from = 0; from < rows; from += CHUNK_ROWS) {
      const size = Math.min(CHUNK_ROWS, rows - from);
      const chunk = DuckDBDataChunk.create(
        columns.map(({ type }) => types[type]),
        size,
      );
      columns.forEach((column, k) => setValues(chunk, k, column, from, size));
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}
