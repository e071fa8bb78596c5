import { expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { manager, member } = server.users;

const all = (...items: object[]) => ({ match: 'all', not: false, items });

async function kept(client: TestClient, name: string, rule: object): Promise<number> {
  const { status, body } = await client.post('/segments', { name, rule });
  expect(status).toBe(201);
  return body.segmentId;
}

it('narrows a pool by a segment; for people of their own customers it asks only what the pool shows', async () => {
  const { poolId } = (await manager.post('/pools', { teamId: server.users.teams.north })).body;
  const wanted = await made(manager, { region: '昆明', tags: ['旧友'] });
  const other = await made(manager, { region: '北京' });
  for (const { customerId } of [wanted, other]) {
    expect((await manager.post(`/customers/${customerId}/release`, { reason: '不再采购' })).status).toBe(204);
  }
  const inPool = (client: TestClient, segmentId: number) =>
    client.get(`/pools/${poolId}/customers?segmentId=${segmentId}`);
  const shown = all({ field: 'region', is: 'in', values: ['昆明'] });
  const hidden = all(shown, all({ field: 'tag', is: 'in', values: ['旧友'] }));
  const ids = async (client: TestClient, rule: object) => {
    const { body } = await inPool(
      client,
      await kept(client, `客群 ${JSON.stringify(rule)}`.slice(0, 90), rule),
    );
    return body.items?.map((item: { customerId: number }) => item.customerId) ?? body.code;
  };
  expect(await ids(member, shown)).toEqual([wanted.customerId]);
  // One customer at a time it would tell who carries the tag.
  expect(await ids(member, hidden)).toBe('pools.segment_unfit');
  expect(await ids(manager, hidden)).toEqual([wanted.customerId]);
  expect((await inPool(member, await kept(manager, '不分享', shown))).body.code).toBe('segments.not_found');
});
