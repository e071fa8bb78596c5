/** The 31 signs of a unified social credit code: no I, O, S, V, Z (GB 32100-2015, table 1). */
const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** 3 to the power of the place, modulo 31 (GB 32100-2015, table 2). */
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** Weights of the organisation code inside it (GB 11714-1997). */
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
/** Six free signs follow MA, as in codes issued since 2015. */
const bodies = 31 ** 6;
/** Any number without the factor 31 spreads the serials over all bodies and never meets itself. */
const stride = 412_345_679;

/** The value of a sign: 0-9 as themselves, letters A = 10 .. Z = 35 (GB 11714 counts every letter). */
function organisationValue(sign: string): number {
  return parseInt(sign, 36);
}

function organisationCheck(body: string): string {
  let sum = 0;
  organisationWeights.forEach((weight, i) => (sum += weight * organisationValue(body.charAt(i))));
  const rest = (11 - (sum % 11)) % 11;
  return rest === 10 ? 'X' : String(rest);
}

/** The 18th sign for the first 17 of a unified social credit code. */
export function creditCodeCheck(first17: string): string {
  let sum = 0;
  creditWeights.forEach((weight, i) => (sum += weight * signs.indexOf(first17.charAt(i))));
  return signs.charAt((31 - (sum % 31)) % 31);
}

/**
 * A unified social credit code of an enterprise (9 = market regulation, 1 = enterprise) with right check digits.
 * Different serials give different codes.
 * @param division six digits of GB/T 2260, such as 320500 for Suzhou
 */
export function creditCode(division: string, serial: number): string {
  let rest = Number((BigInt(serial) * BigInt(stride) + 88_172_645n) % BigInt(bodies));
  let free = '';
  for (let i = 0; i < 6; i++) {
    free = signs.charAt(rest % 31) + free;
    rest = Math.floor(rest / 31);
  }
  const body = `MA${free}`;
  const first17 = `91${division}${body}${organisationCheck(body)}`;
  return first17 + creditCodeCheck(first17);
}
