import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, types, type QueryResultRow } from 'pg';
import { makeApiClient, type ApiClient } from './api-client.js';
import { makeStartedFolder, removeDataFolder, startProgram, type RunningProgram } from './program.js';

/** Counts and sums come as numbers; they are small here. */
types.setTypeParser(20, Number);
types.setTypeParser(1082, String);

/** The built server on its own data folder, with what a drill needs to use it, injure it and look inside. */
export interface DrillCompany {
  folder: string;
  api: ApiClient;
  program: () => RunningProgram;
  /** kill -9 of the server alone; its PostgreSQL is left without an owner. */
  killServer: () => Promise<void>;
  /** Starts the server again on the same folder. @returns milliseconds until it said that it listens */
  start: () => Promise<number>;
  /** kill -9 of PostgreSQL and everything it has started. @returns how many processes */
  killDatabase: () => Promise<number>;
  /** An orderly restart of PostgreSQL, as after an upgrade: it breaks off what is under way and ends. */
  restartDatabase: () => void;
  /** Rows straight out of the database, past the program. */
  query: <Row extends QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Ends every process and removes the folder. */
  end: () => Promise<void>;
}

interface Running {
  port: number;
}

function clusterPid(folder: string): number | null {
  const path = join(folder, 'postgres', 'cluster', 'postmaster.pid');
  if (!existsSync(path)) return null;
  const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
  return Number.isInteger(pid) && pid > 1 && isPostgres(pid) ? pid : null;
}

/** A number that the system has given to another program since is not ours to end. */
function isPostgres(pid: number): boolean {
  const path = `/proc/${pid}/comm`;
  return existsSync(path) && readFileSync(path, 'utf8').trim() === 'postgres';
}

async function childrenOf(pid: number): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      if (Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]) === pid) found.push(Number(entry));
    } catch (error) {
      // It ended while we looked.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
    }
  }
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** PostgreSQL's own administrator, by what the data folder says of the running cluster. */
async function askDatabase<Row extends QueryResultRow>(
  folder: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const read = <T>(name: string) => JSON.parse(readFileSync(join(folder, 'postgres', name), 'utf8')) as T;
  const client = new Client({
    host: '127.0.0.1',
    port: read<Running>('running.json').port,
    user: 'postgres',
    password: read<{ secret: string }>('secret.json').secret,
    database: 'kezi',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

interface CompanyOptions {
  /** An existing empty folder in place of a new one; the caller removes it. */
  folder?: string;
  env?: NodeJS.ProcessEnv;
}

/** A new company with an administrator who has signed in. */
export async function openDrillCompany(options: CompanyOptions = {}): Promise<DrillCompany> {
  const folder = options.folder ?? (await makeStartedFolder());
  const env = { KEZI_LOG_LEVEL: 'error', ...options.env };
  let program = await startProgram(folder, env);
  const api = makeApiClient(() => program.url);
  const killDatabase = async (): Promise<number> => {
    const pid = clusterPid(folder);
    if (pid === null) return 0;
    const all = [pid, ...(await childrenOf(pid))];
    for (const one of all) kill(one);
    return all.length;
  };
  const killServer = async () => {
    const { process: child } = program;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const company: DrillCompany = {
    folder,
    api,
    program: () => program,
    killServer,
    async start() {
      const began = performance.now();
      program = await startProgram(folder, env);
      return performance.now() - began;
    },
    killDatabase,
    restartDatabase() {
      const pid = clusterPid(folder);
      if (pid === null) throw new Error('PostgreSQL does not run.');
      process.kill(pid, 'SIGINT');
    },
    query: (text, values = []) => askDatabase(folder, text, values),
    async end() {
      await killServer();
      await killDatabase();
      // The processes of a killed PostgreSQL write until they notice.
      await sleep(50);
      if (options.folder === undefined) await removeDataFolder(folder);
    },
  };
  try {
    await api.signIn();
    return company;
  } catch (error) {
    await company.end();
    throw error;
  }
}

/**
 * Asks again until the answer is there, at first soon and then four times a second: whoever asks takes a share of the
 * machine. @throws Error when it does not come in time
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  patienceMs = 120_000,
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let pauseMs = 30; ; pauseMs = Math.min(250, pauseMs * 1.5)) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`${what}: not in ${patienceMs / 1000} s.`);
    await sleep(pauseMs);
  }
}
