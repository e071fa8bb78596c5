import { scryptSync } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { expect, it } from 'vitest';

it('keeps a password as scrypt makes it: 2^14 rounds on 32 MB, with a salt of its own', async () => {
  const password = 'three pears on the old table';
  const [salt = '', hash = ''] = (await hashPassword(password)).split(':');
  const cost = { N: 2 ** 14, r: 16, p: 1, maxmem: 2 ** 27 };
  expect(salt).toMatch(/^[0-9a-f]{32}$/);
  expect(scryptSync(password, salt, 64, cost).toString('hex')).toBe(hash);
  expect(await hashPassword(password)).not.toContain(salt);
});
