import { ResultReturnType, type DuckDBConnection, type DuckDBInstance } from '@duckdb/node-api';
import type { Chunk } from '../engine.js';
import { readChunk } from './read-chunk.js';

/** Work that stops with the session's signal, and whose faults are put into words. */
type Guarded = <T>(work: () => Promise<T>) => Promise<T>;

interface Streams {
  stream: (sql: string) => AsyncGenerator<Chunk>;
  interrupt: () => void;
  close: () => void;
}

/**
 * Streams of rows, as many side by side as are asked for: each has a connection of its own, since the next statement on it
 * would end it.
 */
export function openStreams(instance: DuckDBInstance, guarded: Guarded): Streams {
  const idle: DuckDBConnection[] = [];
  const all: DuckDBConnection[] = [];
  const connect = async (): Promise<DuckDBConnection> => {
    const connection = await instance.connect();
    all.push(connection);
    return connection;
  };
  return {
    async *stream(sql) {
      const reader = idle.pop() ?? (await connect());
      try {
        yield* streamChunks(reader, sql, guarded);
      } finally {
        idle.push(reader);
      }
    },
    interrupt: () => all.forEach((connection) => connection.interrupt()),
    close: () => all.forEach((connection) => connection.closeSync()),
  };
}

async function* streamChunks(reader: DuckDBConnection, sql: string, guarded: Guarded): AsyncGenerator<Chunk> {
  const result = await guarded(() => reader.stream(sql));
  for (;;) {
    const chunk = await guarded(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) break;
    yield readChunk(chunk);
  }
  // A stream that fails half-way ends as if it were complete, without a word: only its type tells. The reason (a full
  // disk, mostly) comes out when the statement is run again without its rows.
  if (result.returnType === ResultReturnType.INVALID) {
    await guarded(async () => {
      await reader.run(`EXPLAIN ANALYZE ${sql}`);
      throw new Error('The engine broke a stream of rows off.');
    });
  }
}

/** Puts the chunks of a stream of doubles end to end. */
export async function gather(chunks: AsyncGenerator<Chunk>): Promise<Float64Array[]> {
  const parts: Float64Array[][] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk.columns as Float64Array[]);
    size += chunk.size;
  }
  const width = parts[0]?.length ?? 0;
  return Array.from({ length: width }, (_, k) => {
    const whole = new Float64Array(size);
    let offset = 0;
    for (const part of parts) {
      whole.set(part[k]!, offset);
      offset += part[k]!.length;
    }
    return whole;
  });
}
