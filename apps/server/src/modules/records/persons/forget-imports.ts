import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

/** Whom to forget: by whose numbers, and by which words. */
interface Forgotten {
  customerId: number;
  /** A contact; null where the customer itself is the person. */
  contactId: number | null;
  names: readonly string[];
  /** Names and all else that the person is known by, the longest first. */
  words: readonly string[];
}

/** What somebody was called and reached by before a file or a person changed it. */
export async function formerWords(
  db: Db,
  kind: 'customer' | 'contact',
  id: number,
): Promise<{ names: string[]; ways: string[] }> {
  const { rows } = await sql<{ isName: boolean; word: string | null }>`
    select true as "isName", unnest(array[before ->> 'name', before ->> 'short_name', before ->> 'legal_name']) as word
    from import_change where record_kind = ${kind} and record_id = ${id}::bigint
    union select true, value from audit_entry a, jsonb_array_elements_text(a.changes -> 'name') as value
    where a.subject = ${kind} and a.subject_id = ${String(id)} and jsonb_typeof(a.changes -> 'name') = 'array'
    union select false, value from import_change, jsonb_array_elements_text(
      coalesce(before -> 'phones', '[]') || coalesce(before -> 'mails', '[]')) as value
    where record_kind = ${kind} and record_id = ${id}::bigint`.execute(db);
  const wordsOf = (isName: boolean) =>
    rows.flatMap((row) =>
      row.isName === isName && row.word !== null && Array.from(row.word).length > 1 ? [row.word] : [],
    );
  return { names: wordsOf(true), ways: wordsOf(false) };
}

/** Names are many people's; a text this long that is not a name is one person's. */
const ownLength = 6;

/** A phone number, an address, an account: what nobody else is reached by. */
const isOwn = (word: string) => word.length >= ownLength && /[\d@]/.test(word);

/**
 * What imports have kept of a person: records as they were before a file changed them, from which undoing would bring them
 * back, rows that were refused, and samples of columns.
 * @param db sees all
 * @returns how many of them were changed
 */
export async function forgetImports(
  db: Db,
  { customerId, contactId, names, words }: Forgotten,
): Promise<number> {
  const [kind, id] = contactId === null ? ['customer', customerId] : ['contact', contactId];
  const changes = await sql`
    delete from import_change
    where record_kind = ${kind} and record_id = ${id}::bigint and before is not null`.execute(db);
  let count = Number(changes.numAffectedRows ?? 0);
  if (words.length === 0) return count;
  // As the words stand in the text of JSON.
  const inJson = (word: string) => JSON.stringify(word).slice(1, -1);
  const escaped = words.map(inJson);
  const own = escaped.filter(isOwn);
  const has = (column: string, list: readonly string[]) =>
    sql`exists (select from unnest(${[...list]}::text[]) word where strpos(${sql.ref(column)}::text, word) > 0)`;
  const masked = (column: string, list: readonly string[] = escaped) =>
    sql`${sql.id(column)} = mask_words(${sql.ref(column)}::text, ${[...list]}::text[])::jsonb`;
  // How a file is read stands there as well: a word such as 'name' is not to be taken out of it.
  const inSamples = [...own, ...names.map(inJson).filter((name) => Array.from(name).length > 1)];
  const texts = [
    sql`update import_change set ${masked('before')}
      where before ->> 'customer_id' = ${String(customerId)} and ${has('before', escaped)}`,
    // A row of somebody else who has the same name keeps it: the number of the customer, or one of the person's own, is in it.
    sql`update import_row_error set ${masked('cells')}, ${masked('params')}
      where ${has('cells', own)}
        or (cells ? (select customer_no from customer where customer_id = ${customerId}::bigint) and ${has('cells', escaped)})`,
    sql`update import_batch set ${masked('reading', inSamples)} where ${has('reading', inSamples)}`,
  ];
  for (const text of texts) count += Number((await text.execute(db)).numAffectedRows ?? 0);
  return count;
}
