import type { MergeChoice, MergeField } from '@kezi/contract';

export type CustomerRecord = Readonly<Record<string, unknown>>;

/** What is of the record and not of the company, and what goes with another field. */
const notChosen = new Set([
  'customer_id',
  'customer_no',
  'row_version',
  'created_at',
  'updated_at',
  'import_batch_id',
  'is_credit_code_sole',
  'custom',
]);
/** Columns that are kept together, by the one under whose name they are chosen. */
const together: Readonly<Record<string, readonly string[]>> = {
  owner_id: ['team_id'],
  registry_no: ['registry_country'],
  credit_code: [],
};
const followers = new Set(Object.values(together).flat());

const fieldOf = (column: string) => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const columnOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function proposal(remaining: unknown, merged: unknown): MergeChoice {
  return isEmpty(remaining) && !isEmpty(merged) ? 'merged' : 'remaining';
}

const customOf = (record: CustomerRecord) => (record['custom'] ?? {}) as Record<string, unknown>;
const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * The fields in which two customers differ. What the remaining one has stays; what it lacks comes from the other. Every
 * column of the table is looked at, also one that a later version brings.
 */
export function mergeFields(remaining: CustomerRecord, merged: CustomerRecord): MergeField[] {
  const columns = Object.keys(remaining).filter((name) => !notChosen.has(name) && !followers.has(name));
  const own = columns.map((name) => ({
    field: fieldOf(name),
    remaining: remaining[name],
    merged: merged[name],
  }));
  const names = new Set([...Object.keys(customOf(remaining)), ...Object.keys(customOf(merged))]);
  const free = [...names].map((name) => ({
    field: `custom.${name}`,
    remaining: customOf(remaining)[name],
    merged: customOf(merged)[name],
  }));
  return [...own, ...free]
    .filter((one) => !isSame(one.remaining, one.merged))
    .map((one) => ({
      field: one.field,
      remaining: one.remaining ?? null,
      merged: one.merged ?? null,
      choice: proposal(one.remaining, one.merged),
    }));
}

/** The columns of the remaining customer that change, as they are to be. Unknown choices are told by `unknown`. */
export function mergedColumns(
  remaining: CustomerRecord,
  merged: CustomerRecord,
  choices: Readonly<Record<string, MergeChoice>>,
): { columns: Record<string, unknown>; unknown: string | null } {
  const fields = mergeFields(remaining, merged);
  const known = new Set(fields.map(({ field }) => field));
  const unknown = Object.keys(choices).find((field) => !known.has(field)) ?? null;
  const columns: Record<string, unknown> = {};
  const custom = { ...customOf(remaining) };
  for (const { field, choice, merged: value } of fields) {
    if ((choices[field] ?? choice) === 'remaining') continue;
    if (field.startsWith('custom.')) {
      if (isEmpty(value)) delete custom[field.slice('custom.'.length)];
      else custom[field.slice('custom.'.length)] = value;
      columns['custom'] = custom;
      continue;
    }
    const column = columnOf(field);
    columns[column] = value;
    for (const other of together[column] ?? []) columns[other] = merged[other] ?? null;
    if (column === 'credit_code') columns['is_credit_code_sole'] = merged['is_credit_code_sole'] ?? false;
  }
  return { columns, unknown };
}
