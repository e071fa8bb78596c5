import type { ImportKind } from '@kezi/contract';
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

const counts = async (kind: ImportKind, lines: string[], by = member) => {
  const batch = await importFile(server, by, kind, `${lines.join('\n')}\n`);
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
      'imports.choice_unknown': 1,
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
      { 'imports.amount_not_positive': 1 },
    ]);
    expect((await counts('payments', lines)).told).toEqual({ added: 0, changed: 0, unchanged: 1 });
    const { items } = (await director.get('/payments')).body;
    expect(items).toMatchObject([{ paymentNo: 'SK-1', amountMinor: 500_000, allocatedMinor: 0 }]);
    await undo(first.batch.importBatchId);
    expect((await director.get('/payments')).body.items).toEqual([]);
  });
});

describe('interactions of a file', () => {
  const head = '客户编号,跟进时间,跟进内容,跟进方式,联系人,跟进人,下一步,下次跟进日期';
  const talks = async () => {
    const { items } = (await member.get(`/customers/${own}/timeline`)).body;
    return items.flatMap((entry: { interaction?: object }) => entry.interaction ?? []);
  };

  it('come with their hour and who took part, once, and are taken back; a next step with a day is a task', async () => {
    expect((await member.post(`/customers/${own}/contacts`, { name: '周经理' })).status).toBe(201);
    const lines = [
      head,
      'C-1,2026-03-01 14:30,谈妥年框价格,上门拜访,周经理,member,发报价,2026-03-20',
      'C-1,2026-03-01,要两份样品,电话,,,,',
    ];
    const first = await counts('interactions', lines);
    expect(first.told).toEqual({ added: 2, changed: 0, unchanged: 0 });
    expect((await counts('interactions', lines)).told).toEqual({ added: 0, changed: 0, unchanged: 2 });
    expect(await talks()).toMatchObject([
      {
        kind: 'visit',
        happenedAt: '2026-03-01T06:30:00.000Z',
        contacts: [{ name: '周经理' }],
        users: [{ name: 'member' }],
        nextStepOn: '2026-03-20',
      },
      { kind: 'call', happenedAt: '2026-02-28T16:00:00.000Z', contacts: [], users: [] },
    ]);
    await server.runJobs();
    const tasks = await member.get(`/tasks?from=2026-03-01&to=2026-04-01`);
    expect(JSON.stringify(tasks.body)).toContain('发报价');
    await undo(first.batch.importBatchId);
    expect(await talks()).toEqual([]);
  });

  it('of strangers, of the future, of nobody and without a day for no step are refused', async () => {
    const { told, rejected } = await counts('interactions', [
      head,
      'C-9,2026-03-01,别人的,电话,,,,',
      'C-1,2099-01-01,还没发生,电话,,,,',
      'C-1,2026-03-01,没有这个人,电话,查无此人,,,',
      'C-1,2026-03-01,没有这位同事,电话,,查无此人,,',
      'C-1,2026-03-01,有日期没有事,电话,,,,2026-03-20',
      'C-1,2026-03-01,什么方式,心灵感应,,,,',
    ]);
    expect([told, rejected]).toEqual([
      { added: 0, changed: 0, unchanged: 0 },
      {
        'imports.customer_not_available': 1,
        'interactions.not_yet': 1,
        'imports.contact_unknown': 1,
        'imports.owner_unknown': 1,
        'interactions.next_step_missing': 1,
        'imports.choice_unknown': 1,
      },
    ]);
  });
});

describe('addresses of a file', () => {
  const head = '客户编号,地址,地址类型,邮编,行政区划';

  it('join those that are there, several a customer, and are taken back as one', async () => {
    const lines = [head, 'C-1,文三路 1 号,办公,310012,330100', 'C-1,港区 8 号仓,收货,,浙江省'];
    const first = await importFile(server, member, 'addresses', `${lines.join('\n')}\n`);
    expect(first.counts?.records).toEqual({ customers: { added: 0, changed: 1, unchanged: 0 } });
    const again = await importFile(server, member, 'addresses', `${lines.join('\n')}\n`);
    expect(again.counts?.records).toEqual({ customers: { added: 0, changed: 0, unchanged: 1 } });
    const { addresses } = (await member.get(`/customers/${own}`)).body;
    expect(addresses).toMatchObject([
      { kind: 'office', line: '文三路 1 号', postcode: '310012', divisionCode: '330100', countryCode: 'CN' },
      { kind: 'delivery', line: '港区 8 号仓', divisionCode: '330000' },
    ]);
    await undo(first.importBatchId);
    expect((await member.get(`/customers/${own}`)).body.addresses).toEqual([]);
  });

  it('of strangers and of places that are none are refused', async () => {
    const lines = [
      `${head},国家`,
      'C-9,某路 1 号,,,,',
      'C-1,某路 2 号,,,999999,',
      'C-1,某路 3 号,,,330100,DE',
    ];
    const batch = await importFile(server, member, 'addresses', `${lines.join('\n')}\n`);
    expect(batch.counts?.reasons).toEqual({
      'imports.customer_not_available': 1,
      'customers.code_unknown': 1,
      'customers.division_elsewhere': 1,
    });
  });
});

describe('receivables and notes of a file', () => {
  it('are known again by customer and name; a contract is one of the customer', async () => {
    const head = '客户编号,款项,到期日,金额,合同编号';
    const lines = [
      head,
      'C-1,尾款,2026-05-01,800,HT-1',
      'C-1,质保金,2026-06-01,0,',
      'C-1,三期,2026-06-01,5,HT-9',
    ];
    const first = await counts('receivables', lines);
    expect([first.told, first.rejected]).toEqual([
      { added: 1, changed: 0, unchanged: 0 },
      { 'imports.amount_not_positive': 1, 'imports.contract_unknown': 1 },
    ]);
    const more = await counts('receivables', [head, 'C-1,尾款,2026-05-01,900,HT-1']);
    expect(more.told).toEqual({ added: 0, changed: 1, unchanged: 0 });
    const { items } = (await member.get(`/customers/${own}/receivables`)).body;
    expect(items).toContainEqual(
      expect.objectContaining({ title: '尾款', amountMinor: 90_000, contractNo: 'HT-1' }),
    );
    await undo(more.batch.importBatchId);
    const left = (await member.get(`/customers/${own}/receivables`)).body.items;
    expect(left).toContainEqual(expect.objectContaining({ title: '尾款', amountMinor: 80_000 }));
  });

  it('are of four kinds, each with words of its own', async () => {
    const head = '客户编号,类型,标题,日期,状态,份额';
    const lines = [head, 'C-1,竞争对手,新华材料,2026-03-01,,30%', 'C-1,需求,账期 30 天,2026-03-02,已满足,'];
    const bad = [
      'C-1,八卦,某事,2026-03-01,,',
      'C-1,竞争对手,大华,2026-03-01,,130',
      'C-1,需求,某需求,2026-03-01,在供,',
    ];
    const first = await counts('notes', [...lines, ...bad]);
    expect([first.told, first.rejected]).toEqual([
      { added: 2, changed: 0, unchanged: 0 },
      { 'imports.choice_unknown': 2, 'imports.percent_unreadable': 1 },
    ]);
    const { items } = (await member.get(`/customers/${own}/notes`)).body;
    expect(items).toMatchObject([
      { kind: 'need', title: '账期 30 天', status: 'met' },
      { kind: 'competitor', title: '新华材料', status: 'present', sharePercent: 30 },
    ]);
    await undo(first.batch.importBatchId);
    expect((await member.get(`/customers/${own}/notes`)).body.items).toEqual([]);
  });
});

describe('a customer that was opened for reading alone', () => {
  it('takes in nothing of a file, and the rest of the file is taken in', async () => {
    const share = { colleagueId: stranger.userId, access: 'read' };
    expect((await member.post(`/customers/${own}/shares`, share)).status).toBe(201);
    const { told, rejected } = await counts('contacts', ['客户编号,姓名', 'C-1,吴九', 'C-9,郑十'], stranger);
    expect([told, rejected]).toEqual([
      { added: 1, changed: 0, unchanged: 0 },
      { 'imports.customer_not_available': 1 },
    ]);
  });
});
