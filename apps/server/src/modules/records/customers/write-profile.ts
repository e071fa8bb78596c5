import type { CustomField } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { checkFields, fieldsJson, readFields, requireFields, writeValues } from '../fields/index.js';
import { emptyProfile, profileAfter, type ProfilePatch, type ProfileState } from './profile.rules.js';

/** The profile of a customer `c` but its tags and fields, of a row `cp` that may not be there. */
export const profileColumns: RawBuilder<unknown> = sql`
  cp.size, cp.stage as "salesStage", cp.source, cp.industry_code as "industryCode",
  cp.country_code as "countryCode", cp.division_code as "divisionCode", coalesce(cp.tags, '{}') as tags,
  ${fieldsJson} as fields`;

/** The profiles of customers, by id; those without one are empty. Their customers are held by the caller. */
export async function readProfiles(
  db: Db,
  customerIds: readonly number[],
): Promise<ReadonlyMap<number, ProfileState>> {
  const { rows } = await sql<ProfileState & { customerId: number }>`
    select c.customer_id as "customerId", ${profileColumns}, coalesce(cp.addresses, '[]') as addresses
    from unnest(${`{${customerIds.join(',')}}`}::bigint[]) as c(customer_id)
      left join customer_profile cp on cp.customer_id = c.customer_id`.execute(db);
  return new Map(rows.map(({ customerId, ...profile }) => [customerId, profile]));
}

interface ProfileRow {
  customerId: number;
  before: ProfileState;
  after: ProfileState;
}

/** Writes profiles in place of those before, with owner and team of their customers. */
export async function writeProfiles(
  db: Db,
  fields: readonly CustomField[],
  rows: readonly ProfileRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const of = (value: (profile: ProfileState) => string | null) => ({
    type: 'text' as const,
    values: rows.map(({ after }) => value(after)),
  });
  const ids = { type: 'bigint' as const, values: rows.map((row) => row.customerId) };
  await sql`
    insert into customer_profile (customer_id, owner_id, team_id, size, stage, source, industry_code, country_code,
      division_code, tags, addresses)
    select c.customer_id, c.owner_id, c.team_id, g.size, g.stage, g.source, g.industry_code, g.country_code,
      g.division_code, array(select jsonb_array_elements_text(g.tags)), g.addresses
    from ${unnest('g', {
      customer_id: ids,
      size: of((profile) => profile.size),
      stage: of((profile) => profile.salesStage),
      source: of((profile) => profile.source),
      industry_code: of((profile) => profile.industryCode),
      country_code: of((profile) => profile.countryCode),
      division_code: of((profile) => profile.divisionCode),
      tags: { type: 'jsonb', values: rows.map(({ after }) => JSON.stringify(after.tags)) },
      addresses: { type: 'jsonb', values: rows.map(({ after }) => JSON.stringify(after.addresses)) },
    })} join customer c on c.customer_id = g.customer_id
    on conflict (customer_id) do update set size = excluded.size, stage = excluded.stage, source = excluded.source,
      industry_code = excluded.industry_code, country_code = excluded.country_code,
      division_code = excluded.division_code, tags = excluded.tags, addresses = excluded.addresses,
      row_version = customer_profile.row_version + 1, updated_at = now()`.execute(db);
  await writeTags(db, rows);
  await writeValues(
    db,
    rows.flatMap(({ customerId, before, after }) =>
      fields
        .filter(({ key }) => (before.fields[key] ?? null) !== (after.fields[key] ?? null))
        .map((field) => ({ customerId, field, value: after.fields[field.key] ?? null })),
    ),
  );
}

async function writeTags(db: Db, rows: readonly ProfileRow[]): Promise<void> {
  const changed = rows.filter(({ before, after }) => before.tags.join('\n') !== after.tags.join('\n'));
  if (changed.length === 0) return;
  await sql`
    delete from customer_tag
    where customer_id = any (${changed.map((row) => row.customerId)}::bigint[])`.execute(db);
  const tags = changed.flatMap(({ customerId, after }) => after.tags.map((tag) => ({ customerId, tag })));
  if (tags.length === 0) return;
  await sql`
    insert into customer_tag (tag, customer_id, owner_id, team_id)
    select g.tag, c.customer_id, c.owner_id, c.team_id
    from ${unnest('g', {
      tag: { type: 'text', values: tags.map(({ tag }) => tag) },
      customer_id: { type: 'bigint', values: tags.map(({ customerId }) => customerId) },
    })} join customer c on c.customer_id = g.customer_id`.execute(db);
}

/**
 * Writes what a patch says of the profile of one customer, who is held by the caller.
 * @param before null for a customer that is being made: then every field that must be filled in has to be
 * @returns the profile before and after
 * @throws CodedError what profileAfter, checkFields and requireFields throw
 */
export async function patchProfile(
  db: Db,
  rules: FieldRules,
  customer: { customerId: number; isNew: boolean },
  patch: ProfilePatch,
): Promise<{ before: ProfileState; after: ProfileState }> {
  const { customerId, isNew } = customer;
  const fields = await readFields(db);
  const before = isNew
    ? emptyProfile
    : ((await readProfiles(db, [customerId])).get(customerId) ?? emptyProfile);
  const given = await checkFields(db, fields, patch.fields ?? {}, before.fields);
  const after = profileAfter(before, patch, given);
  requireFields(isNew ? fields : fields.filter(({ key }) => key in given), after.fields, rules);
  await writeProfiles(db, fields, [{ customerId, before, after }]);
  return { before, after };
}

/** A customer `c` as it is, with its profile and fields: what an undo brings back. */
export const customerSnapshot: RawBuilder<unknown> = sql`
  to_jsonb(c) || jsonb_build_object(
    'profile', (select to_jsonb(cp) from customer_profile cp where cp.customer_id = c.customer_id),
    'fields', ${fieldsJson})`;

interface Snapshot {
  profile?: Record<string, unknown> | null;
  fields?: ProfileState['fields'];
}

function profileOf({ profile, fields }: Snapshot): ProfileState {
  const of = <Key extends keyof ProfileState>(key: Key, column: string): ProfileState[Key] =>
    (profile?.[column] ?? emptyProfile[key]) as ProfileState[Key];
  return {
    size: of('size', 'size'),
    salesStage: of('salesStage', 'stage'),
    source: of('source', 'source'),
    industryCode: of('industryCode', 'industry_code'),
    countryCode: of('countryCode', 'country_code'),
    divisionCode: of('divisionCode', 'division_code'),
    tags: of('tags', 'tags'),
    addresses: of('addresses', 'addresses'),
    fields: fields ?? {},
  };
}

/** Brings profiles back as snapshots have them; snapshots of before there were profiles leave them alone. */
export async function restoreProfiles(
  db: Db,
  snapshots: readonly { customerId: number; before: unknown }[],
): Promise<void> {
  const told = snapshots.filter(({ before }) => 'profile' in (before as Snapshot));
  if (told.length === 0) return;
  const now = await readProfiles(
    db,
    told.map(({ customerId }) => customerId),
  );
  const rows = told.map(({ customerId, before }) => ({
    customerId,
    before: now.get(customerId) ?? emptyProfile,
    after: profileOf(before as Snapshot),
  }));
  await writeProfiles(db, await readFields(db), rows);
}
