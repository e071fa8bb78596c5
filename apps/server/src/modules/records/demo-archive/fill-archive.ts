import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listenTo } from '../../../platform/events/listen-to.js';
import { findUserPrincipal } from '../../../platform/auth/find-principal.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { createContact } from '../contacts/index.js';
import { createContract } from '../contracts/index.js';
import { updateCustomer } from '../customers/index.js';
import { logInteraction } from '../interactions/index.js';
import { createNote } from '../notes/index.js';
import { createPayment, createReceivable } from '../payments/index.js';
import { measureSoon } from '../quality/index.js';
import { todayOf } from '../today-of.js';
import { channels, needs, people, plans, rivals, streets, talks } from './demo-texts.js';

/** As many as a newcomer may open; each costs some twenty rows. */
const mostCustomers = 24;
const dayMs = 86_400_000;

interface GoodCustomer {
  customerId: number;
  /** Spend of the last twelve months, minor units of the base currency. */
  spendMinor: number;
}

interface Page {
  db: Db;
  principal: Principal;
  customerId: number;
  /** Place among the best; everything that is picked follows from it. */
  place: number;
  spendMinor: number;
  today: string;
  now: Date;
}

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

function pick<Item>(items: readonly Item[], place: number): Item {
  const item = items[place % items.length];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}

async function bestCustomers(db: Db, today: string): Promise<GoodCustomer[]> {
  const { rows } = await sql<GoodCustomer>`
    select customer_id as "customerId", sum(base_amount_minor)::bigint as "spendMinor" from customer_order
    where ordered_on > (${today}::date - interval '1 year')::date
    group by customer_id having sum(base_amount_minor) > 100000
    order by 2 desc, 1 limit ${mostCustomers}`.execute(db);
  return rows;
}

async function addPeople({ db, customerId, place, now }: Page): Promise<number[]> {
  const ids: number[] = [];
  for (let i = 0; i < 3; i++) {
    const person = pick(people, place * 3 + i);
    const serial = String(place * 10 + i).padStart(4, '0');
    const input = {
      ...person,
      phones: [`1380000${serial}`],
      isPrimary: i === 0,
      reportsToId: ids[0] ?? null,
    };
    ids.push(await createContact(db, customerId, input, now));
  }
  return ids;
}

/** Where they work, and for every second one where goods go. */
async function addAddresses({ db, principal, customerId, place, now }: Page): Promise<void> {
  const found = await db
    .selectFrom('customer as c')
    .leftJoin('customer_profile as p', 'p.customer_id', 'c.customer_id')
    .where('c.customer_id', '=', customerId)
    .select(['c.row_version as rowVersion', 'c.region', 'p.division_code as divisionCode'])
    .executeTakeFirstOrThrow();
  const city = (found.region ?? '').replaceAll('/', '');
  const addresses = (['office', 'delivery'] as const).slice(0, 1 + (place % 2)).map((kind, at) => ({
    kind,
    line: `${city}${pick(streets, place + at * 3)} ${11 + place * 7 + at} 号`,
    divisionCode: found.divisionCode,
  }));
  await updateCustomer(db, principal, customerId, { rowVersion: found.rowVersion, addresses }, now);
}

async function addTalks(
  { db, principal, customerId, place, today, now }: Page,
  contactIds: readonly number[],
) {
  for (let i = 0; i < 4; i++) {
    const { nextStep, ...talk } = pick(talks, place + i);
    const happenedAt = new Date(now.getTime() - (3 + i * 19 + (place % 7)) * dayMs).toISOString();
    const next = nextStep === null ? {} : { nextStep, nextStepOn: dayAfter(today, 10 - i * 9) };
    const input = { ...talk, ...next, happenedAt, contactIds: contactIds.slice(0, 1 + (i % 2)) };
    await logInteraction(db, principal, customerId, input, now);
  }
}

async function addContract({ db, customerId, place, spendMinor, today, now }: Page): Promise<number> {
  // Every fourth ends within two months; the promise is kept by two of three.
  const endsOn = dayAfter(today, place % 4 === 0 ? 20 + place : 120 + ((place * 13) % 200));
  const startsOn = dayAfter(endsOn, -364);
  const minimumMinor = Math.round(spendMinor * (place % 3 === 2 ? 1.4 : 0.8));
  const input = {
    contractNo: `HT-${today.slice(0, 4)}-${String(place + 1).padStart(3, '0')}`,
    title: '年度采购框架合同',
    signedOn: dayAfter(startsOn, -7),
    startsOn,
    endsOn,
    minimumMinor,
    amountMinor: Math.round(minimumMinor * 1.2),
    paymentDays: 30,
    terms: '月结 30 天；价格按季度调整；质保一年。',
  };
  return createContract(db, customerId, input, now);
}

async function addMoney({ db, customerId, place, spendMinor, today, now }: Page, contractId: number) {
  const monthMinor = Math.max(1, Math.round(spendMinor / 12));
  for (const days of [-75, -40, -8, 22]) {
    const dueOn = dayAfter(today, days);
    const title = `${dueOn.slice(0, 7)} 货款`;
    const owed = { title, dueOn, amountMinor: monthMinor, contractId };
    await createReceivable(db, customerId, owed, now);
  }
  // Some have paid all that was due, some a part, some nothing yet.
  const months = [3, 2, 1.5, 0.5][place % 4] ?? 0;
  await createPayment(
    db,
    customerId,
    {
      receivedOn: dayAfter(today, -(2 + (place % 20))),
      amountMinor: Math.round(monthMinor * months),
      method: pick(['银行转账', '承兑汇票'], place),
    },
    now,
  );
}

async function addNotes(
  { db, customerId, place, spendMinor, today, now }: Page,
  contactIds: readonly number[],
) {
  const saidBy = { contactId: contactIds[place % contactIds.length] ?? null };
  const need = {
    kind: 'need' as const,
    title: pick(needs, place),
    notedOn: dayAfter(today, -30 - place),
    ...saidBy,
  };
  await createNote(db, customerId, need, now);
  if (place % 2 === 0) {
    const amountMinor = Math.round(spendMinor / 5);
    const plan = {
      kind: 'plan' as const,
      title: pick(plans, place),
      notedOn: dayAfter(today, 90),
      amountMinor,
    };
    await createNote(db, customerId, plan, now);
  }
  if (place % 4 === 3) {
    await createNote(db, customerId, { kind: 'channel', title: pick(channels, place) }, now);
  }
  if (place % 3 !== 1) {
    const sharePercent = 10 + ((place * 7) % 35);
    const rival = { kind: 'competitor' as const, title: pick(rivals, place), sharePercent };
    await createNote(db, customerId, rival, now);
  }
}

/**
 * Addresses, people, talks, contracts, money and notes of the best customers of the made-up company, by the way they always come.
 * Told twice it does nothing the second time.
 */
export const fillArchive = listenTo('demo.loaded', async ({ userId }, platform, db) => {
  const now = platform.clock.now();
  const principal = await findUserPrincipal(platform.db.login, userId, now);
  const there = await db.selectFrom('contract').select('contract_id').limit(1).executeTakeFirst();
  if (there || !principal) return;
  const today = await todayOf(db, now);
  for (const [place, customer] of (await bestCustomers(db, today)).entries()) {
    const page = { db, principal, place, today, now, ...customer };
    await addAddresses(page);
    const contactIds = await addPeople(page);
    await addTalks(page, contactIds);
    await addMoney(page, await addContract(page));
    await addNotes(page, contactIds);
  }
  // Measured once all of it is there: what is missing would be said of records that are filled by now.
  await measureSoon(db);
});
