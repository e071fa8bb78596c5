import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { CodedError } from '@kezi/contract/errors';

/*
 * A stream sealed with a passphrase. At its beginning, in the clear:
 *
 *   8  bytes  "KEZISEAL"
 *   1         version of this format, 1
 *   1         log2 of scrypt's N; r is 8 and p is 1
 *   16        salt of scrypt
 *   7         beginning of every nonce
 *   16        proof of the passphrase: HMAC-SHA-256 of the 33 bytes before it, cut to 16
 *
 * then pieces of 1 MiB (the last may be shorter) under AES-256-GCM, each followed by its tag of 16 bytes. The nonce of a
 * piece is the beginning, its number in 4 bytes, and one byte that is 1 for the last piece alone; what stands in the
 * clear is authenticated with each. So a piece that is changed, moved, doubled or left out does not open, and neither
 * does a file that ends at a border of pieces: its last piece was not sealed as the last (the STREAM construction of
 * Hoang, Reyhanitabar, Rogaway and Vizar, 2015).
 */

const magic = Buffer.from('KEZISEAL');
const version = 1;
const openBytes = magic.length + 1 + 1 + 16 + 7;
const proofBytes = 16;
const headBytes = openBytes + proofBytes;
const pieceBytes = 2 ** 20;
const tagBytes = 16;
/** 128 MB and a third of a second for each guess of a passphrase. */
const usualCostLog2 = 17;
/** A header that asks for more than 1 GB is not ours. */
const mostCostLog2 = 20;

interface Keys {
  seal: Buffer;
  proof: Buffer;
}

function deriveKeys(passphrase: string, salt: Buffer, log2: number): Promise<Keys> {
  const cost = { N: 2 ** log2, r: 8, p: 1, maxmem: 2 ** (log2 + 11) };
  return new Promise((done, fail) => {
    // One passphrase typed on two systems may be spelt in two forms of Unicode.
    scrypt(passphrase.normalize('NFKC'), salt, 64, cost, (error, derived) => {
      if (error) fail(error);
      else done({ seal: derived.subarray(0, 32), proof: derived.subarray(32) });
    });
  });
}

function proofOf(keys: Keys, open: Buffer): Buffer {
  return createHmac('sha256', keys.proof).update(open).digest().subarray(0, proofBytes);
}

function nonceOf(open: Buffer, number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  open.copy(nonce, 0, openBytes - 7, openBytes);
  nonce.writeUInt32BE(number, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

/** The stream in pieces of `size` bytes, the last one of what is left; an empty stream is one empty piece. */
async function* piecesOf(
  source: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ piece: Buffer; isLast: boolean }> {
  let parts: Buffer[] = [];
  let held = 0;
  for await (const part of source) {
    parts.push(part);
    held += part.length;
    // More than one piece is held back, for only the end of the stream tells which piece is the last.
    while (held > size) {
      const all = Buffer.concat(parts);
      yield { piece: all.subarray(0, size), isLast: false };
      parts = [all.subarray(size)];
      held -= size;
    }
  }
  yield { piece: Buffer.concat(parts), isLast: true };
}

/** Whether a file that begins with these bytes is sealed. */
export function isSealed(beginning: Buffer): boolean {
  return beginning.subarray(0, magic.length).equals(magic);
}

/** `costLog2`: log2 of scrypt's N; it stands in the file, so whoever opens it need not know. */
export async function* sealStream(
  source: AsyncIterable<Buffer>,
  passphrase: string,
  costLog2 = usualCostLog2,
): AsyncGenerator<Buffer> {
  const open = Buffer.concat([magic, Buffer.from([version, costLog2]), randomBytes(16 + 7)]);
  const keys = await deriveKeys(passphrase, open.subarray(10, 26), costLog2);
  yield Buffer.concat([open, proofOf(keys, open)]);
  let number = 0;
  for await (const { piece, isLast } of piecesOf(source, pieceBytes)) {
    const cipher = createCipheriv('aes-256-gcm', keys.seal, nonceOf(open, number++, isLast));
    cipher.setAAD(open);
    yield cipher.update(piece);
    cipher.final();
    yield cipher.getAuthTag();
  }
}

function openPiece(keys: Keys, open: Buffer, sealed: Buffer, number: number, isLast: boolean): Buffer {
  const end = sealed.length - tagBytes;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keys.seal, nonceOf(open, number, isLast), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(open).setAuthTag(sealed.subarray(Math.max(0, end)));
    const piece = decipher.update(sealed.subarray(0, Math.max(0, end)));
    decipher.final();
    return piece;
  } catch (error) {
    throw new CodedError('backup.damaged', { part: `piece ${number + 1}` }, { cause: error });
  }
}

/** @throws CodedError backup.newer, backup.wrong_passphrase */
async function keysOf(head: Buffer, passphrase: string, file: string): Promise<Keys> {
  if (head.length < headBytes) throw new CodedError('backup.damaged', { part: 'piece 0' });
  const log2 = head.readUInt8(magic.length + 1);
  if (head.readUInt8(magic.length) > version || log2 > mostCostLog2) {
    throw new CodedError('backup.newer', { file });
  }
  const keys = await deriveKeys(passphrase, head.subarray(10, 26), log2);
  const proof = proofOf(keys, head.subarray(0, openBytes));
  if (!timingSafeEqual(proof, head.subarray(openBytes, headBytes)))
    throw new CodedError('backup.wrong_passphrase', { file });
  return keys;
}

/**
 * What was sealed; nothing of a piece is given on before it is proved.
 * @throws CodedError backup.wrong_passphrase, backup.damaged, backup.newer
 */
export async function* unsealStream(
  source: AsyncIterable<Buffer>,
  passphrase: string,
  file: string,
): AsyncGenerator<Buffer> {
  const { head, rest } = await splitHead(source);
  const keys = await keysOf(head, passphrase, file);
  const open = head.subarray(0, openBytes);
  let number = 0;
  for await (const { piece, isLast } of piecesOf(rest, pieceBytes + tagBytes)) {
    yield openPiece(keys, open, piece, number++, isLast);
  }
}

async function splitHead(
  source: AsyncIterable<Buffer>,
): Promise<{ head: Buffer; rest: AsyncIterable<Buffer> }> {
  const parts = source[Symbol.asyncIterator]();
  let read = Buffer.alloc(0);
  while (read.length < headBytes) {
    const next = await parts.next();
    if (next.done) break;
    read = Buffer.concat([read, next.value]);
  }
  async function* rest(): AsyncGenerator<Buffer> {
    yield read.subarray(headBytes);
    for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
  }
  return { head: read.subarray(0, headBytes), rest: rest() };
}
