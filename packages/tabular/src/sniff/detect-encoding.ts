import { isAscii, isUtf8 } from 'node:buffer';

import type { Encoding } from '@kezi/contract';

import { decodeStrict } from '../bytes/decode-segments.js';
import type { TabularWarning } from '../tabular-row.js';
import { COMMON_CHARACTERS } from './common-characters.js';
import type { FileHead } from './read-head.js';

export interface DetectedEncoding {
  encoding: Encoding;
  bom: boolean;
  /** Bytes of the byte order mark. */
  bomBytes: number;
  warnings: TabularWarning[];
}

/** Lines that are looked at; 2,000 with other than ASCII decide it. */
const LINES = 2000;

/** The byte order mark at the front, or null. */
export function findBom(bytes: Buffer): { encoding: Encoding; bytes: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', bytes: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', bytes: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', bytes: 2 };
  if (bytes[0] === 0x84 && bytes[1] === 0x31 && bytes[2] === 0x95 && bytes[3] === 0x33) {
    return { encoding: 'gb18030', bytes: 4 };
  }
  return null;
}

/**
 * The encoding of a text file: its mark; UTF-16 by where the zero bytes stand; UTF-8 where at least 8 of 10 lines beyond
 * ASCII are valid (the others are broken rows); else GB18030 or Big5, whichever decodes more lines and gives the commoner
 * characters.
 */
export function detectEncoding(head: FileHead): DetectedEncoding {
  const bom = findBom(head.bytes);
  if (bom !== null) return { encoding: bom.encoding, bom: true, bomBytes: bom.bytes, warnings: [] };
  const found = (encoding: Encoding, warnings: TabularWarning[] = []): DetectedEncoding => ({
    encoding,
    bom: false,
    bomBytes: 0,
    warnings,
  });
  const wide = detectWide(head.bytes);
  if (wide !== null) return found(wide);
  const lines = linesBeyondAscii([head.bytes, ...head.probes], head.whole);
  if (lines.length === 0) return found('utf-8');
  const utf8 = lines.filter((line) => isUtf8(line)).length / lines.length;
  if (utf8 >= 0.8) return found('utf-8');
  const gb = scoreChinese(lines, 'gb18030');
  const big5 = scoreChinese(lines, 'big5');
  const best =
    gb.score >= big5.score ? { encoding: 'gb18030' as const, ...gb } : { encoding: 'big5' as const, ...big5 };
  if (utf8 > best.valid) return found('utf-8');
  if (best.common >= 0.2) return found(best.encoding);
  return found(best.encoding, [{ code: 'tabular.encoding_doubtful', params: { encoding: best.encoding } }]);
}

function detectWide(bytes: Buffer): Encoding | null {
  let even = 0;
  let odd = 0;
  const size = Math.min(bytes.length, 64 << 10);
  for (let at = 0; at < size; at += 1) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even + odd < Math.max(2, size * 0.02)) return null;
  const encoding = odd > even * 19 ? 'utf-16le' : even > odd * 19 ? 'utf-16be' : null;
  if (encoding === null) return null;
  return decodeStrict(bytes.subarray(0, size - (size % 4)), encoding) === null ? null : encoding;
}

function linesBeyondAscii(parts: readonly Buffer[], whole: boolean): Buffer[] {
  const lines: Buffer[] = [];
  for (const [index, part] of parts.entries()) {
    let from = 0;
    // A line cut off at the end of the front may end within a character.
    const end = whole || index > 0 ? part.length : lastBreak(part);
    while (from < end && lines.length < LINES) {
      let to = from;
      while (to < end && part[to] !== 0x0a && part[to] !== 0x0d) to += 1;
      const line = part.subarray(from, to);
      if (!isAscii(line)) lines.push(line);
      from = to + 1;
    }
  }
  return lines;
}

function lastBreak(part: Buffer): number {
  const at = Math.max(part.lastIndexOf(0x0a), part.lastIndexOf(0x0d));
  return at === -1 ? part.length - 4 : at;
}

function scoreChinese(
  lines: readonly Buffer[],
  encoding: 'gb18030' | 'big5',
): { score: number; valid: number; common: number } {
  let valid = 0;
  let characters = 0;
  let common = 0;
  for (const line of lines) {
    const text = decodeStrict(line, encoding);
    if (text === null) continue;
    valid += 1;
    for (const character of text) {
      if (character <= '\u007F') continue;
      if (/[，。：；（）、￥／－]/u.test(character)) continue;
      characters += 1;
      if (COMMON_CHARACTERS.has(character)) common += 1;
    }
  }
  const validShare = valid / lines.length;
  const commonShare = characters === 0 ? 0 : common / characters;
  return { score: validShare * (0.05 + commonShare), valid: validShare, common: commonShare };
}
