import { beforeAll, describe, expect, it } from 'vitest';
import { made } from '../../testing/customer-records.js';
import { importFile } from '../../testing/import-file.js';
import { testServer } from '../../testing/test-server.js';

const server = await testServer();
const { member, stranger, director } = server.users;

let own: number;
beforeAll(async () => {
  own = (await made(member, { customerNo: 'C-1', name: '甲公司' })).customerId;
  await made(stranger, { customerNo: 'C-9', name: '别人公司' });
});

const counts = async (kind: 'contacts' | 'contracts' | 'payments', lines: string[]) => {
  const batch = await importFile(server, member, kind, `${lines.join('\n')}\n`);
  expect([batch.status, batch.error]).toEqual(['imported', null]);
  return { batch, told: batch.counts?.records[kind], rejected: batch.counts?.reasons };
};
const undo = async (importBatchId: number) => {
  await member.post(`/imports/${importBatchId}/undo`, {});
  await server.runJobs();
  expect((await member.get(`/imports/${importBatchId}`)).body.status).toBe('undone');
};

describe('contacts of a file', () => {
  const head = '客户编号,姓名,职位,手机,邮箱,决策角色';

  it('come to be, are found, change nothing the second time, and are taken back', async () => {
    const lines = [head, 'C-1,王小明,采购经理,138 1234 5678,wang@example.com,决策者', 'C-1,李雪,总经理,,,'];
    const first = await counts('contacts', lines);
    expect(first.told).toEqual({ added: 2, changed: 0, unchanged: 0 });
    expect((await counts('contacts', lines)).told).toEqual({ added: 0, changed: 0, unchanged: 2 });
    const found = await member.get('/contacts?q=13812345678');
    expect(found.body.items).toMatchObject([{ name: '王小明', decisionRole: 'decider', title: '采购经理' }]);
    const later = await counts('contacts', [head, 'C-1,王小明,采购总监,,,']);
    expect(later.told).toEqual({ added: 0, changed: 1, unchanged: 0 });
    const after = await member.get('/contacts?q=13812345678');
    expect(after.body.items).toMatchObject([{ title: '采购总监' }]);
    await undo(later.batch.importBatchId);
    expect((await member.get('/contacts?q=13812345678')).body.items).toMatchObject([{ title: '采购经理' }]);
    expect((await stranger.get('/contacts?q=13812345678')).body.items).toEqual([]);
  });

  it('of somebody else’s customer are refused as of one that is not there; the bad ones are kept with their reasons', async () => {
    const { batch, told, rejected } = await counts('contacts', [
      head,
      'C-9,张三,,,,',
      'C-404,张三,,,,',
      'C-1,赵六,,138,,',
      'C-1,钱七,,,,国王',
      'C-1,孙八,,,,',
      'C-1,孙八,,,,',
    ]);
    expect(told).toEqual({ added: 1, changed: 0, unchanged: 0 });
    expect(rejected).toEqual({
      'imports.customer_not_available': 2,
      'contacts.phone_unreadable': 1,
      'customers.code_unknown': 1,
      'imports.repeated_in_file': 1,
    });
    const { body } = await member.get(`/imports/${batch.importBatchId}/errors`);
    expect(body.items.map((item: { line: number }) => item.line)).toEqual([2, 3, 4, 5, 7]);
    await undo(batch.importBatchId);
    expect((await member.get(`/customers/${own}/contacts`)).body.items).toHaveLength(2);
  });
});

describe('contracts and payments of a file', () => {
  it('are known by their numbers; what somebody does not see is refused without a word of it', async () => {
    const head = '合同编号,客户编号,合同名称,开始日期,结束日期,金额';
    const lines = [head, 'HT-1,C-1,年框,2026-01-01,2026-12-31,1200000', 'HT-2,C-1,,2026-03-01,2026-02-01,1'];
    const first = await counts('contracts', lines);
    expect([first.told, first.rejected]).toEqual([
      { added: 1, changed: 0, unchanged: 0 },
      { 'contracts.days_reversed': 1 },
    ]);
    expect((await counts('contracts', lines)).told).toEqual({ added: 0, changed: 0, unchanged: 1 });
    expect((await member.get('/contracts')).body.items).toMatchObject([
      { contractNo: 'HT-1', amountMinor: 120_000_000, status: 'signed' },
    ]);
    const theirs = (await stranger.get('/customers')).body.items[0].customerId;
    const contract = { contractNo: 'HT-9', title: '别人的', startsOn: '2026-01-01' };
    expect((await stranger.post(`/customers/${theirs}/contracts`, contract)).status).toBe(201);
    const taken = await counts('contracts', [head, 'HT-9,C-1,抢,2026-01-01,,1']);
    expect(taken.rejected).toEqual({ 'imports.number_not_available': 1 });
  });

  it('are booked once, and a payment that was set off stays when its batch is undone', async () => {
    const head = '回款编号,客户编号,回款日期,金额';
    const due = { title: '首付', dueOn: '2026-02-01', amountMinor: 500_000 };
    expect((await member.post(`/customers/${own}/receivables`, due)).status).toBe(201);
    const lines = [head, 'SK-1,C-1,2026-02-10,5000', 'SK-2,C-1,2026-02-11,-3'];
    const first = await counts('payments', lines);
    expect([first.told, first.rejected]).toEqual([
      { added: 1, changed: 0, unchanged: 0 },
      { 'imports.number_absurd': 1 },
    ]);
    expect((await counts('payments', lines)).told).toEqual({ added: 0, changed: 0, unchanged: 1 });
    const { items } = (await director.get('/payments')).body;
    expect(items).toMatchObject([{ paymentNo: 'SK-1', amountMinor: 500_000, allocatedMinor: 0 }]);
    await undo(first.batch.importBatchId);
    expect((await director.get('/payments')).body.items).toEqual([]);
  });
});
