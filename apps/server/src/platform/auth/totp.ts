import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Authenticators agree on these: six figures that change every half minute, HMAC-SHA-1 (RFC 6238, RFC 4226). */
const stepSeconds = 30;
const figures = 6;
/** A clock may be half a minute off either way. */
const tolerance = 1;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 (RFC 4648) without padding, as authenticators take it. */
export function base32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >>> bits) & 31];
      value &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text;
}

export function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const sign of text) {
    value = (value << 5) | alphabet.indexOf(sign);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >>> bits) & 255);
      value &= (1 << bits) - 1;
    }
  }
  return Buffer.from(bytes);
}

/** A secret of 160 bits, the length of the hash. */
export const newTotpSecret = (): string => base32(randomBytes(20));

/** The half minute since 1970 that a moment is in. */
export const stepOf = (moment: Date): number => Math.floor(moment.getTime() / 1000 / stepSeconds);

/** The code of a half minute: the dynamic truncation of RFC 4226, 5.3. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = hash.readUInt8(hash.length - 1) & 15;
  const number = hash.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** figures).padStart(figures, '0');
}

/** The half minute whose code this is, of those that are near enough; null for a wrong code. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const at = stepOf(now);
  let found: number | null = null;
  for (let step = at - tolerance; step <= at + tolerance; step++) {
    // All are compared, so that the time taken does not tell which one it was.
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code))) found = step;
  }
  return found;
}

/** What the picture for the authenticator says. */
export function totpUri(secret: string, account: string, issuer: string): string {
  const label = [issuer, account].map(encodeURIComponent).join(':');
  const query = new URLSearchParams({ secret, issuer, algorithm: 'SHA1', digits: '6', period: '30' });
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
}
