import type { ContractRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { minimumByNow, noticeDay, stageOn } from './contracts.rules.js';

type Stored = Omit<ContractRow, 'stage' | 'noticeOn' | 'dueByNowMinor'>;

/**
 * Contracts with what was bought and paid under them, in the order asked for.
 * @param today yyyy-mm-dd in the organisation's time zone
 */
export async function findContracts(
  db: Db,
  today: string,
  which: RawBuilder<SqlBool>,
  ending: RawBuilder<unknown>,
): Promise<ContractRow[]> {
  const { rows } = await sql<Stored>`
    select k.contract_id as "contractId", k.customer_id as "customerId", cu.name as "customerName",
      u.name as "ownerName", k.contract_no as "contractNo", k.title, k.status, k.signed_on as "signedOn",
      k.starts_on as "startsOn", k.ends_on as "endsOn", k.notice_days as "noticeDays",
      k.is_renewed_by_itself as "isRenewedByItself", k.currency, k.amount_minor as "amountMinor",
      k.minimum_minor as "minimumMinor", k.payment_days as "paymentDays", k.terms,
      (select coalesce(sum(o.amount_minor), 0)::bigint from customer_order o
        where o.customer_id = k.customer_id and o.currency = k.currency
          and o.ordered_on between k.starts_on and least(k.ends_on, ${today}::date)) as "boughtMinor",
      coalesce(r.owed, 0)::bigint as "receivableMinor", coalesce(r.received, 0)::bigint as "receivedMinor",
      (select count(*) from attachment f
        where f.subject = 'contract' and f.subject_id = k.contract_id and f.deleted_at is null)::int as files,
      k.row_version as "rowVersion", k.created_at as "createdAt", k.updated_at as "updatedAt"
    from contract k join customer cu on cu.customer_id = k.customer_id
    left join colleague u on u.user_id = k.owner_id
    left join lateral (
      select sum(r.amount_minor) as owed, sum(r.received_minor) as received from receivable r
      where r.contract_id = k.contract_id and r.deleted_at is null) r on true
    where k.deleted_at is null and ${which} ${ending}`.execute(db);
  return rows.map((row) => ({
    ...row,
    stage: stageOn(row, today),
    noticeOn: noticeDay(row),
    dueByNowMinor: minimumByNow(row, today),
  }));
}

/** @throws CodedError contracts.not_found, also for a contract that the reader may not see */
export async function getContract(db: Db, contractId: number, today: string): Promise<ContractRow> {
  const [row] = await findContracts(db, today, sql`k.contract_id = ${contractId}::bigint`, sql``);
  if (!row) throw new CodedError('contracts.not_found');
  return row;
}
