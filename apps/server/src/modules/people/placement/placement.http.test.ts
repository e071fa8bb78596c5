import { describe, expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';

const { users } = await testServer();

async function named(query: string): Promise<string[]> {
  const { body } = await users.member.get(`/colleagues?${query}`);
  return (body.items as { name: string }[]).map(({ name }) => name);
}

async function newPerson(name: string): Promise<number> {
  const wish = { email: `${name}@kezi.example`, name, role: 'member', password: 'seven grey herons' };
  return (await users.administrator.post('/users', wish)).body.id;
}

describe('names of colleagues', () => {
  it('are told of whoever is asked for by id: out of sight, and gone', async () => {
    const [near, far, gone] = [await newPerson('near'), await newPerson('far'), await newPerson('gone')];
    await users.administrator.patch(`/users/${gone}`, { disabled: true });
    expect((await users.member.get(`/users/${far}`)).status).toBe(404);
    expect(await named(`userId=${far}&userId=${gone}`)).toEqual(['far', 'gone']);
    expect(await named(`userId=${near}`)).toEqual(['near']);
    expect(await named('userId=2147483647')).toEqual([]);
  });

  it('to choose from are of those alone who work here', async () => {
    const gone = await newPerson('left');
    expect(await named('search=left')).toEqual(['left']);
    await users.administrator.patch(`/users/${gone}`, { disabled: true });
    expect(await named('search=left')).toEqual([]);
  });
});
