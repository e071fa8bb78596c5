import { pinyin } from 'pinyin-pro';
import { customerTokens, queryTokens, type TokenMatch } from '../customers/index.js';
import { phoneDigits } from './contacts.rules.js';

/*
 * How a contact is found. A name has the tokens of a customer's name, and besides:
 *
 *   character  each one alone, so that a surname is found by equality     王小明 -> 王 小 明
 *   surname    spelling and initials with the surname's own reading       单 shan, 曾 zeng; initials from two letters on
 *   =digits    a whole phone number, and its last four digits, which a masked number shows
 *   =mail      a whole address
 *
 * The last two begin with a sign that no word of a name has, and are found whole only: a masked number or address cannot be
 * guessed bit by bit from its beginning.
 */

const han = /\p{Script=Han}/u;
const longest = 16;
const spelledCharacters = 8;

interface Reachable {
  name: string;
  phones: readonly string[];
  mails: readonly string[];
}

function addSurname(tokens: Set<string>, characters: readonly string[]): void {
  const syllables = pinyin(characters.join(''), {
    toneType: 'none',
    type: 'array',
    v: true,
    surname: 'head',
  }).filter((syllable) => /^[a-z]+$/.test(syllable));
  if (syllables.length === 0) return;
  tokens.add(syllables.join('').slice(0, longest));
  tokens.add(
    syllables
      .map((syllable) => syllable[0])
      .join('')
      .slice(0, longest),
  );
}

/** The tokens under which a contact is found. No order, no repetition. */
export function contactTokens({ name, phones, mails }: Reachable): string[] {
  const tokens = new Set(customerTokens({ name, customerNo: '' }));
  const characters = Array.from(name.normalize('NFKC')).filter((character) => han.test(character));
  for (const character of characters) tokens.add(character);
  if (characters.length > 0) addSurname(tokens, characters.slice(0, spelledCharacters));
  for (const phone of phones) {
    const digits = phoneDigits(phone);
    tokens.add(`=${digits}`);
    if (digits.length > 4) tokens.add(`=${digits.slice(-4)}`);
  }
  for (const mail of mails) tokens.add(`=${mail.toLowerCase()}`);
  return [...tokens];
}

function wordTokens(word: string): TokenMatch[] {
  if (word.includes('@')) return [{ token: `=${word.toLowerCase()}`, match: 'equals' }];
  if (/^[+\d().-]+$/.test(word) && phoneDigits(word).length >= 4) {
    return [{ token: `=${phoneDigits(word)}`, match: 'equals' }];
  }
  const isOneCharacter = Array.from(word).length === 1 && han.test(word);
  return isOneCharacter ? [{ token: word, match: 'equals' }] : queryTokens(word);
}

/** What a contact's tokens must fulfil, all of it, to be found. Empty where the query has nothing to look for. */
export function contactQuery(query: string): TokenMatch[] {
  const plain = query.normalize('NFKC').trim();
  // 138 1234 5678 is one number.
  const words = /^[+\d\s().-]+$/.test(plain) ? [plain.replace(/\s+/gu, '')] : plain.split(/\s+/u);
  return words.flatMap(wordTokens).slice(0, 20);
}
