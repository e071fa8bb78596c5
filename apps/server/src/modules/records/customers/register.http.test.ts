import { customerSorts, rfmSegments, type CustomerFilter } from '@kezi/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertRegister, randomFrom, type TestCustomer } from '../../../testing/register-rows.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';
import { encodeCursor } from '../../../platform/http/cursor.js';
import { customerTokens, queryTokens } from './customer-tokens.js';

const server = await testServer();
const { users } = server;
const { teams } = users;

type Reader = 'administrator' | 'manager' | 'member' | 'other' | 'stranger';
type SortName = (typeof customerSorts)[number];

/** Who sees what, said apart from the code: own rows, the team, the team and below, all. */
const sees: Readonly<Record<Reader, (customer: TestCustomer) => boolean>> = {
  administrator: () => true,
  manager: ({ ownerId, teamId }) =>
    ownerId === users.manager.userId || teamId === teams.north || teamId === teams.north1,
  member: ({ ownerId }) => ownerId === users.member.userId,
  other: ({ ownerId, teamId }) => ownerId === users.other.userId || teamId === teams.south,
  stranger: ({ ownerId }) => ownerId === users.stranger.userId,
};
const readers = Object.keys(sees) as Reader[];

let customers: TestCustomer[] = [];
beforeAll(async () => {
  customers = await server.asSystem((db) =>
    insertRegister(db, {
      count: 700,
      seed: 7,
      owners: [
        [users.manager.userId, teams.north],
        [users.member.userId, teams.north1],
        [users.member.userId, teams.south],
        [users.other.userId, teams.south],
        [users.stranger.userId, teams.south],
        [users.stranger.userId, null],
        [null, teams.north1],
        [null, null],
      ],
    }),
  );
});

/** The register's filter in memory. */
function fits(customer: TestCustomer, filter: CustomerFilter): boolean {
  const isOneOf = <Value>(value: Value | null, wanted: readonly Value[] | undefined) =>
    wanted === undefined || (value !== null && wanted.includes(value));
  const isBetween = <Value extends number | string>(
    value: Value | null,
    low: Value | undefined,
    high: Value | undefined,
  ) =>
    (low === undefined && high === undefined) ||
    (value !== null && (low === undefined || value >= low) && (high === undefined || value <= high));
  const tokens = customerTokens(customer);
  return (
    isOneOf(customer.industry, filter.industry) &&
    isOneOf(customer.region, filter.region) &&
    isOneOf(customer.rfmSegment, filter.segment) &&
    isOneOf(customer.ownerId, filter.ownerId) &&
    isOneOf(customer.teamId, filter.teamId) &&
    isBetween(customer.clv, filter.clvMin, filter.clvMax) &&
    isBetween(customer.pAlive, filter.pAliveMin, filter.pAliveMax) &&
    isBetween(customer.lastOrderOn, filter.lastOrderFrom, filter.lastOrderTo) &&
    queryTokens(filter.q ?? '').every(({ token, match }) =>
      tokens.some((known) => (match === 'equals' ? known === token : known.startsWith(token))),
    )
  );
}

const byPinyin = new Intl.Collator('zh-Hans');

/** By value, customers without one last, ties by id in the same direction. */
function inOrder(found: TestCustomer[], sort: SortName, order: 'asc' | 'desc'): number[] {
  const way = order === 'asc' ? 1 : -1;
  return [...found]
    .sort((a, b) => {
      const [x, y] = [a[sort], b[sort]];
      if (x === null || y === null) {
        if (x === y) return way * (a.customerId - b.customerId);
        return x === null ? 1 : -1;
      }
      const difference =
        sort === 'name' ? byPinyin.compare(String(x), String(y)) : Number(x > y) - Number(x < y);
      return way * (difference || a.customerId - b.customerId);
    })
    .map((customer) => customer.customerId);
}

function queryOf(filter: CustomerFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    for (const one of [value].flat()) query.append(name, String(one));
  }
  return query.toString();
}

/** Every page from the first to the last. */
async function walk(client: TestClient, query: string, limit: number): Promise<number[]> {
  const ids: number[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await client.get(`/customers?limit=${limit}&${query}${cursor}`);
    expect(status).toBe(200);
    ids.push(...body.items.map((item: { customerId: number }) => item.customerId));
    if (body.nextCursor === null) return ids;
    expect(body.items).toHaveLength(limit);
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
}

const filters: CustomerFilter[] = [
  {},
  { industry: ['制造'] },
  { industry: ['制造', '餐饮'] },
  { region: ['上海'], industry: ['零售'] },
  { segment: ['general-win-back'] },
  { segment: rfmSegments.slice(0, 3), region: ['北京', '深圳'] },
  { clvMin: 100, clvMax: 400 },
  { clvMin: 487.5 },
  { pAliveMin: 0.25, pAliveMax: 0.5 },
  { lastOrderFrom: '2026-01-10', lastOrderTo: '2026-01-12' },
  { q: '星辰' },
  { q: '有限' },
  { q: '上海 dzkj' },
  { q: 'chongqing', industry: ['医疗'] },
  { q: '星' },
  { q: 'C0012' },
  { q: '没有' },
  { region: ['没有'] },
];

describe('the register against a model in memory', () => {
  it.each(readers)('gives %s the same rows in the same order, for every sort', async (reader) => {
    const mine = customers.filter(sees[reader]);
    for (const sort of customerSorts) {
      for (const order of ['asc', 'desc'] as const) {
        const expected = inOrder(mine, sort, order);
        expect(await walk(users[reader], `sort=${sort}&order=${order}`, 200)).toEqual(expected);
      }
    }
  });

  it.each(readers)('gives %s the same rows and counts, for every filter', async (reader) => {
    for (const filter of filters) {
      const mine = customers.filter((customer) => sees[reader](customer) && fits(customer, filter));
      const query = queryOf(filter);
      expect(await walk(users[reader], query, 120)).toEqual(inOrder(mine, 'clv', 'desc'));
      const { body } = await users[reader].get(`/customers/count?${query}`);
      expect(body).toEqual({ count: mine.length, exact: true });
    }
  });

  it('agrees on random questions with pages of every size', async () => {
    const random = randomFrom(20_261_122);
    const some = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
    for (let i = 0; i < 40; i++) {
      const reader = some(readers);
      const sort = some(customerSorts);
      const order = some(['asc', 'desc'] as const);
      const filter: CustomerFilter = {
        ...some(filters),
        ...(random() < 0.3 ? { ownerId: [users.member.userId, users.other.userId] } : {}),
        ...(random() < 0.3 ? { teamId: [some([teams.north1, teams.south])] } : {}),
        ...(random() < 0.3 ? { q: some(['科技', '精密', 'hy', '银河']) } : {}),
      };
      const mine = customers.filter((customer) => sees[reader](customer) && fits(customer, filter));
      const ids = await walk(
        users[reader],
        `${queryOf(filter)}&sort=${sort}&order=${order}`,
        some([23, 61, 200]),
      );
      expect(ids).toEqual(inOrder(mine, sort, order));
    }
  });

  it('offers only the industries and regions of the rows that the reader sees, the most frequent first', async () => {
    for (const reader of readers) {
      const counts = new Map<string, number>();
      for (const { region } of customers.filter(sees[reader])) {
        if (region !== null) counts.set(region, (counts.get(region) ?? 0) + 1);
      }
      const { body } = await users[reader].get('/customers/facets');
      expect(new Set(body.regions)).toEqual(new Set(counts.keys()));
      const offered = body.regions.map((region: string) => counts.get(region));
      expect(offered).toEqual([...offered].sort((a, b) => b - a));
    }
  });
});

describe('rows and pages', () => {
  it('shows names of owner and team, and what is not known as null', async () => {
    const { body } = await users.administrator.get('/customers?limit=200&sort=name');
    const nameOf = new Map(
      (['manager', 'member', 'other', 'stranger'] as const).map((name) => [users[name].userId, name]),
    );
    const nameOfTeam = new Map([
      [teams.north, 'north'],
      [teams.north1, 'north-1'],
      [teams.south, 'south'],
    ]);
    for (const item of body.items) {
      const model = customers.find((customer) => customer.customerId === item.customerId)!;
      // The ranks of tier and stage order the register; what is shown are their names.
      const shown = Object.entries(model).filter(([name]) => name !== 'tier' && name !== 'stage');
      expect(item).toMatchObject({
        ...Object.fromEntries(shown),
        ownerName: nameOf.get(item.ownerId) ?? null,
        teamName: nameOfTeam.get(item.teamId) ?? null,
      });
      expect(item).not.toHaveProperty('monthlyAmountMinor');
    }
  });

  it('tells a scoped reader nothing by an owner or team that he does not see', async () => {
    const theirs = `ownerId=${users.stranger.userId}&teamId=${teams.south}`;
    const page = await users.manager.get(`/customers?${theirs}`);
    const count = await users.manager.get(`/customers/count?${theirs}`);
    expect([page.body.items, count.body.count]).toEqual([[], 0]);
  });

  it('counts exactly to 10,000 and says when it estimates', async () => {
    const { body } = await users.administrator.get('/customers/count');
    expect(body).toEqual({ count: 700, exact: true });
  });

  it.each([
    ['not a cursor', '%%%'],
    ['of another sort', encodeCursor(['name', 'desc', 'x', 1])],
    ['of another direction', encodeCursor(['clv', 'asc', 5, 1])],
    ['with a text for a number', encodeCursor(['clv', 'desc', '5', 1])],
    ['with an id that is no number', encodeCursor(['clv', 'desc', 5, '1; drop table customer'])],
    ['with a fraction for an id', encodeCursor(['clv', 'desc', 5, 1.5])],
    ['too short', encodeCursor(['clv', 'desc', 5])],
    ['no list', Buffer.from('{"a":1}').toString('base64url')],
  ])('refuses a cursor %s', async (_what, cursor) => {
    const { status, body } = await users.member.get(`/customers?cursor=${encodeURIComponent(cursor)}`);
    expect([status, body.code]).toEqual([422, 'app.cursor_invalid']);
  });

  it('refuses days and numbers that do not exist in a cursor', async () => {
    for (const [sort, value] of [
      ['lastOrderOn', '2026-02-31'],
      ['orders', 2 ** 40],
      ['orders', 1.5],
      ['name', null],
      ['name', 'a\0b'],
    ] as const) {
      const cursor = encodeCursor([sort, 'desc', value, 1]);
      const { status } = await users.member.get(`/customers?sort=${sort}&cursor=${cursor}`);
      expect(status).toBe(422);
    }
  });

  it('gives nothing away through a cursor made by hand', async () => {
    const foreign = customers.find((customer) => customer.clv !== null && !sees.stranger(customer));
    const cursor = encodeCursor(['clv', 'desc', foreign?.clv ?? 0, foreign?.customerId ?? 0]);
    const { body } = await users.stranger.get(`/customers?limit=200&cursor=${cursor}`);
    const seen = new Set(customers.filter(sees.stranger).map((customer) => customer.customerId));
    expect(body.items.every((item: { customerId: number }) => seen.has(item.customerId))).toBe(true);
  });

  it.each([
    'limit=0',
    'limit=201',
    'sort=owner',
    'order=up',
    'clvMin=much',
    'pAliveMax=1.5',
    'lastOrderFrom=2026-02-30',
    'ownerId=99999999999',
    'ownerId=0',
    'segment=gold',
    'industry=%00',
    `q=${'x'.repeat(201)}`,
    'spark=perhaps',
  ])('refuses %s', async (query) => {
    const { status, body } = await users.member.get(`/customers?${query}`);
    expect([status, body.code]).toEqual([400, 'app.invalid_input']);
    expect(body.errors.length).toBeGreaterThan(0);
  });

  it('takes signs of SQL and of patterns for text', async () => {
    for (const q of [`'; drop table customer; --`, '%', '_', '\\', '"', '\u0000', '🙂', '(']) {
      const { status } = await users.member.get(`/customers?q=${encodeURIComponent(q)}`);
      expect(status).toBe(200);
    }
    const { body } = await users.administrator.get('/customers/count');
    expect(body.count).toBe(700);
  });
});
