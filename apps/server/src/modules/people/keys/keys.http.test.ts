import { describe, expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;

const make = async (who: 'administrator' | 'manager', scopes: string[], more = {}) => {
  const { status, body } = await users[who].post('/keys', { name: 'programme', scopes, ...more });
  expect(status).toBe(201);
  return { id: body.id as number, headers: { authorization: `Bearer ${body.key}` }, key: body.key as string };
};

describe('an API key', () => {
  it('may what both its scopes and its user may, with the eyes of its user', async () => {
    const { headers } = await make('manager', ['users:read', 'teams:read']);
    const seen = await users.anonymous.get('/users', headers);
    expect(seen.body.items.map((user: { name: string }) => user.name)).toEqual(['manager', 'member']);
    expect((await users.anonymous.get('/settings', headers)).status).toBe(403);
    expect((await users.anonymous.get('/audit', headers)).status).toBe(403);
  });

  it('cannot be given the right to let others in', async () => {
    for (const scope of ['users:write', 'keys:write', 'me:write', 'settings:write', 'nonsense']) {
      const { status } = await users.administrator.post('/keys', { name: 'greedy', scopes: [scope] });
      expect([scope, status]).toEqual([scope, 400]);
    }
  });

  it('is refused with a time that is over, and with a right that its user has not', async () => {
    const wish = (more: object) => users.member.post('/keys', { name: 'late', scopes: ['me:read'], ...more });
    const over = await wish({ expiresAt: '2026-03-01T00:00:00Z' });
    expect([over.status, over.body.code]).toEqual([422, 'keys.past']);
    const beyond = await wish({ scopes: ['me:read', 'audit:read', 'wall:read'] });
    expect([beyond.status, beyond.body.code, beyond.body.params]).toEqual([
      403,
      'keys.scope_forbidden',
      { scopes: 'audit:read, wall:read' },
    ]);
    expect((await users.member.get('/keys')).body.items).toEqual([]);
  });

  it('is shown once and kept as a hash', async () => {
    const { key, id } = await make('administrator', ['teams:read']);
    const { body } = await users.administrator.get('/keys');
    expect(JSON.stringify(body)).not.toContain(key);
    expect(body.items.find((one: { id: number }) => one.id === id).start).toBe(key.slice(0, 10));
    const stored = await server.asSystem((db) =>
      db.selectFrom('api_key').selectAll().where('api_key_id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(JSON.stringify(stored)).not.toContain(key);
  });

  it('ends when it is revoked, and at its time', async () => {
    const revoked = await make('administrator', ['teams:read']);
    expect((await users.anonymous.get('/teams', revoked.headers)).status).toBe(200);
    expect((await users.administrator.delete(`/keys/${revoked.id}`)).status).toBe(204);
    const after = await users.anonymous.get('/teams', revoked.headers);
    expect([after.status, after.body.code]).toEqual([401, 'keys.revoked_unauthenticated']);
    const brief = await make('administrator', ['teams:read'], { expiresAt: '2026-03-03T00:00:00Z' });
    expect((await users.anonymous.get('/teams', brief.headers)).status).toBe(200);
    server.clock.set('2026-03-03T00:00:01Z');
    const late = await users.anonymous.get('/teams', brief.headers);
    expect([late.status, late.body.code]).toEqual([401, 'keys.expired_unauthenticated']);
    const wrong = { authorization: `Bearer kezi_${'x'.repeat(40)}` };
    expect((await users.anonymous.get('/teams', wrong)).body.code).toBe('keys.unknown_unauthenticated');
  });

  it('of somebody else cannot be revoked, and looks as if it did not exist', async () => {
    const { id } = await make('administrator', ['teams:read']);
    const theirs = await users.manager.delete(`/keys/${id}`);
    const nothing = await users.manager.delete('/keys/999999');
    expect([theirs.status, theirs.body.code]).toEqual([404, 'keys.not_found']);
    expect(nothing.body.code).toBe('keys.not_found');
  });

  it('that was made up opens nothing', async () => {
    for (const key of ['kezi_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', "' or 1=1 --aaaaaaaaaaaaaaaa"]) {
      expect((await users.anonymous.get('/teams', { authorization: `Bearer ${key}` })).status).toBe(401);
    }
  });
});
