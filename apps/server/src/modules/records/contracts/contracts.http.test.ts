import { contractRow, contractStages, receivableAgeing, receivableRow } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { made, orderOf } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';
import { stageOn } from './contracts.rules.js';

const server = await testServer({ clock: '2026-06-30T04:00:00Z' });
const { users } = server;
let serial = 0;

const wish = (more: Record<string, unknown> = {}) => ({
  contractNo: `HT-${++serial}`,
  title: '年度框架合同',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  ...more,
});
const signed = async (client: TestClient, customerId: number, more: Record<string, unknown> = {}) => {
  const { status, body } = await client.post(`/customers/${customerId}/contracts`, wish(more));
  if (status !== 201) throw new Error(JSON.stringify(body));
  return contractRow.parse(body);
};
const owed = async (client: TestClient, customerId: number, more: Record<string, unknown> = {}) => {
  const input = { title: '货款', dueOn: '2026-07-15', amountMinor: 100_00, ...more };
  const { status, body } = await client.post(`/customers/${customerId}/receivables`, input);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return receivableRow.parse(body);
};
const boundary = '----kezi-test-boundary';
const upload = (client: TestClient, path: string, content: string | Buffer, name: string) =>
  client.request({
    method: 'POST',
    url: path,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`,
      ),
      Buffer.from(content),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  });

describe('a contract', () => {
  it('holds a promised minimum against the orders in its days, and says where it stands', async () => {
    const { customerId } = await made(users.member);
    await orderOf(server, customerId, '2025-12-31', 9_00);
    await orderOf(server, customerId, '2026-01-01', 5_00);
    await orderOf(server, customerId, '2026-06-30', 7_00, { currency: 'CNY' });
    await orderOf(server, customerId, '2026-07-01', 3_00);
    await orderOf(server, customerId, '2026-03-01', 8_00, { currency: 'USD' });
    const contract = await signed(users.member, customerId, { minimumMinor: 365_00, amountMinor: 500_00 });
    expect(contract).toMatchObject({
      stage: 'running',
      noticeOn: '2026-11-01',
      boughtMinor: 12_00,
      dueByNowMinor: 181_00,
      currency: 'CNY',
    });
  });

  it('is refused where its number is taken, also by one that the writer may not see, or its days are reversed', async () => {
    const theirs = await signed(users.stranger, (await made(users.stranger)).customerId);
    const { customerId } = await made(users.member);
    const path = `/customers/${customerId}/contracts`;
    const taken = await users.member.post(path, wish({ contractNo: theirs.contractNo }));
    expect([taken.status, taken.body.code]).toEqual([409, 'contracts.number_conflict']);
    const reversed = await users.member.post(path, wish({ endsOn: '2025-12-31' }));
    expect([reversed.status, reversed.body.code]).toEqual([422, 'contracts.days_reversed']);
    expect((await users.member.post(path, wish({ currency: 'yuan' }))).status).toBe(400);
    expect((await users.member.get(path)).body.items).toEqual([]);
    for (const one of [`/contracts/${theirs.contractId}`, '/contracts/9999999']) {
      const hidden = await users.member.get(one);
      expect([hidden.status, hidden.body.code]).toEqual([404, 'contracts.not_found']);
    }
    expect((await users.member.get('/contracts')).body.items).not.toContainEqual(
      expect.objectContaining({ contractId: theirs.contractId }),
    );
  });

  it('tells a second writer what the first has changed, and comes back after it was deleted', async () => {
    const contract = await signed(users.member, (await made(users.member)).customerId);
    const path = `/contracts/${contract.contractId}`;
    await users.manager.patch(path, { title: '新合同', terms: '月结', rowVersion: 1 });
    const late = await users.member.patch(path, { title: '旧合同', rowVersion: 1 });
    expect([late.status, late.body.params]).toEqual([409, { by: 'manager', fields: 'terms, title' }]);
    expect((await users.member.delete(path)).status).toBe(204);
    expect((await users.member.get(path)).status).toBe(404);
    expect((await users.member.post(`${path}/restore`)).body.title).toBe('新合同');
  });

  it('is listed at the stage that the rules give it', async () => {
    const { customerId } = await made(users.member);
    const kinds = [
      { status: 'draft' },
      { status: 'terminated' },
      { startsOn: '2026-07-01' },
      { startsOn: '2026-01-01', endsOn: null },
      { startsOn: '2026-01-01', endsOn: '2026-08-29', noticeDays: 60 },
      { startsOn: '2026-01-01', endsOn: '2026-08-30', noticeDays: 60 },
      { startsOn: '2026-01-01', endsOn: '2026-06-30' },
      { startsOn: '2026-01-01', endsOn: '2026-06-29' },
    ];
    for (const kind of kinds) await signed(users.member, customerId, kind);
    const all: unknown[] = [];
    for (const stage of contractStages) {
      const { body } = await users.member.get(`/customers/${customerId}/contracts?stage=${stage}&limit=200`);
      for (const item of body.items.map((one: unknown) => contractRow.parse(one))) {
        expect([stage, stageOn(item, '2026-06-30'), item.stage]).toEqual([stage, stage, stage]);
        all.push(item.contractId);
      }
    }
    expect(new Set(all).size).toBe(kinds.length);
    const pages: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `/customers/${customerId}/contracts?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = (await users.member.get(path)).body;
      pages.push(...page.items.map((one: { endsOn: string | null }) => one.endsOn ?? 'never'));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual([...pages].sort());
    expect(pages).toHaveLength(kinds.length);
  });
});

describe('receivables and payments', () => {
  it('fill what is due first, and open it again when the payment is taken back', async () => {
    const { customerId } = await made(users.member);
    const contract = await signed(users.member, customerId);
    const late = await owed(users.member, customerId, {
      dueOn: '2026-05-01',
      contractId: contract.contractId,
    });
    const soon = await owed(users.member, customerId, { dueOn: '2026-07-30' });
    await owed(users.member, customerId, { dueOn: '2026-01-01', currency: 'USD' });
    expect(late).toMatchObject({ state: 'overdue', overdueDays: 60, contractNo: contract.contractNo });
    const paid = await users.member.post(`/customers/${customerId}/payments`, {
      receivedOn: '2026-06-30',
      amountMinor: 250_00,
    });
    expect(paid.body).toMatchObject({ allocatedMinor: 200_00, amountMinor: 250_00 });
    expect(paid.body.allocations.map((one: { receivableId: number }) => one.receivableId)).toEqual([
      late.receivableId,
      soon.receivableId,
    ]);
    expect((await users.member.get(`/contracts/${contract.contractId}`)).body).toMatchObject({
      receivableMinor: 100_00,
      receivedMinor: 100_00,
    });
    expect((await users.member.delete(`/contracts/${contract.contractId}`)).body.code).toBe(
      'contracts.owed_conflict',
    );
    expect((await users.member.delete(`/receivables/${late.receivableId}`)).body.code).toBe(
      'payments.received_conflict',
    );
    expect((await users.member.delete(`/payments/${paid.body.paymentId}`)).status).toBe(204);
    const { body } = await users.member.get(`/customers/${customerId}/receivables?state=overdue`);
    expect(body.items).toMatchObject([{ currency: 'USD' }, { receivedMinor: 0, state: 'overdue' }]);
  });

  it('never take in more than is owed, also from two people at once', async () => {
    const { customerId } = await made(users.member);
    const { receivableId } = await owed(users.member, customerId);
    const pay = (client: TestClient, more: Record<string, unknown> = {}) =>
      client.post(`/customers/${customerId}/payments`, {
        receivedOn: '2026-06-01',
        amountMinor: 80_00,
        allocations: [{ receivableId, amountMinor: 80_00 }],
        ...more,
      });
    const answers = await Promise.all([pay(users.member), pay(users.manager)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 422]);
    expect(answers.find(({ status }) => status === 422)?.body.detail).toContain('20.00 CNY');
    expect((await pay(users.member, { receivedOn: '2026-07-01' })).body.code).toBe('payments.not_yet');
    expect((await pay(users.member, { amountMinor: 0 })).status).toBe(400);
    const small = await users.member.patch(`/receivables/${receivableId}`, {
      amountMinor: 79_00,
      rowVersion: 2,
    });
    expect(small.body.code).toBe('payments.below_received');
    const twice = { paymentNo: 'P-1', allocations: [] };
    expect((await pay(users.member, twice)).status).toBe(201);
    expect((await pay(users.member, twice)).body.code).toBe('payments.number_conflict');
  });

  it('are summed by age over what the reader sees', async () => {
    const { customerId } = await made(users.stranger);
    for (const [dueOn, amountMinor] of [
      ['2026-06-30', 1],
      ['2026-06-29', 2],
      ['2026-05-31', 4],
      ['2026-05-30', 8],
      ['2026-04-01', 16],
      ['2026-03-31', 32],
    ] as const) {
      await owed(users.stranger, customerId, { dueOn, amountMinor, currency: 'EUR' });
    }
    const ageing = receivableAgeing.parse((await users.stranger.get('/receivables/ageing')).body);
    expect(ageing.items).toEqual([
      {
        currency: 'EUR',
        receivables: 6,
        openMinor: 63,
        buckets: { notDue: 1, to30: 6, to60: 8, to90: 16, beyond90: 32 },
      },
    ]);
    const mine = receivableAgeing.parse((await users.member.get('/receivables/ageing')).body);
    expect(mine.items.some((item) => item.currency === 'EUR')).toBe(false);
  });
});

describe('files of a record', () => {
  it('come in by their content, leave as downloads, and are seen by who sees the record', async () => {
    const contract = await signed(users.member, (await made(users.member)).customerId);
    const path = `/contracts/${contract.contractId}/files`;
    const pdf = '%PDF-1.7 第一条';
    const added = await upload(users.member, path, pdf, '../合同"签字版.pdf');
    expect(added.body).toMatchObject({ mediaType: 'application/pdf', sizeBytes: Buffer.byteLength(pdf) });
    const file = `/files/${added.body.attachmentId}`;
    const taken = await users.manager.get(file);
    expect([taken.status, taken.raw.body]).toEqual([200, pdf]);
    expect(taken.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(taken.headers['content-disposition']).toMatch(/^attachment; filename="[^"]*"; filename\*=UTF-8''/);
    for (const [content, code] of [
      ['<svg onload=alert(1)>', 'files.type_refused'],
      ['<!doctype html><script>', 'files.type_refused'],
      ['MZ\0\0', 'files.unknown_type'],
      ['', 'files.empty'],
    ] as const) {
      const refused = await upload(users.member, path, content, 'picture.png');
      expect(refused.body.code).toBe(code);
    }
    for (const one of [file, path]) expect((await users.stranger.get(one)).status).toBe(404);
    expect((await upload(users.stranger, path, pdf, 'a.pdf')).body.code).toBe('contracts.not_found');
    expect((await users.stranger.delete(file)).status).toBe(404);
    expect((await users.member.get(`/contracts/${contract.contractId}`)).body.files).toBe(1);
    expect((await users.member.delete(file)).status).toBe(204);
    expect((await users.member.get(path)).body.items).toEqual([]);
  });

  it('keep their bytes while another record has the same', async () => {
    const customer = await made(users.member);
    const [a, b] = [
      await signed(users.member, customer.customerId),
      await signed(users.member, customer.customerId),
    ];
    const files = [];
    for (const { contractId } of [a, b]) {
      files.push((await upload(users.member, `/contracts/${contractId}/files`, '%PDF- same', 'a.pdf')).body);
    }
    await users.member.delete(`/files/${files[0].attachmentId}`);
    expect((await users.member.get(`/files/${files[1].attachmentId}`)).raw.body).toBe('%PDF- same');
  });
});
