import { Agent, get } from 'node:http';
import pg from 'pg';

/*
 * The clients of register.bench.ts, in a process of their own so that they do not wait for the server's event loop. Reads a
 * task from the parent, answers with the milliseconds of each request.
 */

export interface LoadTask {
  clients: number;
  seconds: number;
  /** Requests of the interface, taken in turn by all clients; or one statement for the database itself. */
  paths: string[];
  url: string;
  headers: Record<string, string>;
  sql?: { url: string; text: string };
}

async function timed(ask: () => Promise<void>, until: number, milliseconds: number[]): Promise<void> {
  while (performance.now() < until) {
    const started = performance.now();
    await ask();
    milliseconds.push(performance.now() - started);
  }
}

/** Takes the answer as a browser is sent it, packed, and unpacks nothing: the clients share two cores with the server. */
function fetched(url: string, headers: Record<string, string>, agent: Agent): Promise<void> {
  return new Promise((done, fail) => {
    const request = get(url, { agent, headers: { 'accept-encoding': 'br, gzip', ...headers } }, (answer) => {
      answer.resume();
      answer.on('error', fail);
      answer.on('end', () => {
        if (answer.statusCode === 200) done();
        else fail(new Error(`${url}: ${answer.statusCode}`));
      });
    });
    request.on('error', fail);
  });
}

async function load(task: LoadTask): Promise<number[]> {
  const milliseconds: number[] = [];
  const { sql } = task;
  const pool = sql ? new pg.Pool({ connectionString: sql.url, max: task.clients }) : null;
  const agent = new Agent({ keepAlive: true, maxSockets: task.clients });
  let turn = 0;
  const ask = async () => {
    if (pool && sql) {
      await pool.query(sql.text);
      return;
    }
    const path = task.paths[turn++ % task.paths.length] ?? '';
    await fetched(`${task.url}/api/v1${path}`, task.headers, agent);
  };
  // Connections are made and plans are warm before the clock runs.
  await Promise.all(Array.from({ length: task.clients }, ask));
  const until = performance.now() + task.seconds * 1000;
  await Promise.all(Array.from({ length: task.clients }, () => timed(ask, until, milliseconds)));
  await pool?.end();
  agent.destroy();
  return milliseconds;
}

process.on('message', (task: LoadTask) => {
  load(task).then(
    (milliseconds) => process.send?.({ milliseconds }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
