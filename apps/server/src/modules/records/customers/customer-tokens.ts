import { pinyin } from 'pinyin-pro';

/*
 * How a customer is found by part of its name.
 *
 * Every customer has a few rows in `customer_token`, and every word of a query becomes conditions on that table: a token
 * equals a text, or begins with it. Both are comparisons of text, which PostgreSQL calls leakproof, so the index works
 * under row-level security; LIKE and array operators are not and would read every row (STACK: 3 ms against 900 ms).
 *
 *   bigram    each pair of neighbouring CJK characters, and the last character alone    星辰电子 -> 星辰 辰电 电子 子
 *   spelling  full pinyin and Latin words, joined, from every place on                  xingchendianzi chendianzi dianzi
 *   initials  first letters of pinyin, joined, from every place on                      xcdz cdz
 *   number    the customer number without punctuation, and its digits alone             c000123 000123
 *
 * A query of Chinese characters must find all its bigrams; one character finds tokens that begin with it. A query of
 * letters or digits finds tokens that begin with it, so `xingc`, `xcd` and `000` all work while they are typed. Blanks
 * divide a query into words, all of which must be found, in any order.
 *
 * What keeps the table small (25 rows for a name of 12 characters): spellings and initials leave out the legal form at the
 * end (有限公司) and start at the first 6 places only; initials shorter than three letters are left out, and so is a
 * spelling that begins a longer one. Readings follow the word where two characters decide them (重庆 chong, 银行 hang).
 * Full and half width, upper and lower case, accents and punctuation make no difference.
 */

/** A condition on the tokens of a customer. */
export interface TokenMatch {
  token: string;
  match: 'equals' | 'begins';
}

/** Characters of a name that are looked at; a longer name is found by its beginning. */
const longestName = 40;
/** Letters kept of a joined spelling and of initials; a longer query is compared by as many. */
const longestSpelling = 16;
/** Letters and digits kept of a number. */
const longestNumber = 40;
/** Places of a name from which it can be spelled. */
const spelledPlaces = 6;
/** Conditions of a query that count: a whole registered name has about as many. */
const longestQuery = 20;

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const parts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}\p{M}])+/gu;
const legalForm = /(?:股份有限公司|有限责任公司|有限公司|公司)$/u;

function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The first `length` code units, never half a character. */
function clip(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** Whole characters of a run, also those beyond the basic plane (𠮷). */
function charactersOf(run: string): string[] {
  return Array.from(run).slice(0, longestName);
}

function withoutAccents(word: string): string {
  if (/^[0-9a-z]*$/.test(word)) return word;
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}

/** The runs of CJK characters and the words of other scripts in a text, in order; punctuation between characters is gone. */
function partsOf(text: string): string[] {
  // Most names and numbers are one part; looking up the properties of each character would take four times as long.
  if (/^(?:[\u4E00-\u9FFF]+|[0-9a-z]+)$/.test(text)) return [text];
  const joined = normalise(text).replace(
    /(?<=[\p{Script=Han}])[^\p{L}\p{N}\p{M}]+(?=[\p{Script=Han}])/gu,
    '',
  );
  return joined.match(parts) ?? [];
}

/** Readings by pair of characters. A pair takes 6 microseconds to look up, and names are made of few pairs. */
const readings = new Map<string, readonly string[]>();
const mostReadings = 200_000;

function readingOf(pair: string): readonly string[] {
  let reading = readings.get(pair);
  if (!reading) {
    const found = pinyin(pair, { toneType: 'none', type: 'array', v: true });
    reading = found.map((syllable) => (/^[a-z]+$/.test(syllable) ? syllable : ''));
    if (readings.size >= mostReadings) readings.clear();
    readings.set(pair, reading);
  }
  return reading;
}

/** Pinyin of each character; a pair that is a word (重庆) decides the reading of both. */
function syllablesOf(characters: readonly string[]): string[] {
  const syllables = characters.map((character) => readingOf(character)[0] ?? '');
  const plain = [...syllables];
  for (let i = 0; i + 1 < characters.length; i++) {
    const pair = readingOf(`${characters[i]}${characters[i + 1]}`);
    if (pair.length !== 2) continue;
    if (pair[0] !== plain[i]) syllables[i] = pair[0] ?? '';
    if (pair[1] !== plain[i + 1]) syllables[i + 1] = pair[1] ?? '';
  }
  return syllables;
}

function addBigrams(tokens: Set<string>, characters: readonly string[]): void {
  for (let i = 0; i + 1 < characters.length; i++) tokens.add(`${characters[i]}${characters[i + 1]}`);
  const last = characters.at(-1);
  if (last) tokens.add(last);
}

/** One place of a name: a character with its pinyin, or a whole word of another script. */
interface Place {
  spelling: string;
  initial: string;
}

function placesOf(name: string): Place[] {
  const places: Place[] = [];
  for (const part of partsOf(normalise(name).trim().replace(legalForm, ''))) {
    if (cjk.test(part)) {
      for (const syllable of syllablesOf(charactersOf(part))) {
        if (syllable) places.push({ spelling: syllable, initial: syllable.slice(0, 1) });
      }
    } else {
      const word = withoutAccents(part);
      places.push({ spelling: word, initial: word });
    }
  }
  return places;
}

function addSpellings(spellings: Set<string>, places: readonly Place[]): void {
  for (let start = 0; start < Math.min(places.length, spelledPlaces); start++) {
    let spelling = '';
    let initials = '';
    for (const place of places.slice(start, start + longestSpelling)) {
      if (spelling.length < longestSpelling) spelling += place.spelling;
      initials += place.initial;
    }
    spellings.add(clip(spelling, longestSpelling));
    if (initials.length >= 3) spellings.add(clip(initials, longestSpelling));
  }
}

function addNumber(spellings: Set<string>, customerNo: string): void {
  const words = partsOf(customerNo);
  const joined = words.map(withoutAccents).join('');
  spellings.add(clip(joined, longestNumber));
  const digits = /\d+$/.exec(joined)?.[0];
  if (digits) spellings.add(digits.slice(-longestNumber));
}

/** A spelling that begins another one finds nothing more than that one does. */
function withoutBeginnings(spellings: Set<string>): string[] {
  const sorted = [...spellings].filter((spelling) => spelling !== '').sort();
  return sorted.filter((spelling, i) => !sorted[i + 1]?.startsWith(spelling));
}

/** The tokens under which a customer is found. No order, no repetition. */
export function customerTokens(customer: {
  name: string;
  shortName?: string | null;
  legalName?: string | null;
  customerNo: string;
  /** Other numbers by which it may be sought: of registers, and those that customers merged into it had. */
  otherNumbers?: readonly string[];
}): string[] {
  const tokens = new Set<string>();
  const spellings = new Set<string>();
  for (const name of new Set([customer.name, customer.shortName, customer.legalName])) {
    if (!name) continue;
    for (const part of partsOf(name)) {
      if (cjk.test(part)) addBigrams(tokens, charactersOf(part));
    }
    addSpellings(spellings, placesOf(name));
  }
  for (const number of [customer.customerNo, ...(customer.otherNumbers ?? [])]) {
    for (const part of partsOf(number)) {
      if (cjk.test(part)) addBigrams(tokens, charactersOf(part));
    }
    addNumber(spellings, number);
  }
  for (const spelling of withoutBeginnings(spellings)) tokens.add(spelling);
  return [...tokens];
}

function matchesOfCharacters(characters: readonly string[]): TokenMatch[] {
  if (characters.length === 1) return [{ token: characters[0] ?? '', match: 'begins' }];
  const tokens = new Set<string>();
  for (let i = 0; i + 1 < characters.length; i++) tokens.add(`${characters[i]}${characters[i + 1]}`);
  return [...tokens].map((token) => ({ token, match: 'equals' }));
}

/**
 * What a customer's tokens must fulfil, all of it, for the query to find the customer. Empty where the query has no
 * letter, digit or character: it then narrows nothing.
 */
export function queryTokens(query: string): TokenMatch[] {
  const matches = new Map<string, TokenMatch>();
  for (const word of normalise(query).split(/\s+/u)) {
    const found = partsOf(word);
    for (const part of found.filter((part) => cjk.test(part))) {
      for (const match of matchesOfCharacters(charactersOf(part))) {
        matches.set(match.token, match);
      }
    }
    // Punctuation inside a word of letters and digits is passed over: C-000123 is c000123.
    const isPlain = found.every((part) => !cjk.test(part));
    const others = found.filter((part) => !cjk.test(part)).map(withoutAccents);
    for (const other of isPlain ? [others.join('')] : others) {
      if (other) matches.set(other, { token: clipQuery(other), match: 'begins' });
    }
  }
  return [...matches.values()].slice(0, longestQuery);
}

/** Four digits in a row make a query a number, which is kept longer than a spelling. */
function clipQuery(word: string): string {
  return clip(word, /\d{4}/.test(word) ? longestNumber : longestSpelling);
}
