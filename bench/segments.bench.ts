import { medianOf, startBenchServer } from './bench-server.js';
import { fillRecords } from './graded-records.js';
import { fillRegister } from './register-data.js';

/*
 * Segments of a million customers over HTTP, by somebody who sees all: how many a rule finds and what they are worth (goal:
 * within 1 s). The floor, in the same run: PostgreSQL adds up one column of the register.
 */

const count = Number(process.env['KEZI_BENCH_CUSTOMERS'] ?? 1_000_000);
const { database, call, stop } = await startBenchServer('segments');

const region = { field: 'region', is: 'in', values: ['上海', '北京'] };
const value = { field: 'clv', is: 'between', min: 2000 };
const silent = { field: 'lastOrderOn', is: 'beyond', days: 90 };
const tag = { field: 'tag', is: 'in', values: ['bench'] };
const group = (match: 'all' | 'any', items: object[], not = false) => ({ match, not, items });
const rules: Record<string, object> = {
  'two columns': group('all', [region, value]),
  'groups in groups': group('all', [silent, group('any', [region, group('all', [value, tag])])]),
  'a tag, or value': group('any', [tag, value]),
  'never met': group('all', [{ field: 'lastContactOn', is: 'beyond', days: 60 }]),
};

try {
  await fillRegister(database, count);
  await fillRecords(database);
  const floor = await medianOf(() => database.query('select sum(clv) from register_entry'));
  const line = (name: string, took: number, note = '') =>
    `${name.padEnd(24)} ${took.toFixed(2).padStart(7)} s  ${(took / floor).toFixed(1).padStart(7)} x  ${note}\n`;
  process.stdout.write(`${count} customers\n${line('floor', floor)}`);
  for (const [name, rule] of Object.entries(rules)) {
    let found = 0;
    const took = await medianOf(async () => {
      const { customers } = await call<{ customers: number }>('POST', '/segments/preview', {
        rule,
        sample: 0,
      });
      found = customers;
    });
    process.stdout.write(line(`count: ${name}`, took, `${found} customers`));
  }
} finally {
  await stop();
}
