import { contactRow } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../../platform/db/scoped-db.js';
import { made } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer();
const { users } = server;

const person = (more: Record<string, unknown> = {}) => ({
  name: '王小明',
  phones: ['13812345678'],
  mails: ['wang@example.com'],
  wechat: 'wang_xm',
  ...more,
});

async function added(client: TestClient, customerId: number, more: Record<string, unknown> = {}) {
  const { status, body } = await client.post(`/customers/${customerId}/contacts`, person(more));
  if (status !== 201) throw new Error(JSON.stringify(body));
  return contactRow.parse(body);
}

const rowsOf = (page: { items: unknown[] }) => page.items.map((item) => contactRow.parse(item));

const withoutId = (body: object) => ({ ...body, requestId: '' });

const auditOf = (contactId: number) =>
  server.asSystem((db) =>
    db
      .selectFrom('audit_entry')
      .where('subject', '=', 'contact')
      .where('subject_id', '=', String(contactId))
      .select(['action', 'user_id as userId', 'changes'])
      .orderBy('audit_entry_id')
      .execute(),
  );

describe('adding a contact', () => {
  it('keeps what is given, shows it masked to whoever typed it, and is on record without numbers', async () => {
    const { customerId } = await made(users.member);
    const contact = await added(users.member, customerId, {
      title: '采购总监',
      decisionRole: 'decider',
      influence: 5,
      attitude: -1,
      isPrimary: true,
      birthday: '1980-02-29',
      custom: { 爱好: '钓鱼' },
    });
    expect(contact).toMatchObject({
      customerId,
      title: '采购总监',
      decisionRole: 'decider',
      influence: 5,
      attitude: -1,
      isPrimary: true,
      birthday: '1980-02-29',
      custom: { 爱好: '钓鱼' },
      phones: ['138****5678'],
      mails: ['w****@example.com'],
      wechat: 'w****',
      mayReveal: true,
      rowVersion: 1,
    });
    const list = await users.member.get(`/customers/${customerId}/contacts`);
    expect(list.body).toEqual({ items: [contact], nextCursor: null });
    expect(await auditOf(contact.contactId)).toEqual([
      {
        action: 'contact.created',
        userId: users.member.userId,
        changes: { customerId: [null, customerId], name: [null, '王小明'] },
      },
    ]);
  });

  it('has its effect once for one key', async () => {
    const { customerId } = await made(users.member);
    const send = () =>
      users.member.post(`/customers/${customerId}/contacts`, person(), { 'idempotency-key': 'contact-1' });
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map(({ body }) => body.contactId)).size).toBe(1);
    expect((await users.member.get(`/customers/${customerId}/contacts`)).body.items).toHaveLength(1);
  });

  it('leaves one first contact, the last one named', async () => {
    const { customerId } = await made(users.member);
    const first = await added(users.member, customerId, { isPrimary: true });
    const second = await added(users.member, customerId, { isPrimary: true });
    const { body } = await users.member.get(`/customers/${customerId}/contacts`);
    expect(rowsOf(body).map((one) => one.isPrimary)).toEqual([false, true]);
    const stale = await users.member.patch(`/contacts/${first.contactId}`, { title: '主任', rowVersion: 1 });
    expect([stale.status, stale.body.params]).toEqual([409, { by: 'member', fields: 'isPrimary' }]);
    const left = await users.member.patch(`/contacts/${second.contactId}`, {
      leftOn: '2026-02-01',
      rowVersion: 1,
    });
    expect(left.body).toMatchObject({ leftOn: '2026-02-01', isPrimary: false });
    const both = { leftOn: '2026-02-01', isPrimary: true, rowVersion: 2 };
    const refused = await users.member.patch(`/contacts/${first.contactId}`, both);
    expect([refused.status, refused.body.code]).toEqual([422, 'contacts.primary_left']);
  });

  it.each([
    [{ name: ' ' }, 400, 'app.invalid_input'],
    [{ name: 'x'.repeat(201) }, 400, 'app.invalid_input'],
    [{ title: 'a\0b' }, 400, 'app.invalid_input'],
    [{ influence: 6 }, 400, 'app.invalid_input'],
    [{ influence: 2.5 }, 400, 'app.invalid_input'],
    [{ attitude: -3 }, 400, 'app.invalid_input'],
    [{ decisionRole: 'boss' }, 400, 'app.invalid_input'],
    [{ birthday: '2023-02-29' }, 400, 'app.invalid_input'],
    [{ notes: 'x'.repeat(4001) }, 400, 'app.invalid_input'],
    [{ phones: Array(11).fill('13812345678') }, 400, 'app.invalid_input'],
    [{ custom: { a: { b: 1 } } }, 400, 'app.invalid_input'],
    [{ phones: ['138****5678'] }, 422, 'contacts.phone_unreadable'],
    [{ mails: ['wang'] }, 422, 'contacts.mail_unreadable'],
    [{ reportsToId: 99_999_999 }, 422, 'contacts.reports_to_unknown'],
    [{ reportsToId: 2 ** 60 }, 400, 'app.invalid_input'],
  ])('refuses %j', async (wrong, status, code) => {
    const { customerId } = await made(users.member);
    const answer = await users.member.post(`/customers/${customerId}/contacts`, person(wrong));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await users.member.get(`/customers/${customerId}/contacts`)).body.items).toEqual([]);
  });
});

describe('reporting lines', () => {
  it('stay within the customer and close no circle, also when two change at once', async () => {
    const { customerId } = await made(users.member);
    const top = await added(users.member, customerId, { name: '甲' });
    const middle = await added(users.member, customerId, { name: '乙', reportsToId: top.contactId });
    expect(middle).toMatchObject({ reportsToId: top.contactId, reportsToName: '甲' });
    for (const reportsToId of [top.contactId, middle.contactId]) {
      const { status, body } = await users.member.patch(`/contacts/${top.contactId}`, {
        reportsToId,
        rowVersion: 1,
      });
      expect([status, body.code]).toEqual([422, 'contacts.reports_to_circle']);
    }
    const elsewhere = await added(users.member, (await made(users.member)).customerId);
    const across = await users.member.patch(`/contacts/${middle.contactId}`, {
      reportsToId: elsewhere.contactId,
      rowVersion: 1,
    });
    expect([across.status, across.body.code]).toEqual([422, 'contacts.reports_to_unknown']);
    const [left, right] = [await added(users.member, customerId), await added(users.member, customerId)];
    const answers = await Promise.all(
      [
        [left, right],
        [right, left],
      ].map(([one, other]) =>
        users.member.patch(`/contacts/${one?.contactId}`, {
          reportsToId: other?.contactId,
          rowVersion: 1,
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 422]);
  });
});

describe('changing a contact', () => {
  it('changes what is named; a second writer is told what the first has changed, and by whom', async () => {
    const { customerId } = await made(users.member);
    const { contactId } = await added(users.member, customerId, { title: '经理' });
    const path = `/contacts/${contactId}`;
    const first = await users.manager.patch(path, { title: '总监', phones: ['021-61234567'], rowVersion: 1 });
    expect(first.body).toMatchObject({ title: '总监', mails: ['w****@example.com'], rowVersion: 2 });
    expect(first.headers['etag']).toBe('"2"');
    const late = await users.member.patch(path, { title: '主任', rowVersion: 1 });
    expect([late.status, late.body.code, late.body.params]).toEqual([
      409,
      'contacts.changed',
      { by: 'manager', fields: 'phones, title' },
    ]);
    expect(late.body.detail).toContain('manager');
    const header = await users.member.patch(path, { title: '主任', rowVersion: 2 }, { 'if-match': '"1"' });
    expect([header.status, header.body.params]).toEqual([409, late.body.params]);
    expect((await users.member.get(path)).body).toMatchObject({ title: '总监', rowVersion: 2 });
    expect((await auditOf(contactId)).at(-1)).toMatchObject({
      action: 'contact.updated',
      changes: { title: ['经理', '总监'], phones: true, rowVersion: [1, 2] },
    });
  });

  it('takes of two changes at the same time one', async () => {
    const { contactId } = await added(users.member, (await made(users.member)).customerId);
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((title) =>
        users.member.patch(`/contacts/${contactId}`, { title, rowVersion: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
  });

  it('deletes so that it can be undone, and loses nobody who took the place meanwhile', async () => {
    const { customerId } = await made(users.member);
    const boss = await added(users.member, customerId, { name: '陶渊明', isPrimary: true });
    const below = await added(users.member, customerId, { reportsToId: boss.contactId });
    expect((await users.member.delete(`/contacts/${boss.contactId}`)).status).toBe(204);
    expect((await users.member.get(`/contacts/${boss.contactId}`)).status).toBe(404);
    expect((await users.member.delete(`/contacts/${boss.contactId}`)).status).toBe(404);
    expect((await users.member.get('/contacts?q=陶渊明')).body.items).toEqual([]);
    expect((await users.member.get(`/contacts/${below.contactId}`)).body.reportsToId).toBeNull();
    await added(users.member, customerId, { isPrimary: true });
    const back = await users.member.post(`/contacts/${boss.contactId}/restore`);
    expect([back.status, back.body.isPrimary]).toEqual([200, false]);
    expect((await users.member.get(`/contacts/${below.contactId}`)).body.reportsToName).toBe('陶渊明');
    expect((await users.member.post(`/contacts/${boss.contactId}/restore`)).body.code).toBe(
      'contacts.not_found',
    );
  });
});

describe('phones, mails and WeChat', () => {
  it('are shown in full to the owner and to managers, on record; to others of the team never', async () => {
    const { customerId } = await made(users.member);
    const { contactId } = await added(users.member, customerId);
    const whole = { phones: ['13812345678'], mails: ['wang@example.com'], wechat: 'wang_xm' };
    const path = `/contacts/${contactId}`;
    for (const client of [users.member, users.manager, users.director]) {
      expect((await client.post(`${path}/reveal`)).body).toEqual(whole);
      expect(JSON.stringify((await client.get(path)).body)).not.toContain('13812345678');
    }
    expect((await auditOf(contactId)).slice(1)).toEqual(
      [users.member, users.manager, users.director].map(({ userId }) => ({
        action: 'contact.revealed',
        userId,
        changes: {},
      })),
    );
    // A colleague in the team who sees the customer, but does not look after it.
    await server.asSystem((db) =>
      db.updateTable('app_user').set({ scope: 'team' }).where('id', '=', users.stranger.userId).execute(),
    );
    const theirs = await made(users.other, { teamId: users.teams.south });
    const colleague = await added(users.other, theirs.customerId);
    expect((await users.stranger.get(`/contacts/${colleague.contactId}`)).body).toMatchObject({
      phones: ['138****5678'],
      mayReveal: false,
    });
    const refused = await users.stranger.post(`/contacts/${colleague.contactId}/reveal`);
    expect([refused.status, refused.body.code]).toEqual([403, 'contacts.reveal_forbidden']);
    expect(await auditOf(colleague.contactId)).toHaveLength(1);
  });
});

describe('who sees a contact', () => {
  it('is who sees its customer; for others it does not exist', async () => {
    const { customerId } = await made(users.stranger);
    const { contactId } = await added(users.stranger, customerId, { name: '尉迟敬德' });
    const own = [`/contacts/${contactId}`, '/contacts/99999999'];
    for (const client of [users.member, users.manager]) {
      const tries = await Promise.all(
        own.map(async (path) => [
          await client.get(path),
          await client.patch(path, { title: '主任', rowVersion: 1 }),
          await client.delete(path),
          await client.post(`${path}/reveal`),
          await client.post(`${path}/restore`),
        ]),
      );
      const [theirs = [], nobodys = []] = tries;
      expect(theirs.map(({ status, body }) => [status, body.code])).toEqual(
        Array.from({ length: 5 }, () => [404, 'contacts.not_found']),
      );
      expect(theirs.map(({ body }) => withoutId(body))).toEqual(nobodys.map(({ body }) => withoutId(body)));
      for (const path of [`/customers/${customerId}/contacts`, '/customers/99999999/contacts']) {
        expect((await client.get(path)).body.code).toBe('customers.not_found');
        expect((await client.post(path, person())).body.code).toBe('customers.not_found');
      }
      for (const q of ['尉迟', 'wcjd', '13812345678', '']) {
        const { body } = await client.get(`/contacts?limit=200&q=${q}`);
        expect(rowsOf(body).map((one) => one.name)).not.toContain('尉迟敬德');
      }
    }
    for (const client of [users.stranger, users.other, users.director]) {
      expect((await client.get('/contacts?q=yuchi')).body.items).toHaveLength(1);
    }
  });

  it('goes over with the customer, words of the search as well', async () => {
    const { customerId } = await made(users.member);
    const { contactId } = await added(users.member, customerId, { name: '长孙无忌' });
    await users.administrator.patch(`/customers/${customerId}`, {
      ownerId: users.stranger.userId,
      rowVersion: 1,
    });
    expect((await users.member.get(`/contacts/${contactId}`)).status).toBe(404);
    expect((await users.member.get('/contacts?q=无忌')).body.items).toEqual([]);
    expect((await users.stranger.get(`/contacts/${contactId}`)).body.mayReveal).toBe(true);
    expect((await users.stranger.get('/contacts?q=无忌')).body.items).toHaveLength(1);
  });
});

describe('the words of a contact', () => {
  const words = (viewer: Viewer, contactId: number) =>
    server.platform.db.inScope(viewer, (db) =>
      db.selectFrom('contact_token').where('contact_id', '=', contactId).select('token').execute(),
    );
  const write = (viewer: Viewer, contactId: number) =>
    server.platform.db.inScope(viewer, (db) =>
      db.insertInto('contact_token').values({ contact_id: contactId, token: '外' }).execute(),
    );

  it('are seen by whoever sees the contact, and written by whoever may change it', async () => {
    const { customerId } = await made(users.member);
    const { contactId } = await added(users.member, customerId);
    const own = (userId: number): Viewer => ({ userId, scope: 'own', teamIds: [] });
    const guest: Viewer = { ...own(users.stranger.userId), sharedIds: [customerId] };
    expect((await words(own(users.member.userId), contactId)).length).toBeGreaterThan(5);
    expect((await words(guest, contactId)).length).toBeGreaterThan(5);
    expect(await words(own(users.stranger.userId), contactId)).toEqual([]);
    for (const viewer of [guest, own(users.stranger.userId)]) {
      await expect(write(viewer, contactId)).rejects.toThrow('row-level security');
    }
    await write({ ...guest, editedIds: [customerId] }, contactId);
    expect((await words(guest, contactId)).map(({ token }) => token)).toContain('外');
  });

  it('go with the contact, whoever takes it away', async () => {
    const { customerId } = await made(users.member);
    const { contactId } = await added(users.member, customerId);
    const viewer: Viewer = { userId: users.member.userId, scope: 'own', teamIds: [] };
    await server.platform.db.inScope(viewer, (db) =>
      db.deleteFrom('contact').where('contact_id', '=', contactId).execute(),
    );
    const left = await server.asSystem((db) =>
      db.selectFrom('contact_token').where('contact_id', '=', contactId).selectAll().execute(),
    );
    expect(left).toEqual([]);
  });
});

describe('the list over all customers', () => {
  it('is paged from the newest on, for every scope the same as all at once', async () => {
    const { customerId } = await made(users.member);
    for (let i = 0; i < 5; i++) await added(users.member, customerId, { decisionRole: 'sponsor' });
    for (const client of [users.member, users.manager, users.administrator]) {
      const whole = rowsOf((await client.get('/contacts?limit=200')).body);
      // Behind so many contacts of others that a page is not looked for among the newest of all.
      const far = Buffer.from(JSON.stringify([10_000_000])).toString('base64url');
      expect(rowsOf((await client.get(`/contacts?limit=200&cursor=${far}`)).body)).toEqual(whole);
      const ids = whole.map((one) => one.contactId);
      expect(ids).toEqual([...ids].sort((a, b) => b - a));
      const paged: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const { body } = await client.get(`/contacts?limit=3${more}`);
        paged.push(...(body.items as { contactId: number }[]).map((one) => one.contactId));
        cursor = body.nextCursor;
      }
      expect(paged).toEqual(ids);
      const sponsors = await client.get('/contacts?decisionRole=sponsor&q=5678');
      expect(sponsors.body.items).toHaveLength(5);
    }
    const broken = await users.member.get('/contacts?cursor=WyJ4Il0');
    expect([broken.status, broken.body.code]).toEqual([422, 'app.cursor_invalid']);
  });
});
