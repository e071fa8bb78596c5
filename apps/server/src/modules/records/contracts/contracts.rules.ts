import type { ContractInput, ContractStage } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

/** What is kept of a contract beside whose it is. */
export interface ContractState {
  contractNo: string;
  title: string;
  status: 'draft' | 'signed' | 'terminated';
  signedOn: string | null;
  startsOn: string;
  endsOn: string | null;
  noticeDays: number;
  isRenewedByItself: boolean;
  currency: string;
  amountMinor: number | null;
  minimumMinor: number | null;
  paymentDays: number | null;
  terms: string | null;
}

/** Two months: long enough to agree on a price before the year is planned. */
const usualNoticeDays = 60;

export function blankContract(
  input: Pick<ContractInput, 'contractNo' | 'title' | 'startsOn'>,
  baseCurrency: string,
): ContractState {
  return {
    contractNo: input.contractNo,
    title: input.title,
    status: 'signed',
    signedOn: null,
    startsOn: input.startsOn,
    endsOn: null,
    noticeDays: usualNoticeDays,
    isRenewedByItself: false,
    currency: baseCurrency,
    amountMinor: null,
    minimumMinor: null,
    paymentDays: null,
    terms: null,
  };
}

/**
 * The state with what is given.
 * @throws CodedError contracts.days_reversed
 */
export function stateAfter(
  before: ContractState,
  given: { [Field in keyof ContractInput]?: ContractInput[Field] | undefined },
): ContractState {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const after: ContractState = { ...before, ...named };
  if (after.endsOn !== null && after.endsOn < after.startsOn) throw new CodedError('contracts.days_reversed');
  return after;
}

const dayMs = 86_400_000;
const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / dayMs;

/** The first day on which the end of a contract is announced; null without an end. */
export function noticeDay({
  endsOn,
  noticeDays,
}: Pick<ContractState, 'endsOn' | 'noticeDays'>): string | null {
  if (endsOn === null) return null;
  return new Date((dayNumber(endsOn) - noticeDays) * dayMs).toISOString().slice(0, 10);
}

/** Where a contract stands on a day. The SQL of list-contracts.ts says the same, for filters; a test holds them together. */
export function stageOn(
  contract: Pick<ContractState, 'status' | 'startsOn' | 'endsOn' | 'noticeDays'>,
  today: string,
): ContractStage {
  if (contract.status !== 'signed') return contract.status;
  if (today < contract.startsOn) return 'upcoming';
  if (contract.endsOn === null) return 'running';
  if (today > contract.endsOn) return 'ended';
  return today >= (noticeDay(contract) ?? contract.endsOn) ? 'ending' : 'running';
}

/**
 * What a promised minimum comes to for the days that have passed, both ends counted: in equal parts a day, rounded down to
 * the minor unit. Null without a minimum or without an end.
 */
export function minimumByNow(
  { minimumMinor, startsOn, endsOn }: Pick<ContractState, 'minimumMinor' | 'startsOn' | 'endsOn'>,
  today: string,
): number | null {
  if (minimumMinor === null || endsOn === null) return null;
  const days = dayNumber(endsOn) - dayNumber(startsOn) + 1;
  const passed = Math.min(days, Math.max(0, dayNumber(today) - dayNumber(startsOn) + 1));
  // In whole numbers: a share of a large amount in floating point could miss the cent.
  return Number((BigInt(minimumMinor) * BigInt(passed)) / BigInt(days));
}
