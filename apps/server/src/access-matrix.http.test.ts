import { describe, expect, it } from 'vitest';
import { faultsOf, makeMatrix } from './testing/access-matrix.js';
import { nameOf, routesOf } from './testing/access-routes.js';
import { accessRows, openRoutes } from './testing/access-rows.js';
import { testServer } from './testing/test-server.js';

const server = await testServer();
const { guarded, open } = routesOf(server);
const matrix = await makeMatrix(server);

describe('the table of routes', () => {
  it('names what is open to everybody, and no route that is not there', () => {
    expect(open.sort()).toEqual([...openRoutes].sort());
    const known = new Set(guarded.map(nameOf));
    expect(Object.keys(accessRows).filter((name) => !known.has(name))).toEqual([]);
    expect(guarded.length).toBeGreaterThan(60);
  });
});

describe('every route answers as its row says', () => {
  it.each(guarded.map((rule) => [nameOf(rule), rule] as const))('%s', async (_, rule) => {
    expect((await faultsOf(matrix, rule)).join('\n')).toBe('');
  });
});
