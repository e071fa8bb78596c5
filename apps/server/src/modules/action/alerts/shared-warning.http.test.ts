import { describe, expect, it } from 'vitest';
import { made as madeCustomer, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;

describe('a warning of a customer that is shared for reading', () => {
  it('is seen by the colleague, and refused in words when they deal with it', async () => {
    const { customerId } = await madeCustomer(users.member);
    const contract = { contractNo: 'C-1', title: '框架', startsOn: '2025-04-01', endsOn: '2026-03-31' };
    await users.member.post(`/customers/${customerId}/contracts`, contract);
    await publish(server, '2026-03-02', [{ customerId, pAlive: 0.9, spend: 100, clv: 1000 }]);
    await users.director.patch('/task-rules/contract-end', { isOn: false, rowVersion: 0 });
    await users.director.post('/warnings/runs');
    await server.runJobs();
    const share = { colleagueId: users.stranger.userId, untilOn: '2026-12-31' };
    expect((await users.member.post(`/customers/${customerId}/shares`, share)).status).toBe(201);
    const found = await users.stranger.get(`/warnings?customerId=${customerId}`);
    const [{ warningId, rowVersion }] = found.body.items;
    for (const [deed, body] of [
      ['handle', { outcome: 'kept' }],
      ['snooze', { until: '2026-04-01' }],
      ['false-alarm', {}],
    ] as const) {
      const refused = await users.stranger.post(`/warnings/${warningId}/${deed}`, { ...body, rowVersion });
      expect([deed, refused.status, refused.body.code]).toEqual([
        deed,
        403,
        'customers.shared_read_forbidden',
      ]);
    }
    const after = await users.member.get(`/warnings/${warningId}`);
    expect(after.body).toMatchObject({ status: 'open', rowVersion });
  });
});
