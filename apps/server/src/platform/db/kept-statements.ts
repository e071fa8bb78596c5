import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ClientBase } from 'pg';

/*
 * Statements that a connection keeps. To parse a statement, to write the policies into it and to plan it costs the database
 * more than to run it where few rows are touched: who is asking 1.0 ms of 1.9, a page of the register 1.7 of 3.9. A kept
 * statement is parsed once a connection, and after five runs planned no more unless a plan for its values looks cheaper.
 */

const mark = '/* kept */ ';

/** Begins the text of a statement that is worth keeping: one of every request, whose text is the same but for its values. */
export const kept = sql.raw(mark);

/** A connection holds some 100 kB for each; texts that come later are run as any other. */
const mostKept = 60;

/** What gives marked statements their name in the connections of one pool. */
export function statementKeeper(): (client: ClientBase) => void {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostKept) return known;
    const name = createHash('sha256').update(text).digest('base64url');
    names.set(text, name);
    return name;
  };
  return (client) => {
    const ask = client.query.bind(client) as (...values: unknown[]) => unknown;
    const askKept = (first: unknown, ...rest: unknown[]): unknown => {
      const name = typeof first === 'string' && first.startsWith(mark) ? nameOf(first) : undefined;
      if (name === undefined) return ask(first, ...rest);
      const [values, ...others] = rest;
      return ask({ name, text: first, values }, ...others);
    };
    client.query = askKept as typeof client.query;
  };
}
