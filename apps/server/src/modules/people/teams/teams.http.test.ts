import { describe, expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;
const { administrator } = users;

describe('teams', () => {
  it('are told from each other by name at one level', async () => {
    const twice = await administrator.post('/teams', { name: 'north' });
    expect([twice.status, twice.body.code]).toEqual([409, 'teams.name_exists']);
    expect((await administrator.post('/teams', { name: 'north', parentId: users.teams.south })).status).toBe(
      201,
    );
  });

  it('cannot be moved below themselves', async () => {
    const { status, body } = await administrator.patch(`/teams/${users.teams.north}`, {
      parentId: users.teams.north1,
    });
    expect([status, body.code]).toEqual([422, 'teams.circle']);
  });

  it('two moves at once never make a circle', async () => {
    const a = (await administrator.post('/teams', { name: 'a' })).body.id as number;
    const b = (await administrator.post('/teams', { name: 'b' })).body.id as number;
    const answers = await Promise.all([
      administrator.patch(`/teams/${a}`, { parentId: b }),
      administrator.patch(`/teams/${b}`, { parentId: a }),
    ]);
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 422]);
  });

  it('take their people along when they move: whoever leads the new parent sees them', async () => {
    const before = await users.other.get('/users');
    expect(before.body.items).toHaveLength(2);
    await administrator.patch(`/teams/${users.teams.north1}`, { parentId: users.teams.south });
    const after = await users.other.get('/users');
    expect(after.body.items.map((user: { name: string }) => user.name)).toEqual([
      'member',
      'other',
      'stranger',
    ]);
    expect((await users.manager.get('/users')).body.items).toHaveLength(1);
  });

  it('are removed when they are empty, and not before', async () => {
    const full = await administrator.delete(`/teams/${users.teams.south}`);
    expect([full.status, full.body.code]).toEqual([409, 'teams.in_use']);
    const empty = await administrator.post('/teams', { name: 'empty' });
    expect((await administrator.delete(`/teams/${empty.body.id}`)).status).toBe(204);
    expect((await administrator.delete(`/teams/${empty.body.id}`)).status).toBe(404);
  });
});

describe('settings', () => {
  it('take a time zone that exists', async () => {
    const { status, body } = await administrator.patch('/settings', { timeZone: 'Mars/Olympus' });
    expect([status, body.code]).toEqual([422, 'settings.time_zone_unknown']);
    const changed = await administrator.patch('/settings', { timeZone: 'Asia/Urumqi', upColour: 'green' });
    expect(changed.body).toMatchObject({ timeZone: 'Asia/Urumqi', upColour: 'green' });
  });

  it('take a currency that is in use', async () => {
    const { status, body } = await administrator.patch('/settings', { baseCurrency: 'XXZ' });
    expect([status, body.code]).toEqual([400, 'app.invalid_input']);
    const changed = await administrator.patch('/settings', { baseCurrency: 'IDR' });
    expect(changed.body).toMatchObject({ baseCurrency: 'IDR' });
  });

  it('are not written over unseen', async () => {
    const { headers } = await administrator.get('/settings');
    const seen = { 'if-match': String(headers.etag) };
    expect((await administrator.patch('/settings', { language: 'en-US' }, seen)).status).toBe(200);
    expect((await administrator.patch('/settings', { language: 'zh-CN' }, seen)).body.code).toBe(
      'settings.changed',
    );
  });
});
