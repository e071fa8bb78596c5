import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRunningPostgres } from '@kezi/postgres';
import { readConfig, startServer } from '@kezi/server';
import pg from 'pg';

interface BenchServer {
  url: string;
  database: pg.Client;
  /** Calls as somebody who sees all. */
  call: <Body>(method: 'GET' | 'POST', path: string, body?: object) => Promise<Body>;
  stop: () => Promise<void>;
}

/** The administrator of the company. */
export const benchUser = { email: 'bench@example.com', password: 'seven green lamps by the river' };

/** A server with an empty data folder of its own, and the connection of its administrator. */
export async function startBenchServer(name: string): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), `kezi-bench-${name}-`));
  process.env['KEZI_LOG_LEVEL'] = 'warn';
  const server = await startServer(readConfig({ dataFolder: join(folder, 'data'), port: 0 }));
  const running = await findRunningPostgres(join(folder, 'data', 'postgres'));
  if (!running) throw new Error('PostgreSQL of the data folder is not to be found.');
  const database = new pg.Client({ connectionString: running.url.replace(/\/postgres$/, '/kezi') });
  await database.connect();
  let cookie = '';
  let serial = 0;
  async function call<Body>(method: 'GET' | 'POST', path: string, body?: object): Promise<Body> {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        origin: server.url,
        cookie,
        'idempotency-key': `bench-of-${name}-${++serial}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
    if (cookies.length > 0) cookie = cookies.join('; ');
    const text = await answer.text();
    return (text === '' ? null : JSON.parse(text)) as Body;
  }
  await call('POST', '/setup', { ...benchUser, name: 'bench', organisationName: 'Bench' });
  return {
    url: server.url,
    database,
    call,
    async stop() {
      await database.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const ticksASecond = 100;

/**
 * Seconds of processor that this program and PostgreSQL have taken, as Linux counts them: what others do on the machine is not
 * in it.
 */
export async function processorSeconds(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
  const statOf = (pid: number | string) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const [own = 0, ofEnded = 0] = [11, 13].map((at) => Number(fields[at]) + Number(fields[at + 1]));
    return { parent: fields[1] ?? '', ticks: own, ofEnded };
  };
  const { parent } = statOf(rows[0]?.pid ?? 0);
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return statOf(pid);
      } catch {
        return { parent: '', ticks: 0 };
      }
    })
    .filter((process) => process.parent === parent)
    .reduce((sum, process) => sum + process.ticks, statOf(parent).ofEnded);
  const { user, system } = process.cpuUsage();
  return ticks / ticksASecond + (user + system) / 1e6;
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** The median of some turns. */
export async function medianOf(work: () => Promise<unknown>, turns = 5): Promise<number> {
  const times = [];
  for (let turn = 0; turn < turns; turn++) times.push(await secondsOf(work));
  return times.toSorted((a, b) => a - b)[Math.floor(turns / 2)] ?? 0;
}
