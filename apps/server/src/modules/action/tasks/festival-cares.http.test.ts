import { festivalCare, taskList, taskRuleList, type TaskRow } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { made as madeCustomer } from '../../../testing/customer-records.js';
import { segmentOf } from '../../../testing/policy-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;
const { customerId: east } = await madeCustomer(users.member, { region: '浙江省/杭州市' });
const { customerId: abroad } = await madeCustomer(users.member, { region: '海外' });

server.clock.set('2026-05-01T02:00:00Z');

/** Festival tasks of the member, after the rules have run. */
async function asked(today: string): Promise<TaskRow[]> {
  server.clock.set(`${today}T02:00:00Z`);
  await users.director.patch('/task-rules/meeting', {
    minutes: 30 + Number(today.slice(8)),
    rowVersion: (await rules()).rules.find(({ kind }) => kind === 'meeting')?.rowVersion,
  });
  await server.runJobs();
  const { body } = await users.member.get('/tasks?from=2026-01-01&to=2027-12-31&cancelled=true');
  return taskList.parse(body).items.filter(({ kind }) => kind === 'festival');
}
const rules = async () => taskRuleList.parse((await users.director.get('/task-rules')).body);
const care = (more: Record<string, unknown> = {}) => ({ festival: 'dragon-boat', ...more });

describe('care for festivals', () => {
  it('asks of the owners some days before, once, and is over after a week', async () => {
    const { status, body } = await users.director.post(
      '/festival-cares',
      care({ title: '送粽子', leadDays: 10, regions: ['浙江省'] }),
    );
    // 19 June 2026 is a Friday, and a holiday only where the company has taken the holidays over.
    expect([status, festivalCare.parse(body)]).toMatchObject([
      201,
      { nextOn: '2026-06-19', dueOn: '2026-06-19', regions: ['浙江省'], open: 0 },
    ]);
    expect(await asked('2026-06-08')).toEqual([]);
    expect(await asked('2026-06-09')).toMatchObject([
      {
        customerId: east,
        dueOn: '2026-06-19',
        status: 'open',
        made: { festival: 'dragon-boat', festivalOn: '2026-06-19', what: '送粽子' },
      },
    ]);
    expect(await asked('2026-06-14')).toHaveLength(1);
    expect((await rules()).festivalCares).toMatchObject([{ open: 1 }]);
    expect(await asked('2026-06-26')).toMatchObject([{ status: 'open' }]);
    expect(await asked('2026-06-27')).toMatchObject([{ status: 'cancelled' }]);
  });

  it('is due on the last day of work before, where nobody works on the festival', async () => {
    server.clock.set('2026-08-01T02:00:00Z');
    const { body: calendar } = await users.director.get('/work-calendar');
    const closed = { ...calendar, closedDays: ['2026-09-24', '2026-09-25'] };
    expect((await users.administrator.put('/work-calendar', closed)).status).toBe(200);
    const { body } = await users.director.post('/festival-cares', {
      festival: 'mid-autumn',
      leadDays: 7,
      regions: ['海外'],
    });
    expect(body).toMatchObject({ nextOn: '2026-09-25', dueOn: '2026-09-23' });
    const found = (await asked('2026-09-18')).filter(({ customerId }) => customerId === abroad);
    expect(found).toMatchObject([{ dueOn: '2026-09-23', status: 'open', made: { what: null } }]);
    // A word with the customer keeps it.
    await users.member.post(`/customers/${abroad}/interactions`, { kind: 'message', summary: '中秋快乐' });
    expect((await asked('2026-09-19')).find(({ customerId }) => customerId === abroad)?.status).toBe('done');
  });

  it('means a customer once, and nobody any more who is left out or whose care is off', async () => {
    const ninth = { festival: 'double-ninth', leadDays: 5 };
    const { body: first } = await users.director.post('/festival-cares', { ...ninth, title: '登门' });
    await users.director.post('/festival-cares', { ...ninth, title: '寄贺卡' });
    const ofNinth = async (day: string) =>
      (await asked(day)).filter(({ made }) => made?.['festival'] === 'double-ninth');
    const found = await ofNinth('2026-10-14');
    expect(found).toHaveLength(2);
    // The 18th is a Sunday.
    expect(found[0]).toMatchObject({ dueOn: '2026-10-16', made: { what: '登门', festivalOn: '2026-10-18' } });
    const path = `/festival-cares/${first.festivalCareId}`;
    const stale = await users.director.patch(path, { isOn: false, rowVersion: 9 });
    expect([stale.status, stale.body.code]).toEqual([409, 'tasks.rule_changed']);
    const second = (await rules()).festivalCares.find(({ title }) => title === '寄贺卡')!;
    await users.director.delete(`/festival-cares/${second.festivalCareId}`);
    await users.director.patch(path, { regions: ['浙江省/杭州市'], rowVersion: 1 });
    const fewer = await ofNinth('2026-10-15');
    expect(fewer.find(({ customerId }) => customerId === abroad)?.cancelled?.because).toBe('not-asked');
    await users.director.patch(path, { isOn: false, rowVersion: 2 });
    const off = await ofNinth('2026-10-16');
    expect(off.find(({ customerId }) => customerId === east)?.cancelled?.because).toBe('rule-off');
    expect((await users.director.delete('/festival-cares/9999')).body.code).toBe('tasks.festival_not_found');
  });

  it('keeps the segment that it uses, and refuses what is not there', async () => {
    const segmentId = await segmentOf(server, users.director.userId, '老客户');
    const { body } = await users.director.post('/festival-cares', care({ segmentId }));
    expect(body).toMatchObject({ segmentName: '老客户' });
    const refused = await users.director.delete(`/segments/${segmentId}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'segments.used_conflict']);
    expect((await users.director.delete(`/festival-cares/${body.festivalCareId}`)).status).toBe(204);
    expect((await users.director.delete(`/segments/${segmentId}`)).status).toBe(204);
    const count = async (query: string) =>
      (await users.director.get(`/festival-cares/audience?${query}`)).body.customers;
    expect([await count(''), await count('region=浙江省'), await count('region=浙江')]).toEqual([2, 1, 0]);
    const code = async (more: Record<string, unknown>) =>
      (await users.director.post('/festival-cares', care(more))).body.code;
    expect(await code({ tierIds: [9999] })).toBe('tasks.tier_unknown');
    expect(await code({ segmentId: 9999 })).toBe('segments.not_found');
    expect(await code({ festival: 'pancake-day' })).toBe('app.invalid_input');
    expect(await code({ leadDays: 366 })).toBe('app.invalid_input');
    expect((await users.manager.post('/festival-cares', care())).body.code).toBe('app.forbidden');
    // A director of a department has the right, and sees a part of the customers.
    await server.asSystem((db) =>
      db.updateTable('app_user').set({ scope: 'team' }).where('id', '=', users.director.userId).execute(),
    );
    const narrow = await users.director.post('/festival-cares', care());
    expect([narrow.status, narrow.body.code]).toEqual([403, 'tasks.needs_all_forbidden']);
    const rule = await users.director.patch('/task-rules/birthday', { leadDays: 4, rowVersion: 0 });
    expect(rule.body.code).toBe('tasks.needs_all_forbidden');
  });
});
