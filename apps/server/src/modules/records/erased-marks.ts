import { sql } from 'kysely';
import type { Db } from '../../platform/db/scoped-db.js';

/*
 * An erased person does not come back with a file. Nothing is kept that says who they were; a signature of the number or of
 * the name with what they were reached by is, and a row of a file is signed in the same way and compared.
 */

/** Marks with the secret of the data folder. */
type Mark = (text: string) => string;
/** Every mark that a text may have. */
type Marks = (text: string) => string[];

const plain = (text: string) => text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

export const markedNumber = (customerNo: string): string => `customer\n${customerNo}`;

/** A name is a person's only with its customer, or with a phone, an address or an account: many have one name. */
export function markedContact(contact: {
  customerId: number;
  name: string;
  ways: readonly string[];
}): string[] {
  const name = plain(contact.name);
  return [
    `contact\n${contact.customerId}\n${name}`,
    ...contact.ways.map((way) => `reached\n${name}\n${plain(way)}`),
  ];
}

const spoken = (text: string) => `erased\n${text}`;

/** @param db sees all */
export async function keepMarks(db: Db, mark: Mark, texts: readonly string[], now: Date): Promise<void> {
  const marks = [...new Set(texts.map((text) => mark(spoken(text))))];
  await sql`
    insert into erased_mark (mark, erased_at) select mark, ${now}::timestamptz from unnest(${marks}::text[]) as t(mark)
    on conflict do nothing`.execute(db);
}

/** Those of the texts that speak of somebody who was erased. */
export async function findMarked(
  db: Db,
  marks: Marks,
  texts: readonly string[],
): Promise<ReadonlySet<string>> {
  if (texts.length === 0) return new Set();
  // Where nobody was ever erased, nothing is signed.
  const any = await db.selectFrom('erased_mark').select('mark').limit(1).executeTakeFirst();
  if (!any) return new Set();
  const byMark = new Map(texts.flatMap((text) => marks(spoken(text)).map((mark) => [mark, text])));
  const { rows } = await sql<{ mark: string }>`
    select mark from erased_mark where mark = any (${[...byMark.keys()]}::text[])`.execute(db);
  return new Set(rows.map(({ mark }) => byMark.get(mark) ?? ''));
}
