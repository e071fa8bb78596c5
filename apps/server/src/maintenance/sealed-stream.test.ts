import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSealed, sealStream, unsealStream } from './sealed-stream.js';

const piece = 2 ** 20;
const sealedPiece = piece + 16;
const headBytes = 49;
const passphrase = '一句很长的口令 Ａ';
/** A thousandth of the memory that real files take: forty keys are derived here. */
const cost = 7;

async function* inParts(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const list: Buffer[] = [];
  for await (const part of parts) list.push(part);
  return Buffer.concat(list);
}

const content = randomBytes(2 * piece + 12_345);
const sealed = await all(sealStream(inParts(content, 70_000), passphrase, cost));
const unseal = (bytes: Buffer, word = passphrase) =>
  all(unsealStream(inParts(bytes, 100_003), word, 'a file'));

/** The sealed pieces in another order, or not all of them. */
function withPieces(order: readonly number[]): Buffer {
  const pieceAt = (n: number) =>
    sealed.subarray(headBytes + n * sealedPiece, headBytes + (n + 1) * sealedPiece);
  return Buffer.concat([sealed.subarray(0, headBytes), ...order.map(pieceAt)]);
}

function flipped(at: number): Buffer {
  const bytes = Buffer.from(sealed);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes;
}

describe('a sealed stream', () => {
  it('opens to what was sealed, also with the passphrase spelt in another form', async () => {
    expect(isSealed(sealed)).toBe(true);
    expect(sealed.length).toBe(headBytes + content.length + 3 * 16);
    expect((await unseal(sealed)).equals(content)).toBe(true);
    expect((await unseal(sealed, '一句很长的口令 A')).equals(content)).toBe(true);
  });

  it.each([0, 1, piece - 1, piece, piece + 1])('holds %i bytes', async (size) => {
    const bytes = content.subarray(0, size);
    const one = await all(sealStream(inParts(bytes, piece), passphrase, cost));
    expect((await unseal(one)).equals(bytes)).toBe(true);
  });

  it('is different every time', async () => {
    const again = await all(sealStream(inParts(content.subarray(0, 1000), 1000), passphrase, cost));
    const other = await all(sealStream(inParts(content.subarray(0, 1000), 1000), passphrase, cost));
    expect(again.subarray(headBytes).equals(other.subarray(headBytes))).toBe(false);
  });

  it.each([
    ['cut within a piece', sealed.subarray(0, -5000)],
    ['cut at the border of pieces', withPieces([0, 1])],
    ['cut after its beginning', sealed.subarray(0, headBytes)],
    ['cut within its beginning', sealed.subarray(0, headBytes - 1)],
    ['with two pieces swapped', withPieces([1, 0, 2])],
    ['with a piece left out', withPieces([0, 2])],
    ['with a piece twice', withPieces([0, 0, 1, 2])],
    ['with something behind its end', Buffer.concat([sealed, Buffer.from('x')])],
    ['with a bit of the first piece flipped', flipped(headBytes)],
    ['with a bit of the last tag flipped', flipped(sealed.length - 1)],
  ])('does not open %s', async (_, bytes) => {
    await expect(unseal(bytes)).rejects.toMatchObject({ code: 'backup.damaged' });
  });

  it('says when the passphrase is another one, or the salt is', async () => {
    await expect(unseal(sealed, '另一句很长的口令')).rejects.toMatchObject({
      code: 'backup.wrong_passphrase',
    });
    await expect(unseal(flipped(12))).rejects.toMatchObject({ code: 'backup.wrong_passphrase' });
  });

  it('of a later format, or one that wants more memory than there is, is refused', async () => {
    const later = Buffer.from(sealed);
    later.writeUInt8(2, 8);
    const dear = Buffer.from(sealed);
    dear.writeUInt8(60, 9);
    for (const bytes of [later, dear])
      await expect(unseal(bytes)).rejects.toMatchObject({ code: 'backup.newer' });
  });
});
