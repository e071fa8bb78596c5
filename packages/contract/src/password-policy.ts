import { commonWords } from './common-words.js';

const keyboardRows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'abcdefghijklmnopqrstuvwxyz'];

export type PasswordFault = 'common' | 'name' | 'pattern' | 'digits';

/** What a person types for letters: full width, capitals and the usual figures in their place. */
function plain(text: string): string {
  const figures: Record<string, string> = {
    '0': 'o',
    '1': 'i',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '@': 'a',
    $: 's',
  };
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[01345@$]/g, (sign) => figures[sign] ?? sign);
}

const core = (text: string) => text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** One word that everybody uses, or two in a row: nothing between them, so that a sentence stays a good password. */
function isCommon(word: string): boolean {
  if (commonWords.has(word)) return true;
  for (let at = 2; at <= word.length - 2; at++) {
    if (commonWords.has(word.slice(0, at)) && commonWords.has(word.slice(at))) return true;
  }
  return false;
}

/** One sign, or a piece, over and over; or a walk along the keyboard or the alphabet. */
function isPattern(text: string): boolean {
  if (/^(.+?)\1+.{0,3}$/u.test(text)) return true;
  const walks = keyboardRows.flatMap((row) => [row, Array.from(row).reverse().join('')]);
  let covered = 0;
  for (let at = 0; at < text.length;) {
    const longest = walks.reduce((best, row) => {
      let length = 0;
      while (at + length < text.length && row.includes(text.slice(at, at + length + 1))) length += 1;
      return Math.max(best, length);
    }, 0);
    if (longest >= 4) covered += longest;
    at += Math.max(1, longest);
  }
  return covered >= text.length - 2;
}

/** Pieces of a name or an address that are long enough to be recognised. */
function piecesOf(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => [text, ...text.split(/[\s.@_+-]+/)])
    .map((piece) => piece.normalize('NFKC').toLowerCase())
    .filter((piece) => Array.from(piece).length >= (/\p{Script=Han}/u.test(piece) ? 2 : 4));
}

/** What is common to every address says nothing of its owner. */
const ofEveryAddress = new Set(['example', 'mail', 'company', 'gmail', 'outlook', 'hotmail', 'com.cn']);

/**
 * Why a password that is long enough is refused all the same; null when it is not.
 * @param names what the person and the company are called, and the person's address
 */
export function passwordFault(password: string, names: readonly string[]): PasswordFault | null {
  const typed = password.normalize('NFKC').toLowerCase();
  if (/^\d{1,15}$/.test(typed)) return 'digits';
  if (isPattern(typed)) return 'pattern';
  const word = core(typed);
  // What stands between two words as figures or signs is left out as well: `summer2026!sunshine`.
  const letters = typed.replaceAll(/[^\p{L}]+/gu, '');
  const hasBlanks = /\s/.test(typed);
  if ([word, plain(word)].some(isCommon) || (!hasBlanks && isCommon(letters))) return 'common';
  const pieces = piecesOf(names).filter((piece) => !ofEveryAddress.has(piece));
  if (pieces.some((piece) => typed.includes(piece) || plain(typed).includes(plain(piece)))) return 'name';
  return null;
}
