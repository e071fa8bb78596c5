import { appraisal, taskRow, teamLoad, worklist } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { made as madeCustomer, orderOf, publish } from '../../../testing/customer-records.js';
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

const { customerId } = await madeCustomer(users.member);

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
    const { customerId: giant } = await madeCustomer(users.director);
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
    const weights = before.items.map(({ valueAnHour, dueOn }) => {
      const days = (Date.parse(dueOn) - Date.parse(before.today)) / 86_400_000;
      return valueAnHour / Math.max(1, 1 + days);
    });
    expect(weights).toEqual([...weights].sort((a, b) => b - a));

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
    expect(member).toMatchObject({ name: 'member', closed: 1 });
    expect((await listOf(users.other, '?whose=team')).items).toEqual([]);
  });

  it('is a calendar by days, done ones included', async () => {
    const { body } = await users.member.get('/tasks?from=2026-03-01&to=2026-03-07');
    expect(body.items.map(({ title }: { title: string }) => title)).toContain('上门拜访');
    expect((await users.stranger.get('/tasks?from=2026-03-01&to=2026-03-07&whose=team')).body.items).toEqual(
      [],
    );
  });

  it('lists the first of a day that has very many, and says how many more there are', async () => {
    const { customerId: last } = await madeCustomer(users.member);
    await server.asSystem(async (db) => {
      await sql`insert into task (kind, title, assignee_id, owner_id, due_on)
        select 'manual', 'T' || n, ${users.member.userId}::int, ${users.member.userId}::int, '2026-05-04'
        from generate_series(1, 103) n`.execute(db);
      await sql`insert into warning (customer_id, owner_id, detector_id, status, score, value_at_risk, clv, raised_on, due_on, seen_on)
        select case when n > 101 then ${last}::bigint else ${customerId}::bigint end, ${users.member.userId}::int, 'd' || n, 'open',
          1, 200 - n, 0, '2026-05-01', '2026-05-05', '2026-05-01' from generate_series(1, 102) n`.execute(db);
    });
    const { body } = await users.member.get('/tasks?from=2026-05-01&to=2026-05-31&warnings=true');
    expect([body.items.length, body.warnings.length]).toEqual([100, 100]);
    expect(body.warnings[0].valueAtRisk).toBe(199);
    expect(body.more).toEqual([
      { day: '2026-05-04', tasks: 3, customers: 0, valueAtRisk: 0 },
      { day: '2026-05-05', tasks: 0, customers: 1, valueAtRisk: 197 },
    ]);
    await server.asSystem((db) => sql`delete from task where due_on = '2026-05-04'`.execute(db));
    await server.asSystem((db) => sql`delete from warning where due_on = '2026-05-05'`.execute(db));
  });
});

describe('tasks that rules make', () => {
  const listed = async (kind: string) => {
    const { body } = await users.member.get('/tasks?from=2026-01-01&to=2027-01-01');
    return body.items
      .map((one: unknown) => taskRow.parse(one))
      .filter((one: { kind: string }) => one.kind === kind);
  };
  const made = async (kind: string) => {
    await users.director.post('/warnings/runs');
    await server.runJobs();
    return listed(kind);
  };

  it('come once for a birthday, and are done when somebody calls', async () => {
    const person = { name: '陈总', birthday: '1980-03-04' };
    await users.member.post(`/customers/${customerId}/contacts`, person);
    expect(await made('birthday')).toMatchObject([
      {
        dueOn: '2026-03-04',
        minutes: 10,
        made: { name: '陈总' },
        status: 'open',
        assigneeId: users.member.userId,
      },
    ]);
    const again = await made('birthday');
    expect(again).toHaveLength(1);
    await users.member.post(`/customers/${customerId}/interactions`, { kind: 'call', summary: '祝生日快乐' });
    await server.runJobs();
    expect(await made('birthday')).toMatchObject([{ taskId: again[0].taskId, status: 'done' }]);
  });

  it('end with the erasure of the customer, and come no more; what was written by hand stays', async () => {
    const person = await madeCustomer(users.member, { name: '柳三娘' });
    const renewal = { contractNo: 'E-1', title: '年度合同', startsOn: '2025-04-01', endsOn: '2026-03-20' };
    await users.member.post(`/customers/${person.customerId}/contracts`, { ...renewal, status: 'signed' });
    await users.member.post('/tasks', task({ customerId: person.customerId, title: '给柳三娘寄样品' }));
    const open = async () => {
      const { body } = await users.member.get(
        `/tasks?from=2026-01-01&to=2027-01-01&customerId=${person.customerId}`,
      );
      return body.items.map((one: unknown) => taskRow.parse(one).kind);
    };
    await made('contract-end');
    expect((await open()).toSorted()).toEqual(['contract-end', 'manual']);
    const asked = { reason: '本人要求' };
    expect((await users.director.post(`/customers/${person.customerId}/erase`, asked)).status).toBe(200);
    await server.runJobs();
    expect(await open()).toEqual(['manual']);
    await server.asSystem((db) =>
      sql`delete from task where made_key is not null and customer_id = ${person.customerId}`.execute(db),
    );
    await made('contract-end');
    expect(await open()).toEqual(['manual']);
    const { items } = await listOf(users.member);
    const left = items.find((one) => one.customerId === person.customerId);
    expect(left).toMatchObject({ customerName: `#${person.customerId}` });
    expect(left?.task?.title).not.toContain('柳三娘');
  });

  it('come for records that nobody has touched, once the rule is on, and go when somebody touches them', async () => {
    const stale = await madeCustomer(users.member, { name: '久未维护' });
    const touch = (days: number) =>
      server.asSystem((db) => {
        const at = new Date(server.clock.now().getTime() - days * 86_400_000);
        return sql`update customer set updated_at = ${at} where customer_id = ${stale.customerId}`.execute(
          db,
        );
      });
    const measured = async () => {
      expect((await users.administrator.post('/quality/measure', {})).status).toBe(202);
      await server.runJobs();
      // A run of warnings makes no tasks before the first valuation; a night does.
      await server.asSystem((db) => emitEvent(db, 'night.began', {}));
      await server.runJobs();
      return (await listed('stale-record')).filter(
        (one: { customerId: number }) => one.customerId === stale.customerId,
      );
    };
    await touch(300);
    expect(await measured()).toEqual([]);
    const rule = { isOn: true, rowVersion: 0 };
    expect((await users.administrator.patch('/task-rules/stale-record', rule)).status).toBe(200);
    const [task] = await measured();
    expect(task).toMatchObject({ status: 'open', assigneeId: users.member.userId, minutes: 20 });
    expect(task.made.touchedOn).toMatch(/^2025-/);
    expect(await measured()).toHaveLength(1);
    await touch(0);
    expect(await measured()).toEqual([]);
  });

  it('are one line with the warning of the same contract, and done when it is renewed', async () => {
    const contract = { contractNo: 'T-1', title: '框架', startsOn: '2025-04-01', endsOn: '2026-03-31' };
    await users.member.post(`/customers/${customerId}/contracts`, contract);
    const [task] = await made('contract-end');
    expect(task).toMatchObject({ dueOn: '2026-03-02', made: { name: '框架', endsOn: '2026-03-31' } });
    expect(task.warningId).not.toBeNull();
    const lines = (await listOf(users.member)).items.filter(
      ({ warning }) => warning?.detectorId === 'contract-ending',
    );
    expect(lines).toMatchObject([{ source: 'task', task: { taskId: task.taskId } }]);
    const next = { contractNo: 'T-2', title: '续约', startsOn: '2026-04-01', endsOn: '2027-03-31' };
    await users.member.post(`/customers/${customerId}/contracts`, next);
    await server.runJobs();
    expect((await made('contract-end'))[0]).toMatchObject({ status: 'done' });
  });

  it('follow the meetings that a tier promises, which are counted from what was logged', async () => {
    await server.asSystem(async (db) => {
      const { tier_set_id } = await db
        .insertInto('tier_set')
        .values({ name: '一级' })
        .returning('tier_set_id')
        .executeTakeFirstOrThrow();
      const { tier_id } = await db
        .insertInto('tier')
        .values({ tier_set_id, rank: 1, name: '重点', badge: 'crown' })
        .returning('tier_id')
        .executeTakeFirstOrThrow();
      await db.updateTable('register_entry').set({ tier_id }).where('customer_id', '=', customerId).execute();
      const { entitlement_id } = await db
        .insertInto('entitlement')
        .values({ kind: 'meeting', name: '季度拜访' })
        .returning('entitlement_id')
        .executeTakeFirstOrThrow();
      await db.insertInto('tier_entitlement').values({ tier_id, entitlement_id, quantity: 73 }).execute();
    });
    // The visit of the worklist, on 2 March, was the last; 73 a year is every five days.
    expect(await made('meeting')).toMatchObject([
      { dueOn: '2026-03-07', made: { everyDays: 5, lastOn: '2026-03-02' }, status: 'open' },
    ]);
    const own = await users.member.get(`/customers/${customerId}/entitlements`);
    expect(own.body.items).toMatchObject([{ used: 1, breached: 0, nextOn: '2026-03-07' }]);
    server.clock.set('2026-03-09T02:00:00Z');
    await users.member.post(`/customers/${customerId}/interactions`, { kind: 'meeting', summary: '例会' });
    await server.runJobs();
    const after = await made('meeting');
    expect(after.map(({ status }: { status: string }) => status)).toEqual(['done', 'open']);
    expect(after[1].dueOn).toBe('2026-03-14');
  });

  it('come with a stage as the administrator has it', async () => {
    const action = { stage: 'at-risk', title: '进入有风险：打电话', dueDays: 3 };
    expect((await users.manager.post('/stage-actions', action)).body.code).toBe('app.forbidden');
    const { status, body } = await users.director.post('/stage-actions', action);
    const twin = await users.director.post('/stage-actions', action);
    expect([twin.status, twin.body.code]).toEqual([409, 'tasks.action_exists']);
    expect([status, body.open]).toEqual([201, 0]);
    await server.asSystem(async (db) => {
      await db.deleteFrom('customer_stage').where('customer_id', '=', customerId).execute();
      await db
        .insertInto('customer_stage')
        .values({
          customer_id: customerId,
          owner_id: users.member.userId,
          stage: 'at-risk',
          reason: 'low-chance',
          entered_on: '2026-03-08',
        })
        .execute();
    });
    expect(await made('stage')).toMatchObject([{ title: '进入有风险：打电话', dueOn: '2026-03-11' }]);
    const stale = await users.director.patch(`/stage-actions/${body.stageActionId}`, {
      isOn: false,
      rowVersion: 7,
    });
    expect([stale.status, stale.body.code]).toEqual([409, 'tasks.rule_changed']);
    await users.director.patch(`/stage-actions/${body.stageActionId}`, { isOn: false, rowVersion: 1 });
    await server.runJobs();
    const { body: rules } = await users.director.get('/task-rules');
    expect(rules.stageActions).toMatchObject([{ isOn: false, open: 0, rowVersion: 2 }]);
    const set = { leadDays: 30, rowVersion: 0 };
    expect((await users.director.patch('/task-rules/meeting', set)).body).toMatchObject({ leadDays: 30 });
    expect((await users.director.patch('/task-rules/meeting', set)).body.code).toBe('tasks.rule_changed');
  });
});

describe('the appraisal', () => {
  it('compares what was held throughout, and leaves out who changed hands', async () => {
    server.clock.set('2026-06-10T02:00:00Z');
    const scored = async (asOf: string, clv: (place: number) => number) =>
      publish(
        server,
        asOf,
        ids.map((id, place) => ({ customerId: id, pAlive: 0.8, spend: 10, clv: clv(place) })),
      );
    const ids: number[] = [];
    for (let i = 0; i < 24; i++)
      ids.push((await madeCustomer(i < 2 ? users.member : users.stranger)).customerId);
    await scored('2026-03-10', () => 100);
    // The two of the member doubled; those of others stayed, give or take a tenth.
    await scored('2026-06-09', (place) => (place < 2 ? 200 : place % 2 === 0 ? 90 : 110));
    const ask = async (client: TestClient) => appraisal.parse((await client.get('/worklist/appraisal')).body);
    const found = await ask(users.director);
    expect([found.from, found.to]).toEqual(['2026-03-10', '2026-06-09']);
    const own = found.items.find(({ userId }) => userId === users.member.userId);
    expect(own).toMatchObject({ customers: 2, clvBefore: 200, clvNow: 400, verdict: 'above', leftOut: 0 });
    expect(own?.clvExpected).toBeCloseTo(200, 9);
    expect(own?.groups).toBeNull();
    const opened = appraisal.parse(
      (await users.director.get(`/worklist/appraisal?groupsOf=${users.member.userId}`)).body,
    );
    expect(opened.items.find(({ userId }) => userId === users.member.userId)?.groups).toMatchObject([
      {
        customers: 2,
        clvBefore: 200,
        clvNow: 400,
        against: 'group',
        peers: { customers: 22, clvBefore: 2200, clvNow: 2200 },
      },
    ]);
    await users.director.patch(`/customers/${ids[0]}`, { ownerId: users.stranger.userId, rowVersion: 1 });
    const after = await ask(users.director);
    expect(after.items.find(({ userId }) => userId === users.member.userId)).toMatchObject({ customers: 1 });
    expect(after.items.find(({ userId }) => userId === users.stranger.userId)).toMatchObject({ leftOut: 1 });
    expect((await users.member.get('/worklist/appraisal')).body.code).toBe('app.forbidden');
  });
});
