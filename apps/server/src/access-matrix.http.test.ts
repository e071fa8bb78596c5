import { restrictedFields } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { faultsOf, goodPath, makeMatrix } from './testing/access-matrix.js';
import { nameOf, routesOf } from './testing/access-routes.js';
import { accessRows, openRoutes } from './testing/access-rows.js';
import { keptWords, plantFigures, unmaskedWords } from './testing/kept-figures.js';
import { testServer } from './testing/test-server.js';
import type { TestClient } from './testing/test-users.js';

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

describe('fields that are kept from a role', () => {
  it('are in no answer to it, of whatever route, and in many to others', async () => {
    const { manager, administrator } = server.users;
    const reads = guarded.filter(
      (rule) => rule.method === 'GET' && accessRows[nameOf(rule)]?.endless !== true,
    );
    await plantFigures(server, matrix.objects.idOf('customer', 'own'));
    const shown = async (client: TestClient): Promise<string[]> => {
      const found: string[] = [];
      for (const rule of reads) {
        const { raw } = await client.get(goodPath(matrix, rule));
        found.push(
          ...[...keptWords, ...unmaskedWords]
            .filter((word) => raw.body.includes(word))
            .map((word) => `${nameOf(rule)}: ${word}`),
        );
      }
      return found;
    };
    const open = await shown(manager);
    expect(keptWords.filter((word) => !open.some((line) => line.endsWith(word)))).toEqual([]);
    const fields = restrictedFields.map((field) => ({ role: 'manager', field, mode: 'hidden' }));
    expect((await administrator.put('/wall', { fields, limits: [] })).status).toBe(200);
    expect(await shown(manager)).toEqual([]);
  });
});
