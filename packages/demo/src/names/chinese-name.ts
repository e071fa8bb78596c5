import type { IndustryKey } from '../industries.js';
import { permutation } from '../permutation.js';
import { RandomStream, mix } from '../random.js';
import { cities, cityWeights, type City } from './cities.js';
import { givenSigns, groupTradeNames, surnames, tradeNames, tradeWords } from './name-parts.js';

export interface CompanyName {
  readonly name: string;
  readonly shortName: string;
}

export interface ChineseCompany extends CompanyName {
  readonly city: City;
}

function at<T>(items: readonly T[], place: number): T {
  const item = items[place];
  if (item === undefined) throw new RangeError(`There is no item ${place} of ${items.length}.`);
  return item;
}

/** The nth city of a weighted order without repeats; the order depends on `key` alone. */
function nthCity(seed: number, key: number, nth: number): City {
  const stream = new RandomStream(mix(seed, 0x2b7e1516), key, 'profile');
  const seen = new Set<number>();
  for (;;) {
    const place = stream.pickWeighted(cityWeights);
    if (seen.has(place)) continue;
    if (seen.size === nth) return at(cities, place);
    seen.add(place);
  }
}

function legalForm(stream: RandomStream): string {
  const u = stream.uniform();
  if (u < 0.84) return '有限公司';
  return u < 0.93 ? '有限责任公司' : '股份有限公司';
}

/**
 * Names of companies as they are registered: place, trade name, business, legal form. A local number below the count
 * of (trade name, business) pairs takes each pair once; later numbers take the same pair in another city.
 */
export function chineseNames(industry: IndustryKey, seed: number) {
  const words = tradeWords[industry];
  const combinations = tradeNames.length * words.length;
  const order = permutation(combinations, mix(seed, words.length * 131 + industry.length));
  return (local: number, stream: RandomStream): ChineseCompany => {
    const pair = order.forward(local % combinations);
    const city = nthCity(seed, pair, Math.floor(local / combinations));
    const tradeName = at(tradeNames, Math.floor(pair / words.length));
    const word = at(words, pair % words.length);
    const form = legalForm(stream);
    const placeFirst = stream.uniform() < 0.85;
    const name = placeFirst
      ? `${city.name}${tradeName}${word}${form}`
      : `${tradeName}${word}(${city.name})${form}`;
    return { name, shortName: `${city.name}${tradeName}`, city };
  };
}

/** The head of a group and its subsidiaries share one trade name; a subsidiary carries its business and city. */
export function groupMemberName(group: number, member: number, industry: IndustryKey): ChineseCompany {
  // A stride of 41 keeps groups that follow each other from beginning with the same sign.
  const tradeName = at(groupTradeNames, (group * 41 + 17) % groupTradeNames.length);
  const city = at(cities, (member * 29 + group * 7) % cities.length);
  if (member === 0) {
    return { name: `${city.name}${tradeName}控股集团有限公司`, shortName: `${tradeName}集团`, city };
  }
  const words = tradeWords[industry];
  const word = at(words, (group + Math.floor(member / cities.length)) % words.length);
  return { name: `${tradeName}${word}(${city.name})有限公司`, shortName: `${tradeName}${city.name}`, city };
}

/** How many groups have a trade name of their own. */
export const groupNameCount: number = groupTradeNames.length;

/** A person's name: a common surname (earlier ones more often) and one or two signs. */
export function personName(stream: RandomStream): string {
  const surname = surnames.charAt(Math.floor(surnames.length * stream.uniform() ** 2));
  const first = givenSigns.charAt(stream.below(givenSigns.length));
  return (
    surname + first + (stream.uniform() < 0.72 ? givenSigns.charAt(stream.below(givenSigns.length)) : '')
  );
}
