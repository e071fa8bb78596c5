import { keyOfField, type CustomField } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';

/** The fields of the company's own that are in use, in the order in which they are shown. */
export async function readFields(db: Db): Promise<CustomField[]> {
  const rows = await db
    .selectFrom('custom_field')
    .where('is_retired', '=', false)
    .select([
      'custom_field_id as customFieldId',
      'name',
      'name_en as nameEn',
      'kind',
      'choices',
      'is_required as isRequired',
      'position',
      'row_version as rowVersion',
    ])
    .orderBy('position')
    .orderBy('custom_field_id')
    .execute();
  return rows.map((row) => ({
    ...row,
    key: keyOfField(row.customFieldId),
    kind: row.kind as CustomField['kind'],
  }));
}

/** @throws CodedError custom_fields.not_found, also for one that was taken out of use */
export async function getField(db: Db, customFieldId: number): Promise<CustomField> {
  const found = (await readFields(db)).find((field) => field.customFieldId === customFieldId);
  if (!found) throw new CodedError('custom_fields.not_found');
  return found;
}
