import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { findTaken, standInNumber, withoutStandIn, type BatchContext } from '../../intake/imports/index.js';
import { findMarked, markedNumber } from '../erased-marks.js';
import { findFormerNumbers } from './former-numbers.js';
import { writeTokens } from './import-tokens.js';

/** What another record needs to know of its customer: who it is and whose. */
export interface KnownCustomer {
  customerId: number;
  ownerId: number | null;
  teamId: number | null;
  isErased?: boolean;
}

/** What a row of another file says of a customer that may not exist yet. */
export interface CustomerMention {
  customerNo: string;
  name: string | null;
  region: string | null;
}

/** Not what was opened to the user for reading alone: a file writes what it names. */
const mayWrite = sql`(current_user = 'kezi_all'
  or owner_id = any (current_setting('kezi.owner_ids')::int[])
  or team_id = any (current_setting('kezi.team_ids')::int[])
  or customer_id = any (current_setting('kezi.edited_ids')::bigint[]))`;

/** The customers with these numbers that the user may write; a number that was merged away stands for the one that remains. */
export async function findNamedCustomers(
  db: Db,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, KnownCustomer>> {
  const { rows } = await sql<KnownCustomer & { customerNo: string }>`
    select customer_no as "customerNo", customer_id as "customerId", owner_id as "ownerId", team_id as "teamId",
      erased_at is not null as "isErased"
    from customer where customer_no = any (${[...numbers]}::text[]) and ${mayWrite}`.execute(db);
  const found = new Map<string, KnownCustomer>();
  for (const { customerNo, ...customer } of rows) found.set(customerNo, customer);
  const missing = numbers.filter((no) => !found.has(no));
  for (const { formerNo, ...customer } of await findFormerNumbers(db, missing)) found.set(formerNo, customer);
  return found;
}

/** No longer than a number may be. */
const standIn = (customerNo: string) => standInNumber(customerNo).slice(0, 200);

/** 200,000 customers with their numbers take about 30 MB; with more, those of the current window are looked up again. */
const mostKnown = 200_000;

/** Finds the customers that other files name, and makes those that do not exist; they belong to `newOwner`. */
export class NamedCustomers {
  added = 0;
  private readonly known = new Map<string, KnownCustomer | null>();

  constructor(
    private readonly db: Db,
    private readonly batch: BatchContext,
  ) {}

  /** By number; null where the customer is not the user's to use. */
  async resolve(mentions: readonly CustomerMention[]): Promise<ReadonlyMap<string, KnownCustomer | null>> {
    if (this.known.size > mostKnown) this.known.clear();
    const asked = mentions.filter(({ customerNo }) => !this.known.has(customerNo));
    if (asked.length === 0) return this.known;
    await this.find(asked.map(({ customerNo }) => customerNo));
    if (this.batch.isDryRun) await this.find(asked.map(({ customerNo }) => standIn(customerNo)));
    const unseen = asked.filter(({ customerNo }) => !this.known.has(customerNo));
    const taken = await findTaken(
      this.db,
      this.batch,
      { table: 'customer', column: 'customer_no' },
      unseen.map(({ customerNo }) => customerNo),
    );
    for (const no of taken) this.known.set(no, null);
    const marked = await findMarked(
      this.db,
      this.batch.marks,
      unseen.map(({ customerNo }) => markedNumber(customerNo)),
    );
    for (const { customerNo } of unseen) {
      if (marked.has(markedNumber(customerNo))) this.known.set(customerNo, null);
    }
    const isMissing = ({ customerNo }: CustomerMention) => !this.known.has(customerNo);
    await this.make(unseen.filter(isMissing));
    // Whose numbers were taken after all, which a dry run does not tell.
    await this.make(unseen.filter(isMissing).map((one) => ({ ...one, customerNo: standIn(one.customerNo) })));
    return this.known;
  }

  private async find(numbers: string[]): Promise<void> {
    for (const [no, customer] of await findNamedCustomers(this.db, numbers))
      this.known.set(withoutStandIn(no), customer);
  }

  private async make(mentions: readonly CustomerMention[]): Promise<void> {
    if (mentions.length === 0) return;
    const { ownerId, teamId } = this.batch.newOwner;
    const { rows } = await sql<{ customerId: number; customerNo: string }>`
      insert into customer (customer_no, name, region, owner_id, team_id, import_batch_id)
      select customer_no, name, region, ${ownerId}::int, ${teamId}::int, ${this.batch.importBatchId}::bigint
      from ${unnest('m', {
        customer_no: { type: 'text', values: mentions.map((mention) => mention.customerNo) },
        name: { type: 'text', values: mentions.map((mention) => mention.name ?? mention.customerNo) },
        region: { type: 'text', values: mentions.map((mention) => mention.region) },
      })}
      ${this.batch.isDryRun ? sql`on conflict (customer_no) do nothing` : sql``}
      returning customer_id as "customerId", customer_no as "customerNo"`.execute(this.db);
    for (const row of rows)
      this.known.set(withoutStandIn(row.customerNo), { customerId: row.customerId, ownerId, teamId });
    await writeTokens(
      this.db,
      rows.map((row) => row.customerId),
    );
    this.added += rows.length;
  }
}
