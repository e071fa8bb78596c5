import { createHash } from 'node:crypto';

/** Where wrong attempts are counted: a hash, so that the table tells nobody's address. */
export const placeOf = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('hex');

/** The place at which attempts on an account are counted that come from devices we do not know. */
export const accountPlace = (email: string) => placeOf('account', email);
