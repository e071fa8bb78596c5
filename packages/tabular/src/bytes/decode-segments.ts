import { isAscii, isUtf8 } from 'node:buffer';

import type { Encoding } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

import { MAX_CELL, MAX_LINE } from '../limits.js';

/**
 * Text of whole physical lines. A byte that has no meaning in the encoding stands as a lone surrogate, which no valid
 * text can hold; so a U+FFFD in the text truly was in the file.
 */
export interface Segment {
  text: string;
  broken: boolean;
}

interface SegmentDecoder {
  /** Takes the next bytes; gives the whole lines among them, or null while a line is unfinished. */
  push: (piece: Buffer) => Segment | null;
  /** What stands behind the last line end, or null. */
  end: () => Segment | null;
}

const LF = 0x0a;
const CR = 0x0d;
const BROKEN = '\uDFFF';
/** The bytes 0x80 to 0x9F of windows-1252: some versions of Node decode them as Latin-1, which has no signs there. */
const BETWEEN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
const LONE_SURROGATE = /\p{Cs}/u;

/** True where a byte of the text had no meaning in the encoding. */
export function isBroken(text: string): boolean {
  return LONE_SURROGATE.test(text);
}

/** The text with broken places shown as U+FFFD: for showing, never for storing. */
export function showBroken(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD');
}

/**
 * Cuts bytes at line ends and decodes them. LF and CR are never the second byte of a character in UTF-8, GB18030 and
 * Big5, so the cut is safe there; UTF-16 is cut at whole units. A line over 16 MiB is refused at once.
 *
 * @param lineNumber tells the line that is being read, for the message
 */
export function createSegmentDecoder(encoding: Encoding, lineNumber: () => number): SegmentDecoder {
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  let carry: Buffer[] = [];
  let carried = 0;

  function keep(piece: Buffer): void {
    if (piece.length === 0) return;
    carry.push(piece);
    carried += piece.length;
    if (carried > MAX_LINE) throw tooLong(Buffer.concat(carry), lineNumber());
  }

  function take(piece: Buffer): Buffer {
    const all = carry.length === 0 ? piece : Buffer.concat([...carry, piece]);
    carry = [];
    carried = 0;
    return all;
  }

  return {
    push(piece) {
      if (wide) {
        const all = take(piece);
        const cut = lastLineEndWide(all, encoding === 'utf-16be');
        keep(all.subarray(cut));
        return cut === 0 ? null : decodeLines(all.subarray(0, cut), encoding);
      }
      const cut = lastLineEnd(piece);
      if (cut === 0) {
        keep(piece);
        return null;
      }
      const lines = take(piece.subarray(0, cut));
      keep(piece.subarray(cut));
      return decodeLines(lines, encoding);
    },
    end() {
      const rest = take(Buffer.alloc(0));
      return rest.length === 0 ? null : decodeLines(rest, encoding);
    },
  };
}

function tooLong(line: Buffer, lineNumber: number): CodedError {
  const tail = line.subarray(line.length - MAX_CELL);
  const hasDelimiter = [',', '\t', ';', '|'].some((delimiter) => tail.includes(delimiter));
  return hasDelimiter
    ? new CodedError('tabular.line_too_large', { line: lineNumber, limit: '16 MiB' })
    : new CodedError('tabular.cell_too_large', { line: lineNumber, limit: '1 MiB' });
}

/** Index behind the last line end; a CR that ends the piece is left, for LF may follow. */
function lastLineEnd(piece: Buffer): number {
  const lf = piece.lastIndexOf(LF);
  if (lf === piece.length - 1) return lf + 1;
  const cr = piece.length < 2 ? -1 : piece.lastIndexOf(CR, piece.length - 2);
  return Math.max(lf, cr) + 1;
}

function lastLineEndWide(piece: Buffer, bigEndian: boolean): number {
  const low = bigEndian ? 1 : 0;
  const lastUnit = piece.length - (piece.length % 2) - 2;
  for (let at = lastUnit; at >= 0; at -= 2) {
    if (piece[at + 1 - low] !== 0) continue;
    const unit = piece[at + low];
    if (unit === LF || (unit === CR && at < lastUnit)) return at + 2;
  }
  return 0;
}

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

function decoderFor(encoding: Encoding, fatal: boolean): InstanceType<typeof TextDecoder> {
  const key = `${encoding}${fatal}`;
  const known = decoders.get(key);
  if (known !== undefined) return known;
  const made = new TextDecoder(encoding, { fatal, ignoreBOM: true });
  decoders.set(key, made);
  return made;
}

/** The text of bytes, or null where they are not valid in the encoding. */
export function decodeStrict(bytes: Buffer, encoding: Encoding): string | null {
  if (encoding === 'utf-8') {
    if (isAscii(bytes)) return bytes.toString('latin1');
    return isUtf8(bytes) ? bytes.toString('utf8') : null;
  }
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const text = decodeWide(bytes, encoding === 'utf-16be');
    return isBroken(text) ? null : text;
  }
  if (isAscii(bytes)) return bytes.toString('latin1');
  try {
    const text = decoderFor(encoding, true).decode(bytes);
    if (encoding === 'windows-1252')
      return text.replace(/[\u0080-\u009F]/g, (odd) => BETWEEN.charAt(odd.charCodeAt(0) - 0x80));
    // The decoder gives U+F8F8 for the byte 0xFF of Big5, which is no character.
    return encoding === 'big5' && text.includes('\uF8F8') ? null : text;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function decodeWide(bytes: Buffer, bigEndian: boolean): string {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = (bigEndian ? Buffer.from(whole).swap16() : whole).toString('utf16le');
  return bytes.length % 2 === 0 ? text : `${text}${BROKEN}`;
}

function decodeLines(bytes: Buffer, encoding: Encoding): Segment {
  const text = decodeStrict(bytes, encoding);
  if (text !== null) return { text, broken: false };
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    return { text: decodeWide(bytes, encoding === 'utf-16be'), broken: true };
  }
  const parts: string[] = [];
  let from = 0;
  while (from < bytes.length) {
    let to = from;
    while (to < bytes.length && bytes[to] !== LF && bytes[to] !== CR) to += 1;
    parts.push(decodeLine(bytes.subarray(from, to), encoding));
    if (to < bytes.length) parts.push(bytes[to] === LF ? '\n' : '\r');
    from = to + 1;
  }
  return { text: parts.join(''), broken: true };
}

function decodeLine(line: Buffer, encoding: Encoding): string {
  const text = decodeStrict(line, encoding);
  if (text !== null) return text;
  return decoderFor(encoding, false)
    .decode(line)
    .replace(/\uFFFD|\uF8F8/g, BROKEN);
}
