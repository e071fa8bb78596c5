import { beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../platform/db/scoped-db.js';
import { insertRegister, type TestCustomer } from '../../../testing/register-rows.js';
import { testServer } from '../../../testing/test-server.js';
import { filterConditions } from './customer-filter.js';
import { sortOf, type Place } from './customer-sort.js';
import { queryTokens } from './customer-tokens.js';
import { walkLanes, type Lead } from './walk-lanes.js';

const server = await testServer();
const { users } = server;
const { teams } = users;

let customers: TestCustomer[] = [];
beforeAll(async () => {
  customers = await server.asSystem((db) =>
    insertRegister(db, {
      count: 900,
      seed: 11,
      owners: [
        [users.manager.userId, teams.north],
        [users.manager.userId, teams.south],
        [users.member.userId, teams.north1],
        [users.other.userId, teams.south],
      ],
    }),
  );
});

const all: Viewer = { userId: users.administrator.userId, scope: 'all', teamIds: [] };
const manager: Viewer = {
  userId: users.manager.userId,
  scope: 'team_and_below',
  teamIds: [teams.north, teams.north1],
};
const own: Lead[] = [
  { column: 'owner_id', type: 'int', values: [manager.userId] },
  { column: 'team_id', type: 'int', values: manager.teamIds },
];

interface Question {
  viewer: Viewer;
  leads: Lead[];
  sees: (customer: TestCustomer) => boolean;
}
const questions: Record<string, Question> = {
  'one lane': { viewer: all, leads: [], sees: () => true },
  'lanes by owner and team': {
    viewer: manager,
    leads: own,
    sees: ({ ownerId, teamId }) => ownerId === manager.userId || manager.teamIds.includes(teamId ?? 0),
  },
  // Too many to be merged: one after the other.
  'lanes by twenty owners': {
    viewer: manager,
    leads: [
      {
        column: 'owner_id',
        type: 'int',
        values: [manager.userId, ...Array.from({ length: 19 }, (_, i) => 1e6 + i)],
      },
      { column: 'team_id', type: 'int', values: manager.teamIds },
    ],
    sees: ({ ownerId, teamId }) => ownerId === manager.userId || manager.teamIds.includes(teamId ?? 0),
  },
  'lanes by segment': {
    viewer: all,
    leads: [{ column: 'rfm_segment', type: 'text', values: ['important-value', 'general-value', 'nobody'] }],
    sees: ({ rfmSegment }) => rfmSegment === 'important-value' || rfmSegment === 'general-value',
  },
};

/** Rows of all lanes together. */
const budgets = [3, 5, 10, 20, 40, 80, 300, 900, 9000, 20_000];

describe('a walk with a budget', () => {
  const industry = filterConditions({ industry: ['制造'] });
  const places = {
    'inside the index': { indexed: industry, others: [] },
    'on the customer': { indexed: [], others: industry },
  };
  const cases = Object.entries(questions).flatMap(([what, question]) =>
    Object.entries(places).map(([where, tested]) => [what, where, question, tested] as const),
  );

  it.each(cases)(
    '%s, filtered %s: gives the page or says that it does not know',
    async (_what, _where, question, tested) => {
      const { viewer, leads, sees } = question;
      for (const direction of ['asc', 'desc'] as const) {
        const way = direction === 'asc' ? 1 : -1;
        const expected = customers
          .filter((customer) => sees(customer) && customer.clv !== null && customer.industry === '制造')
          .filter((customer) => customer.name.includes('科技'))
          .sort((a, b) => way * ((a.clv ?? 0) - (b.clv ?? 0) || a.customerId - b.customerId))
          .map((customer) => customer.customerId);
        expect(expected.length).toBeGreaterThan(4);
        let known = 0;
        for (const budget of budgets) {
          const sort = sortOf('clv', direction);
          const found = await server.platform.db.inScope(viewer, (db) =>
            walkLanes({
              db,
              sort,
              leads,
              bound: sort.valued(null),
              ...tested,
              tokens: queryTokens('科技'),
              budget,
              limit: 4,
            }),
          );
          if (found === null) continue;
          known++;
          expect(found.map((place) => place.customerId)).toEqual(expected.slice(0, 4));
        }
        // The largest budgets see every row, the smallest cannot know.
        expect(known).toBeGreaterThanOrEqual(2);
        expect(known).toBeLessThan(budgets.length);
      }
    },
  );

  it('knows the end of the lanes without a page that is full', async () => {
    const sort = sortOf('clv', 'desc');
    const found = await server.platform.db.inScope(manager, (db) =>
      walkLanes({
        db,
        sort,
        leads: own,
        bound: sort.valued(null),
        indexed: [],
        others: filterConditions({ industry: ['没有'] }),
        tokens: [],
        budget: 1000,
        limit: 10,
      }),
    );
    expect(found).toEqual([]);
  });
});

describe('lanes that the index alone decides', () => {
  const ids = (customers: TestCustomer[]) => customers.map(({ customerId }) => customerId);

  it('are one order without anybody twice: of a team, owned elsewhere, and shared', async () => {
    const shared = customers.filter(
      ({ ownerId }) => ownerId === users.other.userId || ownerId === users.member.userId,
    );
    const sharedIds = ids(shared).filter((id) => id % 3 === 0);
    const viewer: Viewer = { ...manager, sharedIds };
    const lanes: Lead[] = [
      { column: 'team_id', type: 'int', values: manager.teamIds },
      { column: 'owner_id', type: 'int', values: [manager.userId] },
      { column: 'customer_id', type: 'bigint', values: sharedIds },
    ];
    const sees = ({ customerId, ownerId, teamId }: TestCustomer) =>
      ownerId === manager.userId || manager.teamIds.includes(teamId ?? 0) || sharedIds.includes(customerId);
    const own = customers.filter(
      ({ ownerId, teamId }) => ownerId === manager.userId && manager.teamIds.includes(teamId ?? 0),
    );
    expect(own.length).toBeGreaterThan(20);
    for (const direction of ['asc', 'desc'] as const) {
      const way = direction === 'asc' ? 1 : -1;
      const expected = customers
        .filter((customer) => sees(customer) && customer.clv !== null && customer.industry === '制造')
        .sort((a, b) => way * ((a.clv ?? 0) - (b.clv ?? 0) || a.customerId - b.customerId));
      const sort = sortOf('clv', direction);
      const found: number[] = [];
      for (let after: Place | null = null; ;) {
        const page: Place[] | null = await server.platform.db.inScope(viewer, (db) =>
          walkLanes({
            db,
            sort,
            leads: lanes,
            bound: sort.valued(after),
            indexed: filterConditions({ industry: ['制造'] }),
            others: [],
            tokens: [],
            budget: 7,
            limit: 7,
          }),
        );
        found.push(...(page ?? []).map(({ customerId }) => customerId));
        after = page?.at(-1) ?? null;
        if (page === null || page.length < 7) break;
      }
      expect(found).toEqual(ids(expected));
    }
  });
});
