import type { DuplicateCard, MergeField, MergePreview } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { withoutRestricted, type FieldRules } from '../../../platform/http/field-wall.rules.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { duplicateCards } from '../duplicates/index.js';
import { customerReferences } from './customer-references.js';
import { readBoth } from './hold-both.js';
import { mergeFields, type CustomerRecord } from './merge-fields.rules.js';

function cardOf(
  cards: ReadonlyMap<number, DuplicateCard>,
  id: number,
  record: CustomerRecord,
): MergePreview['remaining'] {
  const card = cards.get(id);
  if (!card) throw new CodedError('customers.not_found');
  return { ...card, rowVersion: Number(record['row_version']) };
}

/** How many rows of each table speak of a customer. */
async function countRows(db: Db, customerId: number): Promise<MergePreview['rows']> {
  const references = await customerReferences(db);
  const counts = references
    .filter(({ canChange, isOfOneRecord }) => canChange && !isOfOneRecord)
    .map(({ table, column }) => {
      return sql`select ${sql.lit(table)} as "table", count(*)::int as count from ${sql.id(table)}
        where ${sql.id(column)} = ${customerId}::bigint`;
    });
  counts.push(
    sql`select 'subsidiary', count(*)::int from customer where parent_customer_id = ${customerId}::bigint`,
  );
  const { rows } = await sql<{ table: string; count: number }>`
    select "table", sum(count)::int as count from (${sql.join(counts, sql` union all `)}) counts
    group by "table" having sum(count) > 0 order by 1`.execute(db);
  return rows;
}

/** The wall of fields goes by names of properties: here the name stands beside the values. */
function asSeen(one: MergeField, rules: FieldRules): MergeField {
  const of = (value: unknown) =>
    (withoutRestricted({ [one.field]: value }, rules) as Record<string, unknown>)[one.field];
  return { ...one, remaining: of(one.remaining), merged: of(one.merged) };
}

/**
 * What a merge of the two would do: the fields that differ with the one that is kept, and how many rows go over.
 * @throws CodedError merges.same, customers.not_found
 */
export async function previewMerge(
  db: Db,
  viewer: Principal,
  remainingId: number,
  mergedId: number,
): Promise<MergePreview> {
  const { remaining, merged } = await readBoth(db, remainingId, mergedId, false);
  const cards = await duplicateCards(db, [remainingId, mergedId]);
  return {
    remaining: cardOf(cards, remainingId, remaining),
    merged: cardOf(cards, mergedId, merged),
    fields: mergeFields(remaining, merged).map((one) => asSeen(one, viewer.fieldRules)),
    rows: await withAllRows(db, viewer, () => countRows(db, mergedId)),
  };
}
