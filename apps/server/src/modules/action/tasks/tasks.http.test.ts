import { taskRow, teamLoad, worklist } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { made, orderOf, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer();
const { users } = server;

const listOf = async (client: TestClient, query = '') => {
  const { status, body } = await client.get(`/worklist${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return worklist.parse(body);
};

const task = (more: Record<string, unknown> = {}) => ({ title: '回访', dueOn: '2026-03-02', ...more });

const { customerId } = await made(users.member);

describe('tasks by hand', () => {
  it('belong to whoever owns the customer, and pass on with it', async () => {
    const { body } = await users.manager.post('/tasks', task({ customerId, minutes: 15 }));
    expect(taskRow.parse(body)).toMatchObject({
      kind: 'manual',
      assigneeId: users.member.userId,
      minutes: 15,
      status: 'open',
    });
    expect((await listOf(users.member)).items.map(({ task: one }) => one?.taskId)).toEqual([body.taskId]);
    expect((await listOf(users.stranger)).items).toEqual([]);
    expect((await users.stranger.get(`/tasks/${body.taskId}`)).body.code).toBe('tasks.not_found');
  });

  it('are made once for one key, and refused where they make no sense', async () => {
    const send = () => users.member.post('/tasks', task(), { 'idempotency-key': 'task-1' });
    const answers = await Promise.all([send(), send()]);
    expect(new Set(answers.map(({ body }) => body.taskId)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ customerId: null, assigneeId: users.member.userId });
    const wrong = async (more: Record<string, unknown>) =>
      (await users.member.post('/tasks', task(more))).body.code;
    expect(await wrong({ title: ' ' })).toBe('app.invalid_input');
    expect(await wrong({ dueOn: '2026-02-30' })).toBe('app.invalid_input');
    expect(await wrong({ assigneeId: 99_999 })).toBe('tasks.assignee_unknown');
    expect(await wrong({ customerId: 99_999_999 })).toBe('customers.not_found');
    expect(await wrong({ customerId, warningId: 99_999 })).toBe('alerts.not_found');
  });

  it('are changed by one of two at the same time', async () => {
    const { body } = await users.member.post('/tasks', task({ customerId }));
    const late = { dueOn: '2026-03-09', rowVersion: 1 };
    const answers = await Promise.all(
      [users.member, users.manager].map((client) => client.patch(`/tasks/${body.taskId}`, late)),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.code).toBe('tasks.changed');
    expect(['member', 'manager']).toContain(refused?.body.params.by);
    await users.member.patch(`/tasks/${body.taskId}`, { status: 'cancelled', rowVersion: 2 });
    const gone = await users.member.post(`/tasks/${body.taskId}/done`, { rowVersion: 3 });
    expect([gone.status, gone.body.code]).toEqual([409, 'tasks.done_conflict']);
  });
});

describe('the next step of an interaction', () => {
  it('is a task until it is taken back', async () => {
    const logged = await users.member.post(`/customers/${customerId}/interactions`, {
      kind: 'call',
      summary: '谈了续约',
      nextStep: '寄合同',
      nextStepOn: '2026-03-05',
    });
    const { interactionId } = logged.body;
    await server.runJobs();
    const find = async () =>
      (await listOf(users.member)).items.flatMap(({ task: one }) => (one?.kind === 'next-step' ? [one] : []));
    expect(await find()).toMatchObject([{ title: '寄合同', dueOn: '2026-03-05', customerId }]);
    await users.member.patch(`/interactions/${interactionId}`, { nextStepOn: '2026-03-06', rowVersion: 1 });
    await server.runJobs();
    expect(await find()).toMatchObject([{ dueOn: '2026-03-06', rowVersion: 2 }]);
    await users.member.delete(`/interactions/${interactionId}`);
    await server.runJobs();
    expect(await find()).toEqual([]);
    await users.member.post(`/interactions/${interactionId}/restore`);
    await server.runJobs();
    expect(await find()).toMatchObject([{ title: '寄合同', status: 'open' }]);
  });
});

describe('the worklist', () => {
  it('holds warnings and tasks by value an hour; finishing logs the call and handles the warning at once', async () => {
    for (let i = 0; i < 6; i++) {
      const orderedOn = new Date(Date.UTC(2026, 1, 1 - 7 * i)).toISOString().slice(0, 10);
      await orderOf(server, customerId, orderedOn, 100_00);
    }
    // One that outweighs the others, so that nothing is said of their concentration.
    const { customerId: giant } = await made(users.director);
    await publish(server, '2026-03-02', [
      { customerId, pAlive: 0.5, spend: 100, clv: 1000 },
      { customerId: giant, pAlive: 0.9, spend: 100, clv: 100_000 },
    ]);
    await users.director.post('/warnings/runs');
    await server.runJobs();
    const before = await listOf(users.member);
    const warned = before.items.find(({ source }) => source === 'warning');
    expect(warned).toMatchObject({
      customerId,
      value: 1000,
      minutes: 30,
      valueAnHour: 2000,
      warning: { detectorId: 'overdue' },
    });
    const due = before.items.filter(({ dueOn }) => dueOn <= before.today);
    expect(before.items.slice(0, due.length)).toEqual(due);

    const planned = await users.member.post('/tasks', {
      ...task({ title: '上门拜访', dueOn: '2026-03-02' }),
      customerId,
      warningId: warned?.warning?.warningId,
    });
    const after = await listOf(users.member);
    expect(after.total.count).toBe(before.total.count);
    expect(after.items[0]).toMatchObject({ source: 'task', value: 1000, task: { title: '上门拜访' } });

    const done = await users.member.post(`/tasks/${planned.body.taskId}/done`, {
      interaction: { kind: 'visit', summary: '客户下周补单' },
      outcome: 'kept',
      rowVersion: 1,
    });
    expect(done.body).toMatchObject({ status: 'done' });
    const timeline = await users.member.get(`/customers/${customerId}/timeline?kind=visit`);
    expect(timeline.body.items).toHaveLength(1);
    const handled = await users.member.get(`/warnings/${warned?.warning?.warningId}`);
    expect(handled.body).toMatchObject({ status: 'handled', outcome: 'kept', note: '客户下周补单' });
    expect((await listOf(users.member)).total.count).toBe(before.total.count - 1);
  });

  it('of others is for those who lead, and shows who has how much', async () => {
    expect((await users.member.get('/worklist?whose=team')).body.code).toBe('app.forbidden');
    expect((await users.member.get('/worklist/team')).body.code).toBe('app.forbidden');
    const team = await listOf(users.manager, '?whose=team');
    expect(team.items.map(({ assigneeId }) => assigneeId)).toContain(users.member.userId);
    const load = teamLoad.parse((await users.manager.get('/worklist/team')).body);
    const member = load.items.find(({ userId }) => userId === users.member.userId);
    expect(member).toMatchObject({ name: 'member', closed: 2 });
    expect((await listOf(users.other, '?whose=team')).items).toEqual([]);
  });

  it('is a calendar by days, done ones included', async () => {
    const { body } = await users.member.get('/tasks?from=2026-03-01&to=2026-03-07');
    expect(body.items.map(({ title }: { title: string }) => title)).toContain('上门拜访');
    expect((await users.stranger.get('/tasks?from=2026-03-01&to=2026-03-07&whose=team')).body.items).toEqual(
      [],
    );
  });
});
