import { taskList, type TaskRow, type WarningRow } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { made as madeCustomer, orderOf, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;
const { customerId } = await madeCustomer(users.member);
for (let i = 0; i < 6; i++) {
  const day = new Date(Date.UTC(2026, 1, 1 - 7 * i)).toISOString().slice(0, 10);
  await orderOf(server, customerId, day, 100_00);
}
const { customerId: giant } = await madeCustomer(users.director);
await publish(server, '2026-03-02', [
  { customerId, pAlive: 0.5, spend: 100, clv: 1000 },
  { customerId: giant, pAlive: 0.9, spend: 100, clv: 100_000 },
]);
await users.director.post('/warnings/runs');
await server.runJobs();

const newTask = async (more: Record<string, unknown> = {}) =>
  (await users.member.post('/tasks', { title: '回访', dueOn: '2026-03-02', customerId, ...more }))
    .body as TaskRow;
const warningsOf = async (status: string) =>
  (await users.member.get(`/warnings?status=${status}&customerId=${customerId}`)).body.items as WarningRow[];
const calendar = async (query = 'from=2026-01-01&to=2026-12-31&warnings=true') =>
  taskList.parse((await users.member.get(`/tasks?${query}`)).body);

describe('a task that is done', () => {
  it('is put back by whoever saw it last, and done again', async () => {
    const { taskId } = await newTask();
    const open = await users.member.post(`/tasks/${taskId}/reopen`, { rowVersion: 1 });
    expect([open.status, open.body.code]).toEqual([409, 'tasks.open_conflict']);
    await users.member.post(`/tasks/${taskId}/done`, { rowVersion: 1 });
    expect((await users.stranger.post(`/tasks/${taskId}/reopen`, { rowVersion: 2 })).status).toBe(404);
    const late = await users.manager.post(`/tasks/${taskId}/reopen`, { rowVersion: 1 });
    expect([late.status, late.body.code]).toEqual([409, 'tasks.changed']);
    const back = await users.manager.post(`/tasks/${taskId}/reopen`, { rowVersion: 2 });
    expect(back.body).toMatchObject({ status: 'open', doneAt: null, rowVersion: 3 });
    expect((await users.member.post(`/tasks/${taskId}/done`, { rowVersion: 3 })).body.status).toBe('done');
  });

  it('brings back the warning that ended with it, with the talk kept', async () => {
    const [warning] = await warningsOf('open');
    const task = await newTask({ warningId: warning!.warningId });
    expect((await calendar()).warnings).toEqual([]);
    const done = await users.member.post(`/tasks/${task.taskId}/done`, {
      rowVersion: 1,
      outcome: 'kept',
      interaction: { kind: 'call', summary: '误点' },
    });
    expect(await warningsOf('handled')).toHaveLength(1);
    const back = await users.member.post(`/tasks/${task.taskId}/reopen`, {
      rowVersion: done.body.rowVersion,
    });
    expect(back.body).toMatchObject({ status: 'open', rowVersion: done.body.rowVersion + 1 });
    expect(await warningsOf('open')).toHaveLength(1);
    const talks = await users.member.get(`/customers/${customerId}/timeline?kind=call`);
    expect(talks.body.items).toMatchObject([{ interaction: { summary: '误点' } }]);
  });

  it('that a rule made is not closed again by the word that was said before', async () => {
    const { customerId: other } = await madeCustomer(users.member);
    await users.member.post(`/customers/${other}/contacts`, { name: '陈总', birthday: '1980-03-04' });
    await users.director.patch('/task-rules/birthday', { minutes: 20, rowVersion: 0 });
    await server.runJobs();
    const find = async () =>
      (await calendar()).items.find((task) => task.kind === 'birthday' && task.customerId === other)!;
    const { taskId, rowVersion } = await find();
    const interaction = { kind: 'call', summary: '打错人了' };
    await users.member.post(`/tasks/${taskId}/done`, { rowVersion, interaction });
    await users.member.post(`/tasks/${taskId}/reopen`, { rowVersion: rowVersion + 1 });
    await users.director.patch('/task-rules/birthday', { minutes: 25, rowVersion: 1 });
    await server.runJobs();
    expect((await find()).status).toBe('open');
  });
});

describe('the calendar', () => {
  it('has warnings on the day on which they are due, or come back, unless a task answers them', async () => {
    const { customerId: own } = await madeCustomer(users.member);
    const contract = { contractNo: 'C-1', title: '框架', startsOn: '2025-04-01', endsOn: '2026-03-31' };
    await users.member.post(`/customers/${own}/contracts`, contract);
    await users.director.patch('/task-rules/contract-end', { isOn: false, rowVersion: 0 });
    await users.director.post('/warnings/runs');
    await server.runJobs();
    const found = async (query?: string) =>
      (await calendar(query)).warnings.filter((one) => one.customerId === own);
    const [due] = await found();
    expect(due).toMatchObject({ detectorId: 'contract-ending', status: 'open' });
    expect(await found(`from=${due!.dueOn}&to=${due!.dueOn}&warnings=true`)).toHaveLength(1);
    expect(await found(`from=${due!.dueOn}&to=${due!.dueOn}`)).toEqual([]);
    await users.member.post(`/warnings/${due!.warningId}/snooze`, { until: '2026-05-04', rowVersion: 1 });
    expect(await found('from=2026-05-04&to=2026-05-04&warnings=true')).toHaveLength(1);
    expect(await found(`from=${due!.dueOn}&to=${due!.dueOn}&warnings=true`)).toEqual([]);
    expect(await found('from=2026-05-04&to=2026-05-04&warnings=true&whose=team')).toHaveLength(1);
    const stranger = await users.stranger.get(
      '/tasks?from=2026-01-01&to=2026-12-31&warnings=true&whose=team',
    );
    expect(stranger.body.warnings).toEqual([]);
  });
});
