import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';

/** The numbers that a file has named, each with its first line; kept in the database, so that memory stays flat. */
export class SeenNumbers {
  private constructor(private readonly db: Db) {}

  static async open(db: Db): Promise<SeenNumbers> {
    await sql`
      create temporary table import_seen (number text primary key, line bigint not null) on commit drop`.execute(
      db,
    );
    return new SeenNumbers(db);
  }

  /** Notes the numbers of a window, in order, and tells the first line of each. */
  async note(rows: readonly { number: string; line: number }[]): Promise<ReadonlyMap<string, number>> {
    const numbers = rows.map((row) => row.number);
    await sql`
      insert into import_seen (number, line)
      select number, line from ${unnest('seen', {
        number: { type: 'text', values: numbers },
        line: { type: 'bigint', values: rows.map((row) => row.line) },
      })}
      on conflict do nothing`.execute(this.db);
    const { rows: first } = await sql<{ number: string; line: number }>`
      select number, line from import_seen where number = any (${numbers}::text[])`.execute(this.db);
    return new Map(first.map((row) => [row.number, row.line]));
  }
}
