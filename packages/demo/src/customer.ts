import { isoOf } from './calendar.js';
import type { Blueprint } from './blueprint.js';
import { creditCode } from './credit-code.js';
import type { IndustryKey } from './industries.js';
import { groupMemberName, personName } from './names/chinese-name.js';
import type { ForeignCountry } from './names/foreign-name.js';
import { ownerFor, teams } from './organisation.js';
import type { Plan } from './plan.js';
import { profileOf, type Profile } from './profile.js';
import { RandomStream } from './random.js';

export type Currency = 'CNY' | 'USD' | 'EUR' | 'JPY';

export interface Customer extends Profile {
  readonly customerNo: string;
  readonly name: string;
  readonly shortName: string;
  /** Unified social credit code; null abroad. */
  readonly creditCode: string | null;
  /** Name and customer number of the head of the group; the head itself has the name and no parent. */
  readonly groupName: string | null;
  readonly parentCustomerNo: string | null;
  readonly industry: IndustryKey;
  readonly industryName: string;
  readonly country: string;
  /** ISO 3166-1, and GB/T 2260 of the city; null abroad. */
  readonly countryCode: string;
  readonly divisionCode: string | null;
  /** Province and city, `江苏省/苏州市`; country and region abroad. */
  readonly region: string;
  readonly contactName: string;
  readonly ownerName: string;
  readonly ownerEmail: string;
  readonly teamName: string;
  readonly departmentName: string;
  readonly currency: Currency;
  readonly paymentTermDays: number;
  readonly source: string;
  readonly openedOn: string;
}

const abroad: Record<ForeignCountry, { name: string; currency: Currency }> = {
  US: { name: '美国', currency: 'USD' },
  DE: { name: '德国', currency: 'EUR' },
  JP: { name: '日本', currency: 'JPY' },
  VN: { name: '越南', currency: 'USD' },
  SG: { name: '新加坡', currency: 'USD' },
};

const sources = ['老客户转介绍', '展会', '电话开发', '官网询盘', '招投标', '渠道伙伴'];
const paymentTerms = [0, 30, 30, 45, 60, 60, 90];

export function customerNoOf(index: number): string {
  return `C${String(index + 1).padStart(7, '0')}`;
}

/** The currency a customer is invoiced in; groups are domestic. */
export function currencyOf(blueprint: Blueprint, index: number): Currency {
  const { country } = blueprint.segmentOf(index).segment;
  return country === 'CN' || blueprint.groupOf(index) !== null ? 'CNY' : abroad[country].currency;
}

type Identity = Pick<
  Customer,
  | 'name'
  | 'shortName'
  | 'creditCode'
  | 'groupName'
  | 'parentCustomerNo'
  | 'country'
  | 'countryCode'
  | 'divisionCode'
  | 'region'
  | 'contactName'
>;

/** The prefecture of a county; of the four cities that are provinces, the province. */
function prefectureOf(division: string): string {
  return /^(?:11|12|31|50)/.test(division) ? `${division.slice(0, 2)}0000` : `${division.slice(0, 4)}00`;
}

function identify(blueprint: Blueprint, index: number, stream: RandomStream): Identity {
  const { segment, local } = blueprint.segmentOf(index);
  const seat = blueprint.groupOf(index);
  if (seat === null && segment.foreign !== null && segment.country !== 'CN') {
    const { name, shortName, place, contact } = segment.foreign(local, stream);
    const country = abroad[segment.country].name;
    const region = `${country}/${place}`;
    const none = {
      creditCode: null,
      groupName: null,
      parentCustomerNo: null,
      countryCode: segment.country,
      divisionCode: null,
    };
    return { name, shortName, ...none, country, region, contactName: contact };
  }
  const found =
    seat === null
      ? segment.chinese?.(local, stream)
      : groupMemberName(seat.group, seat.member, segment.industry.key);
  if (found === undefined) throw new RangeError(`Customer ${index} has no name.`);
  const { name, shortName, city } = found;
  return {
    name,
    shortName,
    creditCode: creditCode(city.division, index),
    groupName: seat === null ? null : groupMemberName(seat.group, 0, segment.industry.key).name,
    parentCustomerNo: seat === null || seat.member === 0 ? null : customerNoOf(seat.headIndex),
    country: '中国',
    countryCode: 'CN',
    divisionCode: prefectureOf(city.division),
    region: `${city.province}/${city.name}市`,
    contactName: personName(stream),
  };
}

/** The master data of one customer, as the company's own system would hold it. */
export function customerOf(blueprint: Blueprint, plan: Plan): Customer {
  const { index, industry } = plan;
  const stream = new RandomStream(blueprint.options.seed, index, 'profile');
  const identity = identify(blueprint, index, stream);
  const { owner, team } = ownerFor(industry.key, identity.country !== '中国', stream.uniform());
  const department = teams.find((candidate) => candidate.code === team.parentCode);
  const lead = plan.acquiredOn === null ? 30 + stream.below(2200) : stream.below(28);
  return {
    customerNo: customerNoOf(index),
    ...identity,
    ...profileOf({ seed: blueprint.options.seed, index, end: blueprint.end }, industry.key),
    industry: industry.key,
    industryName: industry.name,
    ownerName: owner.name,
    ownerEmail: owner.email,
    teamName: team.name,
    departmentName: department?.name ?? team.name,
    currency: currencyOf(blueprint, index),
    paymentTermDays: stream.pick(paymentTerms),
    source: stream.pick(sources),
    openedOn: isoOf((plan.acquiredOn ?? blueprint.start) - lead),
  };
}
