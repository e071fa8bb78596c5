import { describe, expect, it } from 'vitest';
import { makeSecretBox } from './secret-box.js';
import { base32, fromBase32, newTotpSecret, stepOf, stepOfCode, totpCode, totpUri } from './totp.js';

/** The key of the test vectors of RFC 6238, appendix B. */
const secret = base32(Buffer.from('12345678901234567890'));

describe('a code by time', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at second %i is that of RFC 6238', (seconds, code) => {
    expect(totpCode(secret, stepOf(new Date(seconds * 1000)))).toBe(code);
  });

  it('is taken half a minute early or late, and no later', () => {
    const now = new Date(1_234_567_890_000);
    const at = (step: number) => stepOfCode(secret, totpCode(secret, stepOf(now) + step), now);
    expect([at(-2), at(-1), at(0), at(1), at(2)].map((step) => step !== null)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    for (const odd of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
      expect(stepOfCode(secret, odd, now)).toBeNull();
  });

  it('has a secret that survives being written down', () => {
    for (let round = 0; round < 50; round++) {
      const made = newTotpSecret();
      expect(made).toMatch(/^[A-Z2-7]{32}$/);
      expect(base32(fromBase32(made))).toBe(made);
    }
    expect(totpUri('ABC', 'a b@x.example', '海岳 & Co')).toBe(
      'otpauth://totp/%E6%B5%B7%E5%B2%B3%20%26%20Co:a%20b%40x.example?secret=ABC&issuer=%E6%B5%B7%E5%B2%B3%20%26%20Co&algorithm=SHA1&digits=6&period=30',
    );
  });
});

describe('a sealed secret', () => {
  const box = makeSecretBox('one');

  it('opens with the same key alone, and not when a byte was changed', () => {
    const sealed = box.seal('秘密');
    expect(box.open(sealed)).toBe('秘密');
    expect(box.seal('秘密')).not.toBe(sealed);
    expect(makeSecretBox('two').open(sealed)).toBeNull();
    const bytes = Buffer.from(sealed, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    expect(box.open(bytes.toString('base64url'))).toBeNull();
    expect(box.open('')).toBeNull();
  });

  it('is told from a signature', () => {
    const signature = box.sign('device');
    expect(box.isSigned('device', signature)).toBe(true);
    expect(box.isSigned('other', signature)).toBe(false);
    expect(box.isSigned('device', `${signature}x`)).toBe(false);
  });
});
