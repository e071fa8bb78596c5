import { describe, expect, it } from 'vitest';
import { lineOf, made, orderOf, publish, wish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;
const { teams } = users;

describe('adding a customer', () => {
  it('gives it to whoever adds it, findable at once, on record', async () => {
    const customer = await made(users.member, {
      name: '重庆长安汽车股份有限公司',
      custom: { 等级: 'A', 额度: 12.5 },
    });
    expect(customer).toMatchObject({
      ownerId: users.member.userId,
      teamId: teams.north1,
      rowVersion: 1,
      custom: { 等级: 'A', 额度: 12.5 },
      score: null,
      previousClv: null,
      subsidiaries: [],
    });
    const found = await users.manager.get('/customers?q=cqca');
    expect(found.body.items.map((item: { customerId: number }) => item.customerId)).toEqual([
      customer.customerId,
    ]);
    const audit = await server.asSystem((db) =>
      db
        .selectFrom('audit_entry')
        .where('subject', '=', 'customer')
        .where('subject_id', '=', String(customer.customerId))
        .select(['action', 'user_id'])
        .execute(),
    );
    expect(audit).toEqual([{ action: 'customer.created', user_id: users.member.userId }]);
  });

  it('refuses a number that is taken, without saying by whom', async () => {
    const theirs = await made(users.stranger);
    const mine = await made(users.member);
    for (const customerNo of [theirs.customerNo, mine.customerNo]) {
      const { status, body } = await users.member.post('/customers', wish({ customerNo }));
      expect([status, body.code, body.params]).toEqual([409, 'customers.number_conflict', { customerNo }]);
      const changed = await users.member.patch(`/customers/${(await made(users.member)).customerId}`, {
        customerNo,
        rowVersion: 1,
      });
      expect([changed.status, changed.body.code]).toEqual([409, 'customers.number_conflict']);
    }
  });

  it('lets only who may assign give it to somebody else, and only within sight', async () => {
    const toStranger = wish({ ownerId: users.stranger.userId });
    expect((await users.member.post('/customers', toStranger)).body.code).toBe('customers.owner_unknown');
    const toManager = wish({ ownerId: users.manager.userId, teamId: teams.north1 });
    expect((await users.member.post('/customers', toManager)).body.code).toBe('customers.assign_forbidden');
    expect((await users.manager.post('/customers', wish({ teamId: teams.south }))).status).toBe(201);
    const away = wish({ ownerId: null, teamId: teams.south });
    expect((await users.manager.post('/customers', away)).body.code).toBe('customers.assign_forbidden');
    const down = await made(users.manager, { ownerId: users.member.userId });
    expect(down).toMatchObject({ ownerId: users.member.userId, teamId: teams.north1 });
  });

  it('goes to nobody who has left, and stays changeable where its owner did', async () => {
    const person = {
      email: 'leaver@example.com',
      name: 'leaver',
      role: 'member',
      password: 'a long password',
    };
    const leaver = (await users.administrator.post('/users', person)).body.id as number;
    const theirs = await made(users.director, { ownerId: leaver });
    await users.administrator.patch(`/users/${leaver}`, { disabled: true });
    const mine = await made(users.director);
    const given = await users.director.patch(`/customers/${mine.customerId}`, {
      ownerId: leaver,
      rowVersion: 1,
    });
    expect([given.status, given.body.code]).toEqual([422, 'customers.owner_left']);
    const added = await users.director.post('/customers', wish({ ownerId: leaver }));
    expect(added.body.code).toBe('customers.owner_left');
    const renamed = await users.director.patch(`/customers/${theirs.customerId}`, {
      shortName: 'new',
      rowVersion: theirs.rowVersion,
    });
    expect(renamed.status).toBe(200);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: '   ' }, 'name'],
    [{ name: 'x'.repeat(401) }, 'name'],
    [{ customerNo: null }, 'customerNo'],
    [{ region: 'a\0b' }, 'region'],
    [{ custom: { a: { b: 1 } } }, 'custom'],
    [{ custom: { a: 'x\0' } }, 'custom'],
    [{ ownerId: 1.5 }, 'ownerId'],
    [{ ownerId: 2 ** 40 }, 'ownerId'],
    [{ parentCustomerId: -1 }, 'parentCustomerId'],
  ])('refuses %j', async (wrong, field) => {
    const { status, body } = await users.member.post('/customers', wish(wrong));
    expect([status, body.code]).toEqual([400, 'app.invalid_input']);
    expect(body.errors[0].path).toContain(field);
  });
});

describe('changing a customer', () => {
  it('changes what is named and nothing else, and raises the version', async () => {
    const before = await made(users.member, { name: '旧名称', region: '上海', custom: { a: 1 } });
    const { status, body, headers } = await users.member.patch(`/customers/${before.customerId}`, {
      name: '北京华宇精密机械有限公司',
      region: null,
      rowVersion: 1,
    });
    expect(status).toBe(200);
    expect(headers['etag']).toBe('"2"');
    expect(body).toMatchObject({
      name: '北京华宇精密机械有限公司',
      region: null,
      custom: { a: 1 },
      rowVersion: 2,
    });
    const old = await users.member.get('/customers/count?q=旧名称');
    const renamed = await users.member.get('/customers?q=华宇精密');
    expect(old.body.count).toBe(0);
    expect(renamed.body.items).toHaveLength(1);
  });

  it('refuses to write over a change that the writer has not seen', async () => {
    const { customerId } = await made(users.member);
    const path = `/customers/${customerId}`;
    expect((await users.manager.patch(path, { region: '上海', rowVersion: 1 })).status).toBe(200);
    const late = await users.member.patch(path, { region: '北京', rowVersion: 1 });
    expect([late.status, late.body.code]).toEqual([409, 'customers.changed']);
    const header = await users.member.patch(path, { region: '北京', rowVersion: 2 }, { 'if-match': '"1"' });
    expect(header.status).toBe(409);
    expect((await users.member.get(path)).body).toMatchObject({ region: '上海', rowVersion: 2 });
  });

  it('takes of two changes at the same time one', async () => {
    const { customerId } = await made(users.member);
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((region) =>
        users.member.patch(`/customers/${customerId}`, { region, rowVersion: 1 }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
  });

  it('hands orders, lines, scores and search words over with the customer', async () => {
    const { customerId } = await made(users.member, { name: '成都瑞和餐饮管理有限公司' });
    const orderId = await orderOf(server, customerId, '2026-01-05', 100);
    await lineOf(server, orderId, customerId, null, 100);
    await publish(server, '2026-01-31', [{ customerId, pAlive: 0.5, spend: 10, clv: 50 }]);
    const given = await users.administrator.patch(`/customers/${customerId}`, {
      ownerId: users.stranger.userId,
      rowVersion: 1,
    });
    expect(given.body).toMatchObject({ ownerId: users.stranger.userId, teamId: teams.south });
    for (const gone of [users.member, users.manager]) {
      expect((await gone.get(`/customers/${customerId}`)).status).toBe(404);
      expect((await gone.get(`/orders/${orderId}`)).status).toBe(404);
      expect((await gone.get('/customers?q=瑞和餐饮')).body.items).toEqual([]);
    }
    const seen = await users.stranger.get(`/customers/${customerId}`);
    expect(seen.body.score).toMatchObject({ clv: 50 });
    expect((await users.stranger.get('/customers?q=瑞和餐饮')).body.items).toHaveLength(1);
    expect((await users.stranger.get(`/orders/${orderId}`)).body.lines).toHaveLength(1);
  });

  it('refuses circles of parents, also through customers that the writer does not see', async () => {
    const top = await made(users.member);
    const middle = await made(users.member, { parentCustomerId: top.customerId });
    const path = (customer: { customerId: number }) => `/customers/${customer.customerId}`;
    const self = await users.member.patch(path(top), { parentCustomerId: top.customerId, rowVersion: 1 });
    const round = await users.member.patch(path(top), { parentCustomerId: middle.customerId, rowVersion: 1 });
    expect([self.body.code, round.body.code]).toEqual(['customers.parent_cycle', 'customers.parent_cycle']);
    // top <- hidden <- bottom: the member sees top and bottom only.
    const hidden = await made(users.administrator, { parentCustomerId: top.customerId });
    const bottom = await made(users.member);
    await users.administrator.patch(path(bottom), { parentCustomerId: hidden.customerId, rowVersion: 1 });
    const through = await users.member.patch(path(top), {
      parentCustomerId: bottom.customerId,
      rowVersion: 1,
    });
    expect([through.status, through.body.code]).toEqual([422, 'customers.parent_cycle']);
    const unknown = await users.member.patch(path(top), {
      parentCustomerId: hidden.customerId,
      rowVersion: 1,
    });
    expect(unknown.body.code).toBe('customers.parent_unknown');
    const detail = await users.member.get(path(top));
    expect(detail.body.subsidiaries.map((one: { customerId: number }) => one.customerId)).toEqual([
      middle.customerId,
    ]);
  });

  it('treats what is not yours like what does not exist', async () => {
    const { customerId } = await made(users.stranger);
    const orderId = await orderOf(server, customerId, '2026-01-05', 100);
    for (const part of ['', '/orders', '/rhythm', '/products']) {
      const theirs = await users.member.get(`/customers/${customerId}${part}`);
      const nobody = await users.member.get(`/customers/99999999${part}`);
      expect([theirs.status, theirs.body.code]).toEqual([404, 'customers.not_found']);
      expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' });
    }
    const change = { region: '北京', rowVersion: 1 };
    const theirs = await users.member.patch(`/customers/${customerId}`, change);
    const nobody = await users.member.patch('/customers/99999999', change);
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' });
    expect((await users.member.get(`/orders/${orderId}`)).body.code).toBe('orders.not_found');
    expect((await users.anonymous.get(`/customers/${customerId}`)).status).toBe(401);
  });
});
