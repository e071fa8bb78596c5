import { CodedError } from '@kezi/contract/errors';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Engine, EngineOptions, NewColumn } from '../engine.js';
import type { SourceColumn } from '../source-column.js';
import { appendColumns } from './append-columns.js';
import { kindOf } from './column-kind.js';
import { duckdbDialect } from './duckdb-dialect.js';
import { gather, openStreams } from './stream-rows.js';

/** Rows that one open bucket file gathers before they are written: 64 buckets stay below 100 MB. */
const BUCKET_FLUSH_ROWS = 100_000;

/** Reads a cause out of the engine's message; anything else is passed on as it is. */
function explained(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/No space left on device|disk full|ENOSPC/i.test(message)) {
    return new CodedError('valuation.disk_full', {}, { cause: error });
  }
  if (/^Out of Memory|could not allocate/i.test(message)) {
    return new CodedError('valuation.out_of_memory', {}, { cause: error });
  }
  return error;
}

/** In memory, spilling to the temporary folder. Extensions are never downloaded. */
const createInstance = ({ memoryMb, tempFolder, threads, ordered }: EngineOptions): Promise<DuckDBInstance> =>
  DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${memoryMb}MB`,
    temp_directory: tempFolder,
    threads: String(threads),
    preserve_insertion_order: String(ordered ?? false),
  });

/** DuckDB in this process. */
export async function openDuckDb(options: EngineOptions): Promise<Engine> {
  const { signal, threads } = options;
  signal?.throwIfAborted();
  const instance = await createInstance(options);
  const connections: DuckDBConnection[] = [];
  for (let i = 0; i < threads; i++) connections.push(await instance.connect());
  const first = connections[0]!;
  await first.run("SET GLOBAL TimeZone = 'UTC'");
  await first.run(`SET partitioned_write_flush_threshold = ${BUCKET_FLUSH_ROWS}`);

  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw explained(error);
    }
  };
  const streams = openStreams(instance, guarded);
  const interrupt = (): void => {
    connections.forEach((connection) => connection.interrupt());
    streams.interrupt();
  };
  signal?.addEventListener('abort', interrupt);

  const run = (sql: string, connection = first): Promise<void> =>
    guarded(async () => {
      await connection.run(sql);
    });

  const runEach = async (statements: readonly string[], onDone?: (done: number) => void): Promise<void> => {
    let next = 0;
    let done = 0;
    const work = async (connection: DuckDBConnection): Promise<void> => {
      for (let i = next++; i < statements.length; i = next++) {
        await run(statements[i]!, connection);
        onDone?.(++done);
      }
    };
    // One thread a statement: two statements side by side take 60 % of the time of two threads on each in turn.
    await run('SET threads = 1');
    const outcomes = await Promise.allSettled(connections.map(work));
    await run(`SET threads = ${threads}`);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  };

  const columns = (relation: string): Promise<SourceColumn[]> =>
    guarded(async () => {
      const empty = await first.run(`SELECT * FROM ${relation} LIMIT 0`);
      return empty.columnNames().map((name, k) => ({ name, kind: kindOf(empty.columnTypeId(k)) }));
    });
  const append = (table: string, columns: readonly NewColumn[]): Promise<void> =>
    guarded(() => appendColumns(first, table, columns));

  const close = (): void => {
    signal?.removeEventListener('abort', interrupt);
    streams.close();
    connections.forEach((connection) => connection.closeSync());
    instance.closeSync();
  };

  return {
    dialect: duckdbDialect,
    run: (sql) => run(sql),
    runEach,
    columns,
    numbers: (sql) => gather(streams.stream(sql)),
    stream: streams.stream,
    append,
    close,
  };
}
