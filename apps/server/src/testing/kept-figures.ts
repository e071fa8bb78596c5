import { sql } from 'kysely';
import type { TestServer } from './test-server.js';

/** Figures and words that stand nowhere else, one for each field that can be kept from a role. */
const figures = {
  clv: 918_273.25,
  amount: 564_738_291,
  margin: 112_233_445,
  creditCode: '91350100M000100Y43',
  phone: '13987650001',
  mail: 'zqkept@x.example',
  address: '甲九号院',
} as const;

const { phone, mail, ...plain } = figures;

/** As they stand in an answer. Amounts in evidence are in major units; phones and mails are masked for everybody. */
export const keptWords: readonly string[] = [
  ...Object.values(plain).map(String),
  '5647382.91',
  '139****0001',
  'z****@x.example',
];

/** What no list shows anybody. */
export const unmaskedWords: readonly string[] = [phone, mail];

const address = { kind: 'registered', line: figures.address };

/** Writes them wherever the customer has such a field. */
export async function plantFigures(server: TestServer, customerId: number): Promise<void> {
  const of = sql`where customer_id = ${customerId}::bigint`;
  const { clv, amount, margin } = figures;
  await server.asSystem(async (db) => {
    for (const statement of [
      sql`update customer set credit_code = ${figures.creditCode} ${of}`,
      sql`update register_entry set clv = ${clv}, clv_low = ${clv}, clv_high = ${clv}, spend_minor = ${amount},
        monetary_value = 5647382.91 ${of}`,
      sql`update customer_score set clv = ${clv}, expected_spend = ${clv}, monetary_value = 5647382.91 ${of}`,
      sql`update customer_order set amount_minor = ${amount}, base_amount_minor = ${amount}, base_margin_minor = ${margin} ${of}`,
      sql`update order_line set amount_minor = ${amount}, base_amount_minor = ${amount} ${of}`,
      sql`update contract set amount_minor = ${amount} ${of}`,
      sql`update receivable set amount_minor = ${amount} ${of}`,
      sql`update payment set amount_minor = ${amount} ${of}`,
      sql`update warning set clv = ${clv}, value_at_risk = ${clv}, detector_id = 'payment-late', status = 'open',
        evidence = '{"lateAmount": 5647382.91}' ${of}
        and warning_id = (select min(warning_id) from warning ${of})`,
      sql`update contact set phones = array[${figures.phone}], mails = array[${figures.mail}] ${of}`,
      sql`insert into customer_profile (customer_id, owner_id, team_id, addresses)
        select customer_id, owner_id, team_id, ${JSON.stringify([address])}::jsonb from customer ${of}
        on conflict (customer_id) do update set addresses = excluded.addresses`,
    ]) {
      await statement.execute(db);
    }
  });
}
