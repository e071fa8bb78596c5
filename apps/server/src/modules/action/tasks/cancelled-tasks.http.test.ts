import { taskList, type TaskRow } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { made as madeCustomer, orderOf, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;
const { customerId } = await madeCustomer(users.member);
for (let i = 0; i < 3; i++) await orderOf(server, customerId, `2026-02-0${i + 1}`, 100_00);
await publish(server, '2026-03-02', [{ customerId, pAlive: 0.9, spend: 100, clv: 1000 }]);

const listed = async (more = ''): Promise<TaskRow[]> => {
  const { body } = await users.member.get(`/tasks?from=2026-01-01&to=2027-01-01${more}`);
  return taskList.parse(body).items;
};
const find = async (taskId: number) =>
  (await listed('&cancelled=true')).find((task) => task.taskId === taskId);
const newTask = async () =>
  (await users.member.post('/tasks', { title: '回访', dueOn: '2026-03-02', customerId })).body as TaskRow;

describe('a task that was cancelled', () => {
  it('says who took it off and why, and is put back as it was', async () => {
    const { taskId } = await newTask();
    const off = { status: 'cancelled', note: '客户改到下月', rowVersion: 1 };
    expect((await users.manager.patch(`/tasks/${taskId}`, off)).body).toMatchObject({
      status: 'cancelled',
      cancelled: { because: 'by-hand', note: '客户改到下月', byName: 'manager' },
    });
    expect((await listed()).map((task) => task.taskId)).not.toContain(taskId);
    expect(await find(taskId)).toMatchObject({ cancelled: { note: '客户改到下月' } });
    const moved = await users.member.patch(`/tasks/${taskId}`, { dueOn: '2026-03-09', rowVersion: 2 });
    expect([moved.status, moved.body.code]).toEqual([409, 'tasks.done_conflict']);
    const back = await users.member.patch(`/tasks/${taskId}`, { status: 'open', rowVersion: 2 });
    expect(back.body).toMatchObject({ status: 'open', cancelled: null });
    expect((await users.member.post(`/tasks/${taskId}/done`, { rowVersion: 3 })).status).toBe(200);
    const late = await users.member.patch(`/tasks/${taskId}`, { status: 'open', rowVersion: 4 });
    expect([late.status, late.body.code]).toEqual([409, 'tasks.done_conflict']);
  });

  it('says that its next step was deleted', async () => {
    const step = { nextStep: '寄合同', nextStepOn: '2026-03-05' };
    const logged = await users.member.post(`/customers/${customerId}/interactions`, {
      kind: 'call',
      summary: '谈了续约',
      ...step,
    });
    await server.runJobs();
    await users.member.delete(`/interactions/${logged.body.interactionId}`);
    await server.runJobs();
    const gone = (await listed('&cancelled=true')).find(({ kind }) => kind === 'next-step');
    expect(gone).toMatchObject({ status: 'cancelled', cancelled: { because: 'step-removed', byName: null } });
    await users.member.post(`/interactions/${logged.body.interactionId}/restore`);
    await server.runJobs();
    expect(await find(gone!.taskId)).toMatchObject({ status: 'open', cancelled: null });
  });

  it('says that its rule is off or asks no more, and comes back with the wish unless somebody took it off', async () => {
    // Nobody has spoken with this one: a word would have kept both dates.
    const other = (await madeCustomer(users.member)).customerId;
    await users.member.post(`/customers/${other}/contacts`, { name: '陈总', birthday: '1980-03-04' });
    await users.member.post(`/customers/${other}/contacts`, { name: '林总', birthday: '1980-03-05' });
    const made = async (isOn: boolean, rowVersion: number) => {
      const set = await users.administrator.patch('/task-rules/birthday', { isOn, rowVersion });
      expect(set.status).toBe(200);
      await users.director.post('/warnings/runs');
      await server.runJobs();
      return (await listed('&cancelled=true')).filter(({ kind }) => kind === 'birthday');
    };
    const [first, second] = await made(true, 0);
    await users.member.patch(`/tasks/${second!.taskId}`, { status: 'cancelled', rowVersion: 1 });
    expect(await made(false, 1)).toMatchObject([
      { taskId: first!.taskId, cancelled: { because: 'rule-off', byName: null, note: null } },
      { taskId: second!.taskId, cancelled: { because: 'by-hand', byName: 'member' } },
    ]);
    expect(await made(true, 2)).toMatchObject([
      { taskId: first!.taskId, status: 'open', cancelled: null },
      { taskId: second!.taskId, status: 'cancelled' },
    ]);
    const { body } = await users.member.get(`/customers/${other}/contacts`);
    const { contactId } = body.items.find(({ name }: { name: string }) => name === '陈总');
    await users.member.delete(`/contacts/${contactId}`);
    await users.director.post('/warnings/runs');
    await server.runJobs();
    expect(await find(first!.taskId)).toMatchObject({ cancelled: { because: 'not-asked' } });
  });
});
