import { runMigrations } from 'graphile-worker';
import type { Pool } from 'pg';

/**
 * The queue's own tables, and the three doors through which the program reaches them. The program's roles have no right on
 * the queue: the functions run with the owner's rights and do one thing each. What is asked for now is due at any time, and
 * a clock that is put back does not make it wait: it is due at a time long past, one microsecond after what was asked
 * for before, since the queue takes those of the same time in any order.
 */
export async function prepareQueue(pool: Pool): Promise<void> {
  await runMigrations({ pgPool: pool });
  await pool.query(`
    create sequence if not exists graphile_worker.kezi_order;
    create or replace function graphile_worker.kezi_next_turn() returns timestamptz language sql as $$
      select to_timestamp(nextval('graphile_worker.kezi_order') / 1e6)
    $$;
    create or replace function kezi_enqueue(job_id bigint, kind text, queue text) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      perform graphile_worker.add_job('job:' || kind, json_build_object('jobId', job_id), queue,
        graphile_worker.kezi_next_turn());
    end $$;
    create or replace function kezi_emit(type text, payload jsonb) returns bigint
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      id bigint;
    begin
      insert into public.event_outbox (type, payload) values (type, payload) returning event_id into id;
      perform graphile_worker.add_job('event', json_build_object('eventId', id),
        run_at := graphile_worker.kezi_next_turn());
      return id;
    end $$;
    create or replace function kezi_deliver(lane text) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      -- One job empties a lane; asked for while it does, another follows it.
      perform graphile_worker.add_job('deliver', json_build_object('lane', lane), lane, to_timestamp(0),
        max_attempts := 3, job_key := 'deliver ' || lane);
    end $$;
    revoke all on function kezi_enqueue(bigint, text, text), kezi_emit(text, jsonb), kezi_deliver(text) from public;
    grant execute on function kezi_enqueue(bigint, text, text), kezi_emit(text, jsonb), kezi_deliver(text)
      to kezi_all, kezi_scoped;`);
}
