import type {
  HolidayYearList,
  CustomerEntitlements,
  EntitlementList,
  NoteRow,
  ReceivableRow,
  ServiceClockList,
  TaskRow,
  TierSet,
  WorkCalendar,
  WarningRow,
  Worklist,
} from '@kezi/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { made, publish } from '../../../testing/customer-records.js';
import { importFile } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

// Monday, 10:00 in Shanghai.
const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { director, manager, member, stranger } = server.users;

let customerId: number;
let top: number;

const clocksOf = async (client = member) =>
  (await client.get<ServiceClockList>(`/customers/${customerId}/clocks`)).body;
const list = async (state: string, client = member) =>
  (await client.get<ServiceClockList>(`/entitlements/clocks?state=${state}`)).body;

async function need(title: string, more: object = {}): Promise<NoteRow> {
  const { body } = await member.post<NoteRow>(`/customers/${customerId}/notes`, {
    kind: 'need',
    title,
    ...more,
  });
  await server.runJobs();
  return body;
}

const clockOf = async (title: string) => (await clocksOf()).items.find((clock) => clock.title === title);

async function tasksOf(title: string): Promise<TaskRow[]> {
  const { items } = (await member.get<Worklist>('/worklist')).body;
  return items.flatMap(({ task }) => (task?.made?.['name'] === title ? [task] : []));
}

const countedOf = async (kind: string) => {
  const all = (await director.get<EntitlementList>('/entitlements')).body.items;
  const own = (await member.get<CustomerEntitlements>(`/customers/${customerId}/entitlements`)).body.items;
  const [one, other] = [all, own].map((items) => items.find((item) => item.kind === kind)!);
  expect([other!.used, other!.breached]).toEqual([one!.used, one!.breached]);
  return [one!.used, one!.breached];
};

beforeAll(async () => {
  const set = await director.post<TierSet>('/tiers/sets', {
    name: '两级',
    tiers: [
      { name: '金牌', badge: 'medal' },
      { name: '其他', badge: 'circle' },
    ],
  });
  top = set.body.tiers[0]!.tierId;
  for (const [kind, quantity] of [
    ['response', 2],
    ['solution', 9],
    ['credit-limit', 1000],
  ] as const) {
    await director.post('/entitlements', { kind, name: kind, promises: [{ tierId: top, quantity }] });
  }
  customerId = (await made(member)).customerId;
});

describe('a clock', () => {
  it('does not begin where the tier is promised nothing', async () => {
    await need('还没有等级');
    expect((await clocksOf()).items).toEqual([]);
    await server.asSystem((db) => sql`update register_entry set tier_id = ${top}, tier_rank = 1`.execute(db));
  });

  it('begins with a need, counts in working hours, and stands in the list of tasks', async () => {
    server.clock.set('2026-03-02T09:00:00Z'); // 17:00
    await need('换包装');
    expect(await clockOf('换包装')).toMatchObject({
      responseHours: 2,
      respondBy: '2026-03-03T02:00:00.000Z',
      solveBy: '2026-03-03T09:00:00.000Z',
      respondedAt: null,
      isResponseLate: false,
    });
    expect((await list('running')).total).toEqual({ running: 1, late: 0 });
    expect((await list('running', stranger)).items).toEqual([]);
    expect((await stranger.get(`/customers/${customerId}/clocks`)).status).toBe(404);
    const tasks = await tasksOf('换包装');
    expect(tasks.map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['response', '2026-03-03'],
      ['solution', '2026-03-03'],
    ]);
    expect(tasks[0]?.made).toMatchObject({ dueTime: '10:00' });
  });

  it('is answered by a word with the customer, not by a note, and no longer when that is taken out', async () => {
    server.clock.set('2026-03-03T01:30:00Z');
    await member.post(`/customers/${customerId}/interactions`, { kind: 'note', summary: '想想' });
    await server.runJobs();
    expect((await clockOf('换包装'))?.respondedAt).toBeNull();
    const said = await member.post<{ interactionId: number }>(`/customers/${customerId}/interactions`, {
      kind: 'call',
      summary: '答应给样品',
    });
    await server.runJobs();
    expect(await clockOf('换包装')).toMatchObject({
      respondedAt: '2026-03-03T01:30:00.000Z',
      isResponseLate: false,
    });
    expect((await tasksOf('换包装')).map(({ kind }) => kind)).toEqual(['solution']);
    expect(await countedOf('response')).toEqual([1, 0]);
    await member.delete(`/interactions/${said.body.interactionId}`);
    await server.runJobs();
    expect((await clockOf('换包装'))?.respondedAt).toBeNull();
    await member.post(`/interactions/${said.body.interactionId}/restore`);
    await server.runJobs();
    expect((await clockOf('换包装'))?.respondedAt).not.toBeNull();
  });

  it('is late after its time, warned of, and counted as broken even when it is solved in the end', async () => {
    server.clock.set('2026-03-05T02:00:00Z');
    expect(await list('late')).toMatchObject({ total: { running: 1, late: 1 } });
    expect(await countedOf('solution')).toEqual([0, 1]);
    await publish(server, '2026-03-01', [{ customerId, pAlive: 0.9, spend: 100, clv: 1000 }]);
    await director.post('/warnings/runs');
    await server.runJobs();
    const { items } = (await member.get<{ items: WarningRow[] }>('/warnings')).body;
    expect(items.find(({ detectorId }) => detectorId === 'service-late')).toMatchObject({
      score: 2,
      valueAtRisk: 150,
      evidence: { phase: 'solution', lateDays: 2, waiting: 1 },
    });
    const [task] = await tasksOf('换包装');
    const done = await member.post<TaskRow>(`/tasks/${task!.taskId}/done`, { rowVersion: task!.rowVersion });
    expect(done.body.status).toBe('done');
    await server.runJobs();
    expect(await clockOf('换包装')).toMatchObject({
      solvedAt: '2026-03-05T02:00:00.000Z',
      isSolutionLate: true,
    });
    expect((await list('running')).items).toEqual([]);
    expect(await countedOf('solution')).toEqual([0, 1]);
    const needs = await member.get<{ items: NoteRow[] }>(`/customers/${customerId}/notes?kind=need`);
    expect(needs.body.items.find(({ title }) => title === '换包装')?.status).toBe('met');
  });

  it('asks how the customer was answered before it takes a task for done', async () => {
    await need('要发票');
    const [task] = await tasksOf('要发票');
    const path = `/tasks/${task!.taskId}/done`;
    const refused = await member.post(path, { rowVersion: task!.rowVersion });
    expect([refused.status, refused.body.code]).toEqual([422, 'tasks.answer_missing']);
    await member.post(path, {
      rowVersion: task!.rowVersion,
      interaction: { kind: 'call', summary: '明天寄出' },
    });
    await server.runJobs();
    expect((await clockOf('要发票'))?.respondedAt).not.toBeNull();
  });

  it('ends with a need that is dropped or deleted, and runs on with one that comes back', async () => {
    const note = await need('可有可无');
    await member.patch(`/notes/${note.noteId}`, { status: 'dropped', rowVersion: 1 });
    await server.runJobs();
    expect((await clockOf('可有可无'))?.endedAt).not.toBeNull();
    expect(await tasksOf('可有可无')).toEqual([]);
    await member.patch(`/notes/${note.noteId}`, { status: 'open', rowVersion: 2 });
    await server.runJobs();
    expect((await clockOf('可有可无'))?.endedAt).toBeNull();
    await member.delete(`/notes/${note.noteId}`);
    await server.runJobs();
    expect((await list('running')).items.map(({ title }) => title)).toEqual(['要发票']);
  });

  it('counts from the end of the day for what was said earlier, and not for what is long ago', async () => {
    await need('上周五说的', { notedOn: '2026-02-27' });
    await need('去年说的', { notedOn: '2025-03-01' });
    expect(await clockOf('上周五说的')).toMatchObject({
      askedAt: '2026-02-27T10:00:00.000Z',
      respondBy: '2026-03-02T03:00:00.000Z',
    });
    expect(await clockOf('去年说的')).toBeUndefined();
    // Late from the first, not due today.
    expect((await tasksOf('上周五说的')).map(({ dueOn }) => dueOn)).toEqual(['2026-03-02']);
  });

  it('is stopped by whoever sees the customer, and no one else', async () => {
    const clock = await clockOf('上周五说的');
    const path = `/entitlements/clocks/${clock!.serviceClockId}/solve`;
    expect((await stranger.post(path)).body.code).toBe('clocks.not_found');
    expect((await member.post(path)).status).toBe(204);
    await server.runJobs();
    expect((await clockOf('上周五说的'))?.solvedAt).not.toBeNull();
    // A second press changes nothing.
    expect((await member.post(path)).status).toBe(204);
  });
});

describe('working hours', () => {
  it('are set by who sets entitlements, seen by all, for what is asked from then on', async () => {
    const { body } = await member.get<WorkCalendar>('/work-calendar');
    expect(body).toMatchObject({
      weekdays: [1, 2, 3, 4, 5],
      spans: [{ from: '09:00', until: '18:00' }],
      rowVersion: 0,
    });
    const always = {
      ...body,
      weekdays: [7, 1, 2, 3, 4, 5, 6],
      spans: [{ from: '00:00', until: '24:00' }],
    };
    expect((await manager.put('/work-calendar', always)).status).toBe(403);
    const backwards = [
      { from: '13:30', until: '18:00' },
      { from: '09:00', until: '12:00' },
    ];
    expect((await director.put('/work-calendar', { ...body, spans: backwards })).status).toBe(400);
    const set = await director.put<WorkCalendar>('/work-calendar', always);
    expect(set.body).toMatchObject({ weekdays: [1, 2, 3, 4, 5, 6, 7], rowVersion: 1 });
    expect((await director.put('/work-calendar', always)).body.code).toBe('clocks.calendar_changed');
    const again = await director.put<WorkCalendar>('/work-calendar', {
      ...set.body,
      closedDays: ['2026-03-06'],
    });
    expect(again.body).toMatchObject({ closedDays: ['2026-03-06'], rowVersion: 2 });
    server.clock.set('2026-03-05T15:00:00Z'); // 23:00, and the next day is a holiday
    await need('夜里');
    expect((await clockOf('夜里'))?.respondBy).toBe('2026-03-06T17:00:00.000Z');
    expect((await clockOf('要发票'))?.respondBy).toBe('2026-03-05T04:00:00.000Z');
    const { items } = (await member.get<HolidayYearList>('/work-calendar/holidays')).body;
    expect(items.find(({ year }) => year === 2026)?.openDays).toContain('2026-02-28');
  });
});

describe('a limit of credit', () => {
  it('counts what is open in the base currency, and warns of what is beyond it', async () => {
    const bill = (amountMinor: number, currency = 'CNY') =>
      member.post<ReceivableRow>(`/customers/${customerId}/receivables`, {
        title: '货款',
        dueOn: '2026-05-01',
        currency,
        amountMinor,
      });
    await bill(60_000);
    await bill(90_000, 'USD');
    const credit = async () =>
      (await member.get<CustomerEntitlements>(`/customers/${customerId}/entitlements`)).body.items.find(
        ({ kind }) => kind === 'credit-limit',
      );
    expect(await credit()).toMatchObject({ quantity: 1000, exposureMinor: 60_000, breached: 0 });
    await bill(50_000);
    expect(await credit()).toMatchObject({ exposureMinor: 110_000, breached: 1 });
    await director.post('/warnings/runs');
    await server.runJobs();
    const { items } = (await member.get<{ items: WarningRow[] }>('/warnings')).body;
    expect(items.find(({ detectorId }) => detectorId === 'credit-exceeded')).toMatchObject({
      valueAtRisk: 100,
      evidence: { exposureAmount: 1100, limitAmount: 1000 },
    });
  });
});

describe('needs that come in by import', () => {
  it('start the clocks that can still be kept, once, and none of old history', async () => {
    server.clock.set('2026-06-03T06:00:00Z'); // Wednesday, 14:00
    const { customerId: id, customerNo } = await made(member);
    // The usual hours again, from 9 to 18.
    await server.asSystem((db) => db.deleteFrom('work_calendar').execute());
    await server.asSystem((db) =>
      sql`update register_entry set tier_id = ${top}, tier_rank = 1 where customer_id = ${id}::bigint`.execute(
        db,
      ),
    );
    const lines = [
      ['今天提的', '2026-06-03', ''],
      ['昨天提的', '2026-06-02', ''],
      ['上周提的', '2026-05-29', ''],
      ['去年提的', '2025-06-03', ''],
      ['已经办好', '2026-06-03', '已满足'],
    ];
    const file = (rows: string[][]) =>
      ['客户编号,类别,标题,日期,状态', ...rows.map((row) => [customerNo, '需求', ...row].join(','))].join(
        '\n',
      );
    const imported = await importFile(server, member, 'notes', file(lines));
    expect([imported.status, imported.counts?.accepted]).toEqual(['imported', 5]);
    const clocks = async () =>
      (await member.get<ServiceClockList>(`/customers/${id}/clocks`)).body.items
        .map(
          ({ title, respondBy, solveBy, solvedAt }) =>
            [title, respondBy, solveBy, solvedAt !== null] as const,
        )
        .toSorted(([one = ''], [other = '']) => (one! < other! ? -1 : 1));
    // Of the day before the answer was due at 11:00 of today, before anybody here heard of it.
    expect(await clocks()).toEqual([
      ['今天提的', '2026-06-03T08:00:00.000Z', '2026-06-04T06:00:00.000Z', false],
      ['昨天提的', null, '2026-06-03T10:00:00.000Z', false],
    ]);
    expect((await list('late')).items.filter((clock) => clock.customerId === id)).toEqual([]);
    await importFile(server, member, 'notes', file([['昨天提的', '2026-06-02', '已满足']]));
    expect((await clocks()).map(([title, , , solved]) => [title, solved])).toEqual([
      ['今天提的', false],
      ['昨天提的', true],
    ]);
    await member.post(`/imports/${imported.importBatchId}/undo`, { keepTouched: true });
    await server.runJobs();
    expect((await list('running')).items.filter((clock) => clock.customerId === id)).toEqual([]);
  });
});
