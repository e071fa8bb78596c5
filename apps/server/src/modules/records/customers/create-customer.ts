import type { CustomerInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import {
  mustReadIdentifiers,
  refuseCreditCode,
  refuseSecondHolder,
  validateCustomer,
} from '../identity/index.js';
import { refuseFormerNumber } from './former-numbers.js';
import { writeTokens } from './import-tokens.js';
import { ownershipAfter } from './owner-of-customer.js';
import { refuseParent } from './parent-of-customer.js';
import { profileChanges } from './profile.rules.js';
import { patchProfile } from './write-profile.js';

/**
 * Adds a customer; it belongs to whoever adds it unless somebody who may assign says otherwise.
 * @returns its id
 * @throws CodedError customers.number_conflict, customers.parent_unknown, customers.owner_unknown, customers.team_unknown,
 *   customers.assign_forbidden, and what mustReadIdentifiers, refuseCreditCode,
 *   validateCustomer and patchProfile throw
 */
export async function createCustomer(
  db: Db,
  principal: Principal,
  input: CustomerInput,
  now: Date,
): Promise<number> {
  const own = { ownerId: principal.userId, teamId: principal.teamId };
  const { ownerId, teamId } = await ownershipAfter(db, principal, own, input);
  const parentId = input.parentCustomerId ?? null;
  if (parentId !== null) await refuseParent(db, principal, { customerId: null, parentId });
  const identifiers = mustReadIdentifiers({
    legalName: input.legalName ?? null,
    creditCode: input.creditCode ?? null,
    registryCountry: input.registryCountry ?? null,
    registryNo: input.registryNo ?? null,
  });
  const isSole = await refuseCreditCode(db, principal, identifiers.creditCode, input.customerNo);
  await refuseFormerNumber(db, principal, input.customerNo);
  await validateCustomer(db, principal.fieldRules, {
    before: null,
    after: { ...input, ...identifiers, ownerId },
    fields: input.fields,
    keptFields: () => Promise.resolve({}),
  });
  const made = await db
    .insertInto('customer')
    .values({
      customer_no: input.customerNo,
      name: input.name,
      short_name: input.shortName ?? null,
      legal_name: identifiers.legalName,
      credit_code: identifiers.creditCode,
      is_credit_code_sole: isSole,
      registry_country: identifiers.registryCountry,
      registry_no: identifiers.registryNo,
      parent_customer_id: parentId,
      owner_id: ownerId,
      team_id: teamId,
      region: input.region ?? null,
      industry: input.industry ?? null,
      custom: JSON.stringify(input.custom ?? {}),
      created_at: now,
      updated_at: now,
    })
    // The number may be taken by a customer that this user may not see: the answer says neither where nor whose.
    .onConflict((conflict) => conflict.column('customer_no').doNothing())
    .returning('customer_id')
    .executeTakeFirst()
    .catch(refuseSecondHolder);
  if (!made) throw new CodedError('customers.number_conflict', { customerNo: input.customerNo });
  const customerId = made.customer_id;
  const profile = await patchProfile(db, principal.fieldRules, { customerId, isNew: true }, input);
  await writeTokens(db, [customerId]);
  await writeAudit(db, {
    action: 'customer.created',
    subject: 'customer',
    subjectId: customerId,
    changes: {
      customerNo: [null, input.customerNo],
      name: [null, input.name],
      ...profileChanges(profile.before, profile.after),
    },
  });
  return customerId;
}
