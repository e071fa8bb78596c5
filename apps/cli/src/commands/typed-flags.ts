import { CodedError } from '@kezi/contract/errors';

/** A flag as it is typed: holdoutEvery becomes --holdout-every. */
export const typedFlag = (flag: string): string =>
  `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Errors that name flags name them as they are typed. */
export async function withTypedFlags<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const { flag } = error.params;
    const isOfFlags = error.code === 'models.flag_missing' || error.code === 'models.flag_not_taken';
    if (!isOfFlags || typeof flag !== 'string') throw error;
    const typed = flag.split(', ').map(typedFlag).join(' ');
    throw new CodedError(error.code, { ...error.params, flag: typed }, { cause: error });
  }
}
