import { Pool, types, type PoolConfig } from 'pg';
import { statementKeeper } from './kept-statements.js';

const int8 = 20;
const int8Array = 1016;
const date = 1082;
const timestamptz = 1184;

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`A bigint beyond 2^53 came out of the database: ${text}`);
  return value;
}

/** An array of one dimension without gaps, {1,2,3}: other ones are not kept. */
function parseInt8Array(text: string): number[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',').map(parseInt8);
}

/**
 * How values come out: bigint as a number (it throws beyond 2^53), a day as 'yyyy-mm-dd', a moment as ISO text in UTC.
 * numeric stays text, because it holds what float64 cannot.
 */
const asJson: NonNullable<PoolConfig['types']> = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === int8) return parseInt8;
    if (oid === int8Array) return parseInt8Array;
    if (oid === date) return (text: string) => text;
    if (oid === timestamptz) return (text: string) => new Date(text).toISOString();
    return types.getTypeParser(oid, format);
  }) as typeof types.getTypeParser,
};

interface PoolOptions {
  url: string;
  name: string;
  max: number;
  /** Moments as Date objects, for libraries that count with them. */
  dates?: boolean;
  onError: (error: Error) => void;
}

/** A query dies after 30 s, a transaction that waits for its program after 60 s. */
const limits =
  '-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000 -c lock_timeout=15000';

export function makePool(options: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: options.url,
    application_name: `kezi ${options.name}`,
    max: options.max,
    options: limits,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    ...(options.dates ? {} : { types: asJson }),
  });
  const keepStatements = statementKeeper();
  // A connection that breaks while idle tells the pool, and a pool without a listener would end the process.
  pool.on('error', options.onError);
  pool.on('connect', (client) => {
    client.on('error', options.onError);
    keepStatements(client);
  });
  return pool;
}
