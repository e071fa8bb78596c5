import { createHmac } from 'node:crypto';

/** The two logins of a database: one owns the tables and changes them, the other is the program at work. */
export interface DatabaseAddress {
  ownerUrl: string;
  appUrl: string;
}

/** The password of a login, derived from the one secret of the data folder. */
export function passwordOf(secret: string, login: string): string {
  return createHmac('sha256', secret).update(`login:${login}`).digest('base64url');
}

/** The same server with another login or database. */
export function withLogin(
  url: string,
  change: { user?: string; password?: string; database?: string },
): string {
  const changed = new URL(url);
  if (change.user !== undefined) changed.username = change.user;
  if (change.password !== undefined) changed.password = change.password;
  if (change.database !== undefined) changed.pathname = `/${change.database}`;
  return changed.href;
}
