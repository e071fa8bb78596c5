import type { ContractInput, ContractPatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { withUnseenKept } from '../../../platform/http/field-wall.rules.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { readSettings } from '../../people/settings/index.js';
import { changedSince } from '../changed-since.js';
import { holdCustomer } from '../hold-customer.js';
import { blankContract, stateAfter, type ContractState } from './contracts.rules.js';

const uniqueViolation = '23505';

function columnsOf(state: ContractState) {
  return {
    contract_no: state.contractNo,
    title: state.title,
    status: state.status,
    signed_on: state.signedOn,
    starts_on: state.startsOn,
    ends_on: state.endsOn,
    notice_days: state.noticeDays,
    is_renewed_by_itself: state.isRenewedByItself,
    currency: state.currency,
    amount_minor: state.amountMinor,
    minimum_minor: state.minimumMinor,
    payment_days: state.paymentDays,
    terms: state.terms,
  };
}

/** The number may be that of a contract which the writer may not see: the answer says neither whose nor where. */
async function refuseTaken<Answer>(contractNo: string, write: () => Promise<Answer>): Promise<Answer> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== uniqueViolation) throw error;
    throw new CodedError('contracts.number_conflict', { contractNo }, { cause: error });
  }
}

/**
 * Adds a contract to a customer.
 * @returns the id
 * @throws CodedError customers.not_found, contracts.number_conflict, contracts.days_reversed
 */
export async function createContract(
  db: Db,
  customerId: number,
  input: ContractInput,
  now: Date,
): Promise<number> {
  const customer = await holdCustomer(db, customerId);
  const state = stateAfter(blankContract(input, (await readSettings(db)).baseCurrency), input);
  const { contract_id: contractId } = await refuseTaken(state.contractNo, () =>
    db
      .insertInto('contract')
      .values({
        customer_id: customerId,
        owner_id: customer.ownerId,
        team_id: customer.teamId,
        ...columnsOf(state),
        created_at: now,
        updated_at: now,
      })
      .returning('contract_id')
      .executeTakeFirstOrThrow(),
  );
  await writeAudit(db, {
    action: 'contract.created',
    subject: 'contract',
    subjectId: contractId,
    changes: { customerId: [null, customerId], contractNo: [null, state.contractNo] },
  });
  await emitEvent(db, 'contract.changed', { customerId, contractId });
  return contractId;
}

async function readState(db: Db, contractId: number) {
  const { rows } = await sql<ContractState & { customerId: number; rowVersion: number }>`
    select customer_id as "customerId", contract_no as "contractNo", title, status, signed_on as "signedOn",
      starts_on as "startsOn", ends_on as "endsOn", notice_days as "noticeDays",
      is_renewed_by_itself as "isRenewedByItself", currency, amount_minor as "amountMinor",
      minimum_minor as "minimumMinor", payment_days as "paymentDays", terms, row_version as "rowVersion"
    from contract where contract_id = ${contractId}::bigint and deleted_at is null for no key update`.execute(
    db,
  );
  const row = rows[0];
  if (!row) throw new CodedError('contracts.not_found');
  const { customerId, rowVersion, ...state } = row;
  return { customerId, rowVersion, state };
}

async function isOwed(db: Db, contractId: number): Promise<boolean> {
  const row = await db
    .selectFrom('receivable')
    .where('contract_id', '=', contractId)
    .where('deleted_at', 'is', null)
    .select('receivable_id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Changes what the patch names, if nobody has changed the contract since `rowVersion`.
 * @throws CodedError contracts.not_found, contracts.changed, contracts.number_conflict, contracts.days_reversed,
 *   contracts.currency_fixed, fields.restricted_forbidden
 */
export async function updateContract(
  db: Db,
  principal: Principal,
  contractId: number,
  patch: ContractPatch,
  now: Date,
): Promise<void> {
  const { customerId, rowVersion, state: before } = await readState(db, contractId);
  const { rowVersion: seen, ...given } = patch;
  if (seen !== rowVersion) {
    const row = { subject: 'contract', subjectId: contractId, rowVersion: seen };
    throw new CodedError('contracts.changed', await changedSince(db, principal, row));
  }
  const after = stateAfter(before, withUnseenKept(principal.fieldRules, given, before));
  if (after.currency !== before.currency && (await isOwed(db, contractId))) {
    throw new CodedError('contracts.currency_fixed');
  }
  await refuseTaken(after.contractNo, () =>
    db
      .updateTable('contract')
      .set({ ...columnsOf(after), row_version: sql`row_version + 1`, updated_at: now })
      .where('contract_id', '=', contractId)
      .execute(),
  );
  // Terms are read with the contract alone: that they changed is said, not to what.
  const { terms: oldTerms, ...plainBefore } = before;
  const { terms, ...plainAfter } = after;
  await writeAudit(db, {
    action: 'contract.updated',
    subject: 'contract',
    subjectId: contractId,
    changes: {
      ...changesBetween(plainBefore, plainAfter),
      ...(terms === oldTerms ? {} : { terms: true }),
      rowVersion: [rowVersion, rowVersion + 1],
    },
  });
  await emitEvent(db, 'contract.changed', { customerId, contractId });
}

/**
 * Sets a contract aside, or brings it back.
 * @throws CodedError contracts.not_found, contracts.owed_conflict, contracts.number_conflict
 */
export async function setAside(
  db: Db,
  contractId: number,
  what: 'deleted' | 'restored',
  now: Date,
): Promise<void> {
  const row = await db
    .selectFrom('contract')
    .where('contract_id', '=', contractId)
    .where('deleted_at', what === 'deleted' ? 'is' : 'is not', null)
    .select(['customer_id', 'contract_no'])
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new CodedError('contracts.not_found');
  if (what === 'deleted' && (await isOwed(db, contractId))) throw new CodedError('contracts.owed_conflict');
  await refuseTaken(row.contract_no, () =>
    db
      .updateTable('contract')
      .set({
        deleted_at: what === 'deleted' ? now : null,
        row_version: sql`row_version + 1`,
        updated_at: now,
      })
      .where('contract_id', '=', contractId)
      .execute(),
  );
  await writeAudit(db, { action: `contract.${what}`, subject: 'contract', subjectId: contractId });
  await emitEvent(db, 'contract.changed', { customerId: row.customer_id, contractId });
}
