import type { EntitlementInput, EntitlementPatch, EntitlementUseInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { holdCustomer } from '../../records/hold-customer.js';
import { getEntitlement, type Moment } from './list-entitlements.js';

const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

/** Says in words what the database refuses. */
async function refusing<Result>(name: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === uniqueViolation)
      throw new CodedError('entitlements.name_exists', { name }, { cause: error });
    if (state === foreignKeyViolation)
      throw new CodedError('entitlements.tier_unknown', {}, { cause: error });
    throw error;
  }
}

async function writePromises(db: Db, entitlementId: number, input: EntitlementInput): Promise<void> {
  await db.deleteFrom('tier_entitlement').where('entitlement_id', '=', entitlementId).execute();
  const byTier = new Map(input.promises.map((promise) => [promise.tierId, promise.quantity]));
  if (byTier.size === 0) return;
  const rows = [...byTier].map(([tier_id, quantity]) => ({
    tier_id,
    quantity,
    entitlement_id: entitlementId,
  }));
  await refusing(input.name, () => db.insertInto('tier_entitlement').values(rows).execute());
}

/** @throws CodedError entitlements.name_exists, entitlements.tier_unknown */
export async function createEntitlement(db: Db, input: EntitlementInput): Promise<number> {
  const { entitlement_id: id } = await refusing(input.name, () =>
    db
      .insertInto('entitlement')
      .values({
        kind: input.kind,
        name: input.name,
        unit_cost_minor: input.unitCostMinor,
        unit_hours: input.unitHours,
      })
      .returning('entitlement_id')
      .executeTakeFirstOrThrow(),
  );
  await writePromises(db, id, input);
  await writeAudit(db, {
    action: 'entitlement.created',
    subject: 'entitlement',
    subjectId: id,
    changes: { name: [null, input.name], promises: [null, input.promises] },
  });
  return id;
}

/** @throws CodedError entitlements.not_found, entitlements.changed, entitlements.name_exists, entitlements.tier_unknown */
export async function updateEntitlement(
  db: Db,
  entitlementId: number,
  patch: EntitlementPatch,
  moment: Moment,
): Promise<void> {
  const before = await getEntitlement(db, entitlementId, moment);
  const after = {
    kind: patch.kind ?? before.kind,
    name: patch.name ?? before.name,
    unitCostMinor: patch.unitCostMinor ?? before.unitCostMinor,
    unitHours: patch.unitHours ?? before.unitHours,
    promises: patch.promises ?? before.promises,
  };
  const done = await refusing(after.name, () =>
    db
      .updateTable('entitlement')
      .set({
        kind: after.kind,
        name: after.name,
        unit_cost_minor: after.unitCostMinor,
        unit_hours: after.unitHours,
        row_version: patch.rowVersion + 1,
        updated_at: moment.now,
      })
      .where('entitlement_id', '=', entitlementId)
      .where('row_version', '=', patch.rowVersion)
      .executeTakeFirst(),
  );
  if (done.numUpdatedRows === 0n) throw new CodedError('entitlements.changed');
  await writePromises(db, entitlementId, after);
  const flat = ({ promises, ...rest }: EntitlementInput) => ({ ...rest, promises: JSON.stringify(promises) });
  await writeAudit(db, {
    action: 'entitlement.changed',
    subject: 'entitlement',
    subjectId: entitlementId,
    changes: {
      ...changesBetween(flat(before), flat(after)),
      rowVersion: [patch.rowVersion, patch.rowVersion + 1],
    },
  });
}

/** @throws CodedError entitlements.not_found, entitlements.used */
export async function deleteEntitlement(db: Db, entitlementId: number, moment: Moment): Promise<void> {
  const { name } = await getEntitlement(db, entitlementId, moment);
  const { rows } = await sql<{ isUsed: boolean }>`
    select exists (select from entitlement_use where entitlement_id = ${entitlementId}::int)
      or exists (select from service_clock
        where response_entitlement_id = ${entitlementId}::int or solution_entitlement_id = ${entitlementId}::int)
      as "isUsed"`.execute(db);
  if (rows[0]?.isUsed) throw new CodedError('entitlements.used');
  await db.deleteFrom('entitlement').where('entitlement_id', '=', entitlementId).execute();
  await writeAudit(db, {
    action: 'entitlement.deleted',
    subject: 'entitlement',
    subjectId: entitlementId,
    changes: { name: [name, null] },
  });
}

/**
 * Writes down that a customer used what it was promised, or that a promise was broken.
 * @throws CodedError customers.not_found, entitlements.not_found, entitlements.future
 */
export async function recordUse(
  db: Db,
  customerId: number,
  input: EntitlementUseInput,
  by: Moment & { userId: number },
): Promise<void> {
  const customer = await holdCustomer(db, customerId);
  await getEntitlement(db, input.entitlementId, by);
  const usedOn = input.usedOn ?? by.today;
  if (usedOn > by.today) throw new CodedError('entitlements.future');
  await db
    .insertInto('entitlement_use')
    .values({
      entitlement_id: input.entitlementId,
      customer_id: customerId,
      owner_id: customer.ownerId,
      team_id: customer.teamId,
      used_on: usedOn,
      quantity: input.quantity,
      is_breach: input.isBreach,
      note: input.note ?? null,
      created_by: by.userId,
    })
    .execute();
  await writeAudit(db, {
    action: input.isBreach ? 'entitlement.breached' : 'entitlement.used',
    subject: 'customer',
    subjectId: customerId,
    changes: { entitlementId: input.entitlementId, quantity: input.quantity, usedOn },
  });
}

/**
 * Takes back what was written down by mistake.
 * @throws CodedError entitlements.use_unknown, customers.shared_read_forbidden
 */
export async function takeBackUse(db: Db, entitlementUseId: number): Promise<void> {
  const use = await db
    .selectFrom('entitlement_use')
    .where('entitlement_use_id', '=', entitlementUseId)
    .select(['customer_id as customerId', 'entitlement_id as entitlementId', 'used_on as usedOn', 'quantity'])
    .executeTakeFirst();
  if (!use) throw new CodedError('entitlements.use_unknown');
  await holdCustomer(db, use.customerId);
  const gone = await db
    .deleteFrom('entitlement_use')
    .where('entitlement_use_id', '=', entitlementUseId)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) throw new CodedError('entitlements.use_unknown');
  await writeAudit(db, {
    action: 'entitlement.use_undone',
    subject: 'customer',
    subjectId: use.customerId,
    changes: { entitlementId: use.entitlementId, quantity: use.quantity, usedOn: use.usedOn },
  });
}
