import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/**
 * From where something was done, and a chain of hashes over what was done. A writer leaves the number of its entry in
 * `audit_unsealed` and goes on; entries become links of the chain afterwards, in batches, so that no writer waits for
 * another. The program may write entries and ask for sealing: it can neither change nor delete an entry or a link.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_entry
      add column address text default nullif(current_setting('kezi.address', true), '') check (length(address) <= 100),
      add column via text default nullif(current_setting('kezi.via', true), '') check (length(via) <= 60),
      -- Hashed with the changes, so that a digest tells nothing of a person once both are erased.
      add column salt uuid default gen_random_uuid(),
      add column erased_at timestamptz`.execute(db);
  await sql`create index on audit_entry (action, audit_entry_id desc)`.execute(db);
  await sql`create index on audit_entry (recorded_at)`.execute(db);
  await createTables(db);
  await createDigests(db);
  await createSealing(db);
  await createErasing(db);
  await sql`alter table audit_entry no force row level security`.execute(db);
  await sql`insert into audit_unsealed select audit_entry_id from audit_entry`.execute(db);
  await sql`alter table audit_entry force row level security`.execute(db);
}

async function createTables(db: Kysely<unknown>): Promise<void> {
  await sql`create table audit_unsealed (audit_entry_id bigint primary key)`.execute(db);
  await sql`
    create table audit_link (
      link_no bigint primary key,
      audit_entry_id bigint not null unique,
      content_sha256 bytea not null,
      hash bytea not null
    )`.execute(db);
  for (const table of ['audit_unsealed', 'audit_link']) {
    await protect(db, table, 'false');
    await sql`revoke all on ${sql.id(table)} from kezi_all, kezi_scoped`.execute(db);
    await sql`grant select on ${sql.id(table)} to kezi_all`.execute(db);
  }
}

/** Both are made of text that is the same in every database and time zone. */
async function createDigests(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function audit_head(entry audit_entry) returns bytea language sql stable as $$
      select sha256(convert_to(jsonb_build_array(
        entry.audit_entry_id, entry.user_id, entry.request_id, entry.action, entry.subject, entry.subject_id,
        entry.address, entry.via, extract(epoch from entry.recorded_at))::text, 'UTF8'))
    $$`.execute(db);
  await sql`
    create function audit_content(entry audit_entry) returns bytea language sql stable as $$
      select sha256(convert_to(coalesce(entry.salt::text, '') || entry.changes::text, 'UTF8'))
    $$`.execute(db);
}

async function createSealing(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function leave_for_sealing() returns trigger language plpgsql
      security definer set search_path = public, pg_temp as $$
    begin
      insert into audit_unsealed select audit_entry_id from made;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger leave_for_sealing after insert on audit_entry referencing new table as made
      for each statement execute function leave_for_sealing()`.execute(db);
  await sql`
    create function seal_audit(most int) returns int language plpgsql
      security definer set search_path = public, pg_temp as $$
    declare
      last_no bigint := 0;
      last_hash bytea := '';
      entry audit_entry;
      content bytea;
      sealed int := 0;
    begin
      if not pg_try_advisory_xact_lock(hashtext('kezi audit seal')) then return 0; end if;
      select link_no, hash into last_no, last_hash from audit_link order by link_no desc limit 1;
      last_no := coalesce(last_no, 0);
      last_hash := coalesce(last_hash, '');
      for entry in
        with taken as (
          delete from audit_unsealed where audit_entry_id in (
            select audit_entry_id from audit_unsealed order by audit_entry_id limit most)
          returning audit_entry_id)
        select a.* from taken join audit_entry a using (audit_entry_id) order by a.audit_entry_id
      loop
        last_no := last_no + 1;
        content := audit_content(entry);
        last_hash := sha256(last_hash || audit_head(entry) || content);
        insert into audit_link values (last_no, entry.audit_entry_id, content, last_hash);
        sealed := sealed + 1;
      end loop;
      return sealed;
    end $$`.execute(db);
  await allow(db, 'seal_audit(int)');
  await sql`revoke all on function leave_for_sealing() from public`.execute(db);
}

/**
 * A person's data leaves the entries about them, but for the fields named as kept; that there was an entry, by whom, when
 * and from where, stays, and the chain holds. The erasure is an entry of its own.
 */
async function createErasing(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function erase_audit_changes(of_subject text, of_ids text[], kept text[]) returns int language plpgsql
      security definer set search_path = public, pg_temp as $$
    declare
      erased int;
    begin
      update audit_entry
      set salt = null, erased_at = now(), changes = coalesce(
        (select jsonb_object_agg(key, value) from jsonb_each(changes) where key = any (kept)), '{}')
      where subject = of_subject and subject_id = any (of_ids)
        and exists (select from jsonb_object_keys(changes) as field where field <> all (kept));
      get diagnostics erased = row_count;
      insert into audit_entry (action, subject, changes)
        values ('audit.erased', of_subject, jsonb_build_object('subjectIds', to_jsonb(of_ids), 'entries', erased));
      return erased;
    end $$`.execute(db);
  await allow(db, 'erase_audit_changes(text, text[], text[])');
}

async function allow(db: Kysely<unknown>, signature: string): Promise<void> {
  await sql.raw(`revoke all on function ${signature} from public`).execute(db);
  await sql.raw(`grant execute on function ${signature} to kezi_all`).execute(db);
}
