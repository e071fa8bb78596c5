import { readCreditCode } from '@kezi/contract';
import { CodedError, type ErrorCode, type ErrorParams } from '@kezi/contract/errors';

/** Names and numbers of a customer in registers. */
export interface Identifiers {
  legalName: string | null;
  creditCode: string | null;
  registryCountry: string | null;
  registryNo: string | null;
}

interface Refusal {
  field: keyof Identifiers;
  code: ErrorCode;
  params: ErrorParams;
}

const country = /^[A-Z]{2}$/;
let countryNames: Intl.DisplayNames | undefined;

/** Whether two letters are a country of ISO 3166: an unknown code has no name but itself. */
function isCountry(code: string): boolean {
  countryNames ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return country.test(code) && code !== 'ZZ' && countryNames.of(code) !== undefined;
}

function refusalOfCode(text: string): Refusal | string {
  const read = readCreditCode(text);
  if (read.ok) return read.code;
  const params = { text, length: text.normalize('NFKC').replace(/[\s-]/g, '').length, sign: read.sign ?? '' };
  return { field: 'creditCode', code: `customers.credit_code_${read.fault}`, params };
}

/** What was typed, normalised; or which field is wrong and why. */
export function readIdentifiers(typed: Identifiers): Identifiers | Refusal {
  const plain = (text: string | null) => text?.normalize('NFKC').trim().toUpperCase() || null;
  const registryCountry = plain(typed.registryCountry);
  const registryNo = typed.registryNo?.normalize('NFKC').trim() || null;
  if (registryCountry !== null && !isCountry(registryCountry)) {
    return {
      field: 'registryCountry',
      code: 'customers.registry_country_unknown',
      params: { text: typed.registryCountry ?? '' },
    };
  }
  if ((registryCountry === null) !== (registryNo === null)) {
    return {
      field: registryNo === null ? 'registryNo' : 'registryCountry',
      code: 'customers.registry_incomplete',
      params: {},
    };
  }
  const creditCode = typed.creditCode === null ? null : refusalOfCode(typed.creditCode);
  if (creditCode !== null && typeof creditCode !== 'string') return creditCode;
  return { legalName: typed.legalName?.trim() || null, creditCode, registryCountry, registryNo };
}

/** @throws CodedError customers.credit_code_length, ..._sign, ..._check, customers.registry_country_unknown, customers.registry_incomplete */
export function mustReadIdentifiers(typed: Identifiers): Identifiers {
  const read = readIdentifiers(typed);
  if ('code' in read) throw new CodedError(read.code, read.params);
  return read;
}
