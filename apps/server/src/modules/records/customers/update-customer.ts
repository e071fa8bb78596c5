import type { CustomerPatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { withUnseenKept } from '../../../platform/http/field-wall.rules.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import {
  isSoleCode,
  mustReadIdentifiers,
  refuseCreditCode,
  type Identifiers,
  validateCustomer,
} from '../identity/index.js';
import { refuseToChange } from '../hold-customer.js';
import { carryOwnership } from './carry-ownership.js';
import { refuseFormerNumber } from './former-numbers.js';
import { writeTokens } from './import-tokens.js';
import { ownershipAfter } from './owner-of-customer.js';
import { refuseParent } from './parent-of-customer.js';
import { profileChanges, profilePartOf, withoutProfile } from './profile.rules.js';
import { patchProfile, readProfiles } from './write-profile.js';

interface CustomerState extends Identifiers {
  customerNo: string;
  name: string;
  shortName: string | null;
  parentCustomerId: number | null;
  ownerId: number | null;
  teamId: number | null;
  region: string | null;
  industry: string | null;
  custom: unknown;
  /** Held for this customer alone by the database. */
  isCodeSole: boolean;
}

async function lockCustomer(db: Db, customerId: number, rowVersion: number): Promise<CustomerState> {
  const row = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select([
      'customer_no as customerNo',
      'name',
      'short_name as shortName',
      'legal_name as legalName',
      'credit_code as creditCode',
      'is_credit_code_sole as isCodeSole',
      'registry_country as registryCountry',
      'registry_no as registryNo',
      'parent_customer_id as parentCustomerId',
      'owner_id as ownerId',
      'team_id as teamId',
      'region',
      'industry',
      'custom',
      'row_version as rowVersion',
      'erased_at as erasedAt',
    ])
    // Two customers that are put under each other at once must not wait for each other's row.
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) return refuseToChange(db, customerId);
  const { rowVersion: current, erasedAt, ...state } = row;
  // What it would be written with is what was erased.
  if (erasedAt !== null) throw new CodedError('persons.erased');
  if (current !== rowVersion) throw new CodedError('customers.changed');
  return state;
}

/** The state before with everything that the patch names. */
function patched(before: CustomerState, patch: CustomerPatch): CustomerState {
  const { rowVersion: _version, ownerId: _owner, teamId: _team, ...given } = withoutProfile(patch);
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...before, ...named };
}

/** Registers' names and numbers as they are to be. A code that stays as it is is not asked about again. */
async function identifiersAfter(
  db: Db,
  principal: Principal,
  before: CustomerState,
  wanted: CustomerState,
): Promise<Identifiers & { isCodeSole: boolean }> {
  const identifiers = mustReadIdentifiers(wanted);
  const isSameCode = identifiers.creditCode === before.creditCode;
  const isCodeSole = isSameCode
    ? before.isCodeSole
    : await refuseCreditCode(db, principal, identifiers.creditCode, before.customerNo);
  return { ...identifiers, isCodeSole };
}

/** Somebody who may not be seen may have the number: row-level security hides the customer, the unique index does not. */
const uniqueViolation = '23505';

async function writeState(db: Db, customerId: number, after: CustomerState, now: Date): Promise<void> {
  const writing = db
    .updateTable('customer')
    .set({
      customer_no: after.customerNo,
      name: after.name,
      short_name: after.shortName,
      legal_name: after.legalName,
      credit_code: after.creditCode,
      is_credit_code_sole: after.isCodeSole,
      registry_country: after.registryCountry,
      registry_no: after.registryNo,
      parent_customer_id: after.parentCustomerId,
      owner_id: after.ownerId,
      team_id: after.teamId,
      region: after.region,
      industry: after.industry,
      custom: JSON.stringify(after.custom),
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('customer_id', '=', customerId);
  try {
    await writing.execute();
  } catch (error) {
    if (sqlStateOf(error) !== uniqueViolation) throw error;
    if (isSoleCode(error)) throw new CodedError('customers.credit_code_elsewhere', {}, { cause: error });
    throw new CodedError('customers.number_conflict', { customerNo: after.customerNo }, { cause: error });
  }
}

/**
 * Changes what the patch names, if nobody has changed the customer since `rowVersion`. With a new owner or team, the
 * customer's orders, scores and search words change hands in the same transaction.
 * @throws CodedError customers.not_found, customers.changed, persons.erased, customers.number_conflict, customers.parent_unknown,
 *   customers.parent_cycle, customers.owner_unknown, customers.team_unknown, customers.assign_forbidden,
 *   fields.restricted_forbidden, and what mustReadIdentifiers, refuseCreditCode and patchProfile throw
 */
export async function updateCustomer(
  db: Db,
  principal: Principal,
  customerId: number,
  asked: CustomerPatch,
  now: Date,
): Promise<void> {
  const before = await lockCustomer(db, customerId, asked.rowVersion);
  const patch = withUnseenKept(principal.fieldRules, asked, before);
  const ownership = await ownershipAfter(db, principal, before, patch);
  const wanted = { ...patched(before, patch), ...ownership };
  const after = { ...wanted, ...(await identifiersAfter(db, principal, before, wanted)) };
  if (after.customerNo !== before.customerNo) await refuseFormerNumber(db, principal, after.customerNo);
  const parentId = after.parentCustomerId;
  if (parentId !== null && parentId !== before.parentCustomerId) {
    await refuseParent(db, principal, { customerId, parentId });
  }
  await validateCustomer(db, principal.fieldRules, {
    before: { ...before },
    after: { ...after },
    fields: patch.fields,
    keptFields: async () => (await readProfiles(db, [customerId])).get(customerId)?.fields ?? {},
  });
  await writeState(db, customerId, after, now);
  const part = profilePartOf(patch);
  const profile =
    part === null ? null : await patchProfile(db, principal.fieldRules, { customerId, isNew: false }, part);
  await writeTokens(db, [customerId]);
  await carryOwnership(db, [customerId]);
  // Free fields may hold what not every reader of the audit may see: that they changed is said, not to what.
  const { custom, isCodeSole: _sole, ...fields } = after;
  const changes = {
    ...changesBetween({ ...before }, fields),
    ...(profile === null ? {} : profileChanges(profile.before, profile.after)),
  };
  const isCustomChanged = JSON.stringify(custom) !== JSON.stringify(before.custom);
  await writeAudit(db, {
    action: 'customer.updated',
    subject: 'customer',
    subjectId: customerId,
    changes: isCustomChanged ? { ...changes, custom: true } : changes,
  });
}
