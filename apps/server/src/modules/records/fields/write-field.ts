import { plainWord, type CustomField, type CustomFieldInput, type CustomFieldPatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { getField, readFields } from './fields.queries.js';

/** More than people fill in; each is looked at when a customer is written. */
const mostFields = 200;

/** One after the other, so that two administrators cannot give two fields one name. */
async function holdFields(db: Db): Promise<CustomField[]> {
  await sql`select pg_advisory_xact_lock(hashtext('kezi custom fields'))`.execute(db);
  return readFields(db);
}

function refuseSameName(fields: readonly CustomField[], name: string, own: number | null): void {
  const isTaken = fields.some(
    (field) =>
      field.customFieldId !== own &&
      [field.name, field.nameEn ?? ''].map(plainWord).includes(plainWord(name)),
  );
  if (isTaken) throw new CodedError('custom_fields.name_conflict', { name });
}

function checkChoices(kind: CustomField['kind'], choices: readonly string[]): string[] {
  if (kind !== 'choice') return [];
  const distinct = [...new Set(choices)];
  if (distinct.length === 0) throw new CodedError('custom_fields.choices_missing');
  return distinct;
}

/** @throws CodedError custom_fields.too_many, custom_fields.name_conflict, custom_fields.choices_missing */
export async function addField(db: Db, input: CustomFieldInput, now: Date): Promise<CustomField> {
  const fields = await holdFields(db);
  if (fields.length >= mostFields) throw new CodedError('custom_fields.too_many', { most: mostFields });
  refuseSameName(fields, input.name, null);
  const choices = checkChoices(input.kind, input.choices ?? []);
  const { custom_field_id: id } = await db
    .insertInto('custom_field')
    .values({
      name: input.name,
      name_en: input.nameEn ?? null,
      kind: input.kind,
      choices,
      is_required: input.isRequired ?? false,
      position: input.position ?? (fields.at(-1)?.position ?? 0) + 10,
      created_at: now,
      updated_at: now,
    })
    .returning('custom_field_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'custom_field.created',
    subject: 'custom_field',
    subjectId: id,
    changes: { name: [null, input.name], kind: [null, input.kind] },
  });
  return getField(db, id);
}

/**
 * Changes a field; its kind stays. A choice that is taken away stays where it was chosen, and cannot be chosen again.
 * @throws CodedError custom_fields.not_found, custom_fields.changed, custom_fields.name_conflict, custom_fields.choices_missing
 */
export async function changeField(
  db: Db,
  id: number,
  { rowVersion, ...patch }: CustomFieldPatch,
  now: Date,
): Promise<CustomField> {
  const fields = await holdFields(db);
  const before = fields.find((field) => field.customFieldId === id);
  if (!before) throw new CodedError('custom_fields.not_found');
  if (before.rowVersion !== rowVersion) throw new CodedError('custom_fields.changed');
  if (patch.name !== undefined) refuseSameName(fields, patch.name, id);
  const after = {
    name: patch.name ?? before.name,
    nameEn: patch.nameEn === undefined ? before.nameEn : patch.nameEn,
    choices: checkChoices(before.kind, patch.choices ?? before.choices),
    isRequired: patch.isRequired ?? before.isRequired,
    position: patch.position ?? before.position,
  };
  await db
    .updateTable('custom_field')
    .set({
      name: after.name,
      name_en: after.nameEn,
      choices: after.choices,
      is_required: after.isRequired,
      position: after.position,
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('custom_field_id', '=', id)
    .execute();
  const { choices, ...plainFields } = after;
  const changes = changesBetween({ ...before }, plainFields);
  const isChosenAnew = JSON.stringify(choices) !== JSON.stringify(before.choices);
  await writeAudit(db, {
    action: 'custom_field.changed',
    subject: 'custom_field',
    subjectId: id,
    changes: isChosenAnew ? { ...changes, choices: [before.choices, choices] } : changes,
  });
  return getField(db, id);
}

/**
 * Takes a field out of use, and rules about it with it. Its values stay in the database, out of sight; its rules of the wall stay with them.
 * @throws CodedError custom_fields.not_found
 */
export async function retireField(db: Db, id: number, now: Date): Promise<void> {
  await holdFields(db);
  const before = await getField(db, id);
  await db
    .updateTable('custom_field')
    .set({ is_retired: true, row_version: sql`row_version + 1`, updated_at: now })
    .where('custom_field_id', '=', id)
    .execute();
  await writeAudit(db, {
    action: 'custom_field.retired',
    subject: 'custom_field',
    subjectId: id,
    changes: { name: [before.name, null] },
  });
  await endRules(db, before.key);
}

/** Rules about a field that nobody can fill in any more. */
async function endRules(db: Db, key: string): Promise<void> {
  const gone = await db
    .deleteFrom('validation_rule')
    .where((is) => is.or([is('field', '=', key), is('when_field', '=', key)]))
    .returning(['validation_rule_id as id', 'field', 'kind', 'when_field as whenField'])
    .execute();
  for (const { id, ...before } of gone) {
    await writeAudit(db, {
      action: 'quality.rule_deleted',
      subject: 'validation_rule',
      subjectId: id,
      changes: { before },
    });
  }
}
