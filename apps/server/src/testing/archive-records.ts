import type { TestServer } from './test-server.js';

/** Whose a record is, as every row of a customer carries it. */
interface Place {
  customer_id: number;
  owner_id: number | null;
  team_id: number | null;
}

/** A contract of this year. */
export function contractAt(
  server: TestServer,
  place: Place,
  name: string,
  deleted_at: Date | null,
): Promise<number> {
  return server.asSystem(async (db) => {
    const row = await db
      .insertInto('contract')
      .values({
        ...place,
        contract_no: name,
        title: name,
        starts_on: '2026-01-01',
        ends_on: '2026-12-31',
        currency: 'CNY',
        deleted_at,
      })
      .returning('contract_id')
      .executeTakeFirstOrThrow();
    return row.contract_id;
  });
}

export function receivableAt(server: TestServer, place: Place, title: string): Promise<number> {
  return server.asSystem(async (db) => {
    const row = await db
      .insertInto('receivable')
      .values({ ...place, title, due_on: '2026-02-01', currency: 'CNY', amount_minor: 100_00 })
      .returning('receivable_id')
      .executeTakeFirstOrThrow();
    return row.receivable_id;
  });
}

export function paymentAt(server: TestServer, place: Place, payment_no: string): Promise<number> {
  return server.asSystem(async (db) => {
    const row = await db
      .insertInto('payment')
      .values({ ...place, payment_no, received_on: '2026-02-01', currency: 'CNY', amount_minor: 50_00 })
      .returning('payment_id')
      .executeTakeFirstOrThrow();
    return row.payment_id;
  });
}

/** A file of a contract of its own. */
export async function fileAt(server: TestServer, place: Place, name: string): Promise<number> {
  const subject_id = await contractAt(server, place, name, null);
  return server.asSystem(async (db) => {
    const row = await db
      .insertInto('attachment')
      .values({
        ...place,
        subject: 'contract',
        subject_id,
        file_name: `${name}.pdf`,
        media_type: 'application/pdf',
        size_bytes: 1,
        sha256: '0'.repeat(64),
      })
      .returning('attachment_id')
      .executeTakeFirstOrThrow();
    return row.attachment_id;
  });
}

export function noteAt(
  server: TestServer,
  { customer_id }: Place,
  title: string,
  deleted_at: Date | null,
): Promise<number> {
  return server.asSystem(async (db) => {
    const row = await db
      .insertInto('customer_note')
      .values({ customer_id, kind: 'need', title, status: 'open', noted_on: '2026-02-01', deleted_at })
      .returning('customer_note_id')
      .executeTakeFirstOrThrow();
    return row.customer_note_id;
  });
}
