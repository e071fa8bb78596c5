import type { ContractInput, ContractRow } from '@kezi/contract';
import { minorOfTyped, typedOfMinor } from '../../../lib/typed-money.js';

/** What the form holds: texts as they are typed. */
export interface ContractDraft {
  contractNo: string;
  title: string;
  status: ContractRow['status'];
  signedOn: string | null;
  startsOn: string | null;
  endsOn: string | null;
  noticeDays: number | null;
  isRenewedByItself: boolean;
  currency: string;
  amount: string;
  minimum: string;
  paymentDays: number | null;
  terms: string;
}

export function draftOf(contract: ContractRow | null, baseCurrency: string): ContractDraft {
  const currency = contract?.currency ?? baseCurrency;
  return {
    contractNo: contract?.contractNo ?? '',
    title: contract?.title ?? '',
    status: contract?.status ?? 'signed',
    signedOn: contract?.signedOn ?? null,
    startsOn: contract?.startsOn ?? null,
    endsOn: contract?.endsOn ?? null,
    noticeDays: contract?.noticeDays ?? null,
    isRenewedByItself: contract?.isRenewedByItself ?? false,
    currency,
    amount: typedOfMinor(contract?.amountMinor ?? null, currency),
    minimum: typedOfMinor(contract?.minimumMinor ?? null, currency),
    paymentDays: contract?.paymentDays ?? null,
    terms: contract?.terms ?? '',
  };
}

export type DraftFault = 'contractNo' | 'title' | 'startsOn' | 'endsOn' | 'amount' | 'minimum';

/** The fields that cannot be sent as they are. */
export function faultsOf(draft: ContractDraft): DraftFault[] {
  const isMoney = (text: string) => text.trim() === '' || minorOfTyped(text, draft.currency) !== null;
  const faults: readonly (readonly [DraftFault, boolean])[] = [
    ['contractNo', draft.contractNo.trim() === ''],
    ['title', draft.title.trim() === ''],
    ['startsOn', draft.startsOn === null],
    ['endsOn', draft.endsOn !== null && draft.startsOn !== null && draft.endsOn < draft.startsOn],
    ['amount', !isMoney(draft.amount)],
    ['minimum', !isMoney(draft.minimum)],
  ];
  return faults.flatMap(([name, isFault]) => (isFault ? [name] : []));
}

/** What goes to the server. */
export function inputOf(draft: ContractDraft): ContractInput {
  const { amount, minimum, noticeDays, terms, startsOn, ...rest } = draft;
  return {
    ...rest,
    contractNo: draft.contractNo.trim(),
    title: draft.title.trim(),
    startsOn: startsOn ?? '',
    ...(noticeDays === null ? {} : { noticeDays }),
    amountMinor: minorOfTyped(amount, draft.currency),
    // A minimum of nothing is none.
    minimumMinor: minorOfTyped(minimum, draft.currency) || null,
    terms: terms.trim() === '' ? null : terms.trim(),
  };
}
