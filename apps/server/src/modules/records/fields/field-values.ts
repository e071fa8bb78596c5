import { type CustomField, type FieldValues } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { normalValue } from './field-values.rules.js';

/** The values of a customer `c` that have a field in use, as JSON by key. */
export const fieldsJson: RawBuilder<unknown> = sql`
  coalesce((
    select jsonb_object_agg('cf' || v.custom_field_id,
      coalesce(to_jsonb(v.text_value), to_jsonb(v.number_value), to_jsonb(v.date_value), to_jsonb(v.person_id)))
    from customer_field_value v join custom_field f using (custom_field_id)
    where v.customer_id = c.customer_id and not f.is_retired), '{}')`;

async function refuseStrangers(db: Db, people: ReadonlyMap<number, CustomField>): Promise<void> {
  if (people.size === 0) return;
  const { rows } = await sql<{ userId: number }>`
    select user_id as "userId" from colleague where user_id = any (${[...people.keys()]}::int[])`.execute(db);
  const known = new Set(rows.map(({ userId }) => userId));
  for (const [id, field] of people) {
    if (!known.has(id)) throw new CodedError('custom_fields.person_unknown', { field: field.name });
  }
}

/**
 * The values as they are kept.
 * @throws CodedError custom_fields.unknown, custom_fields.value_wrong, custom_fields.choice_unknown, custom_fields.person_unknown
 */
export async function checkFields(
  db: Db,
  fields: readonly CustomField[],
  values: FieldValues,
  before: FieldValues = {},
): Promise<FieldValues> {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const people = new Map<number, CustomField>();
  const checked: FieldValues = {};
  for (const [key, value] of Object.entries(values)) {
    const field = byKey.get(key);
    if (!field) throw new CodedError('custom_fields.unknown', { field: key });
    checked[key] = normalValue(field, value, before[key] ?? null);
    if (field.kind === 'person' && typeof checked[key] === 'number') people.set(checked[key], field);
  }
  await refuseStrangers(db, people);
  return checked;
}

/**
 * Fields that must be filled in are, but for those that the writer does not see: nobody can fill in what they cannot see.
 * @throws CodedError custom_fields.required
 */
export function requireFields(fields: readonly CustomField[], values: FieldValues, rules: FieldRules): void {
  const missing = fields.find(
    ({ isRequired, key }) =>
      isRequired && (values[key] ?? null) === null && rules[key as keyof FieldRules] === undefined,
  );
  if (missing) throw new CodedError('custom_fields.required', { field: missing.name });
}

/** Rows of values that are there, one a customer and field. */
interface ValueRow {
  customerId: number;
  field: Pick<CustomField, 'customFieldId' | 'kind'>;
  value: string | number | null;
}

/** Writes values of many customers; null takes one away. Owner and team are those of the customer. */
export async function writeValues(db: Db, rows: readonly ValueRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = (kinds: readonly CustomField['kind'][]) =>
    rows.map(({ field, value }) => (kinds.includes(field.kind) ? value : null));
  const given = unnest('g', {
    customer_id: { type: 'bigint', values: rows.map((row) => row.customerId) },
    custom_field_id: { type: 'int', values: rows.map((row) => row.field.customFieldId) },
    text_value: { type: 'text', values: column(['text', 'choice']) },
    number_value: { type: 'float8', values: column(['number', 'money']) },
    date_value: { type: 'date', values: column(['date']) },
    person_id: { type: 'int', values: column(['person']) },
  });
  await sql`
    delete from customer_field_value v using ${given}
    where v.customer_id = g.customer_id and v.custom_field_id = g.custom_field_id
      and num_nonnulls(g.text_value, g.number_value, g.date_value, g.person_id) = 0`.execute(db);
  await sql`
    insert into customer_field_value (customer_id, custom_field_id, owner_id, team_id,
      text_value, number_value, date_value, person_id)
    select g.customer_id, g.custom_field_id, c.owner_id, c.team_id,
      g.text_value, g.number_value, g.date_value, g.person_id
    from ${given} join customer c on c.customer_id = g.customer_id
    where num_nonnulls(g.text_value, g.number_value, g.date_value, g.person_id) = 1
    on conflict (customer_id, custom_field_id) do update set text_value = excluded.text_value,
      number_value = excluded.number_value, date_value = excluded.date_value, person_id = excluded.person_id`.execute(
    db,
  );
}
