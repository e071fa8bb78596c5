import { simplify } from './simplify-characters.js';
import {
  districtShape,
  latinForms,
  latinRegions,
  legalForms,
  longestTrade,
  municipalities,
  regionEnds,
  regions,
  spelledForms,
  tradeKinds,
} from './name-words.js';

/** A name taken apart, for comparing it with another. Nothing of it is ever shown. */
export interface NameParts {
  /** The name without region and legal form: 星辰电子科技. */
  core: string;
  /** 上海; empty where the name has none. */
  region: string;
  /** Whether it said what it is legally; a name without is likely a short one, or a person's. */
  hasForm: boolean;
  /** The core without trades at its end, and their kinds: 星辰 and t. */
  brand: string;
  trades: string;
}

const longestName = 120;
const longestRegion = 5;
const han = /\p{Script=Han}/u;
const formerly = /^(?:原|曾用名|原名|已注销|停用|formerly|former)/u;

/** One width, one case, simple characters, brackets of one kind, no accents, no signs that nobody sees. */
export function plainName(name: string): string {
  const text = name
    .slice(0, longestName)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u200B-\u200F\u2060\uFEFF\u00AD]/gu, '')
    .replace(/[[{【〔〈《「『]/gu, '(')
    .replace(/[\]}】〕〉》」』]/gu, ')')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC');
  return simplify(text);
}

function regionAt(text: string): { region: string; length: number } | null {
  for (let length = Math.min(longestRegion, text.length); length >= 2; length--) {
    const word = text.slice(0, length);
    if (!regions.has(word)) continue;
    const end = regionEnds.exec(text.slice(length))?.[0] ?? '';
    return { region: word, length: length + end.length };
  }
  return null;
}

/** Words in brackets: a region counts as one, former names and legal forms are dropped, all else stays in its place. */
function openBrackets(text: string): { text: string; region: string } {
  let region = '';
  const open = text.replace(/\(([^()]*)\)/gu, (_, inner: string) => {
    const word = inner.trim();
    const found = regionAt(word);
    if (found && found.length === word.length) region = found.region;
    else if (latinRegions.has(word.replace(/\s/g, '')))
      region = latinRegions.get(word.replace(/\s/g, '')) ?? '';
    else if (!formerly.test(word)) return ` ${word} `;
    return ' ';
  });
  return { text: open, region };
}

/** The trades at the end of a core, the longest word first, as long as two signs of a name are left. */
function divideBrand(core: string): { brand: string; trades: string } {
  let brand = core;
  const kinds = new Set<string>();
  for (let found = true; found;) {
    found = false;
    for (let length = Math.min(longestTrade, brand.length - 2); length >= 2 && !found; length--) {
      const kind = tradeKinds.get(brand.slice(-length));
      if (kind === undefined) continue;
      kinds.add(kind);
      brand = brand.slice(0, -length);
      found = true;
    }
  }
  return { brand, trades: [...kinds].sort().join('') };
}

/** Whether nothing but trades is left: in 北京银行 the region is the name. */
function isTradesOnly(core: string): boolean {
  let rest = core;
  while (rest !== '') {
    let length = Math.min(longestTrade, rest.length);
    while (length > 0 && !tradeKinds.has(rest.slice(0, length))) length--;
    if (length === 0) return false;
    rest = rest.slice(length);
  }
  return true;
}

/** A region in Latin letters before a name in characters: SHANGHAI星辰. */
function takeLatinRegion(text: string): { text: string; region: string } {
  const word = /^[a-z]+/.exec(text)?.[0] ?? '';
  const region = latinRegions.get(word);
  return region === undefined ? { text, region: '' } : { text: text.slice(word.length), region };
}

function takeRegions(text: string, known: string): { core: string; region: string } {
  let core = text;
  let region = known;
  // Province and city at most; the smaller of the two tells more.
  for (let turn = 0; turn < 2; turn++) {
    const found = regionAt(core);
    const rest = core.slice(found?.length ?? 0);
    if (!found || rest.length < 2 || isTradesOnly(rest)) break;
    core = rest;
    region = found.region === '中国' && region !== '' ? region : found.region;
    const district = districtShape.exec(core)?.[0] ?? '';
    if (district !== '' && core.length - district.length >= 2) core = core.slice(district.length);
    if (municipalities.has(found.region)) break;
  }
  return { core, region };
}

function chineseParts(text: string, bracketed: string): NameParts {
  const joined = text.replace(/[^\p{L}\p{N}]+/gu, '');
  const latin = takeLatinRegion(joined);
  const bare = latin.text.replace(legalForms, '');
  const { core, region } = takeRegions(bare === '' ? latin.text : bare, latin.region || bracketed);
  return { core, region, hasForm: bare !== latin.text, ...divideBrand(core) };
}

function latinParts(text: string, bracketed: string): NameParts {
  const words = text.replace(/['’.]/gu, '').match(/[\p{L}\p{N}]+/gu) ?? [];
  const kept = words.filter((word) => !latinForms.has(word));
  const named = kept.length > 0 ? kept : words;
  let region = bracketed;
  const core: string[] = [];
  for (const word of named) {
    const found = latinRegions.get(word);
    if (found !== undefined && named.length > 1) region = found;
    else core.push(word);
  }
  const joined = core.length > 0 ? core.join('') : named.join('');
  const spelled = joined.replace(spelledForms, '');
  const isSpelled = spelled !== '' && spelled !== joined;
  const name = isSpelled ? spelled : joined;
  return { core: name, region, hasForm: kept.length < words.length || isSpelled, brand: name, trades: '' };
}

/** Takes a name apart. Names of other scripts go by their words. */
export function nameParts(name: string): NameParts {
  const { text, region } = openBrackets(plainName(name));
  return han.test(text) ? chineseParts(text, region) : latinParts(text, region);
}
