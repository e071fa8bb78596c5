import type pg from 'pg';
import { medianOf } from './bench-server.js';

/*
 * What people open after a run: the list of warnings with its lines of summed-up ones, the customers behind the longest of
 * those, the worklist, the load of the team and a month of the calendar, by somebody who sees all and by the manager of ten
 * teams of a hundred. Floor, in the same run: a page of the register of the same reader.
 */

const password = 'seven green lamps by the river';

interface Asking {
  url: string;
  database: pg.Client;
  /** Cookie of the administrator. */
  cookie: string;
  lastDay: string;
}

/** A manager whose team stands above ten of the hundred. */
async function managerOfTen({ url, database, cookie }: Asking): Promise<string> {
  const post = async (path: string, body: object, own: Record<string, string>) => {
    const headers = {
      'content-type': 'application/json',
      origin: url,
      'idempotency-key': `pages-${path}`,
      ...own,
    };
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
  };
  const { rows } = await database.query<{ team_id: number }>(
    `insert into team (name) values ('above ten') returning team_id`,
  );
  const teamId = rows[0]?.team_id;
  await database.query('update team set parent_team_id = $1 where team_id <= 10', [teamId]);
  const manager = { email: 'manager@example.com', name: 'manager', password, role: 'manager', teamId };
  await post('/users', manager, { cookie });
  return post('/auth/sign-in', { email: manager.email, password }, {});
}

/** Twenty open tasks for each thousand customers, which is about twenty a person. */
async function fillTasks({ database, lastDay }: Asking): Promise<void> {
  await database.query(
    `insert into task (kind, title, customer_id, owner_id, team_id, due_on, minutes)
     select 'manual', 'x', customer_id, owner_id, team_id, date '${lastDay}' - 10 + (hashint8(customer_id) & 31), 30
     from customer where customer_id % 50 = 0`,
  );
  await database.query('vacuum analyze task');
  await database.query('vacuum analyze warning');
}

/** Lines of what each page takes: median of five, and times the page of the register. */
export async function measurePages(asking: Asking): Promise<string> {
  const { url, cookie, lastDay } = asking;
  await fillTasks(asking);
  const readers = { 'sees all': cookie, 'ten teams of 100': await managerOfTen(asking) };
  const lines: string[] = [];
  for (const [reader, own] of Object.entries(readers)) {
    const get = async <Body>(path: string): Promise<Body> => {
      const answer = await fetch(`${url}/api/v1${path}`, { headers: { cookie: own } });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as Body;
    };
    type Page = { folded: { detectorId: string; count: number }[]; total: { count: number } };
    const { folded, total } = await get<Page>('/warnings');
    const longest = folded.toSorted((one, other) => other.count - one.count)[0];
    const pages: Record<string, string> = {
      'register (floor)': '/customers?sort=clv',
      warnings: '/warnings',
      ...(longest
        ? { [`behind ${longest.detectorId}, ${longest.count}`]: `/detectors/${longest.detectorId}/folded` }
        : {}),
      worklist: '/worklist?whose=team',
      'load of the team': '/worklist/team',
      'a month of tasks': `/tasks?from=${lastDay.slice(0, 8)}01&to=${lastDay.slice(0, 8)}30&whose=team&warnings=true`,
    };
    lines.push(`${reader}: ${total.count} warnings open, ${folded.length} detectors with summed-up ones\n`);
    let floor = 0;
    for (const [name, path] of Object.entries(pages)) {
      const seconds = await medianOf(() => get(path));
      floor ||= seconds;
      lines.push(
        `  ${name.padEnd(34)} ${(1000 * seconds).toFixed(0).padStart(6)} ms ${(seconds / floor).toFixed(1).padStart(6)} x\n`,
      );
    }
  }
  return lines.join('');
}
