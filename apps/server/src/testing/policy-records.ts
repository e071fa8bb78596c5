import { churnOptions, tierDefinition as definitionInput } from '@kezi/contract';
import type { TestServer } from './test-server.js';

/** A pool of a department of its own below another, as a department has one at most. */
export function poolBelow(
  server: TestServer,
  parent_team_id: number,
  name: string,
): Promise<{ pool_id: number; team_id: number }> {
  return server.asSystem(async (db) => {
    const { team_id } = await db
      .insertInto('team')
      .values({ name, parent_team_id })
      .returning('team_id')
      .executeTakeFirstOrThrow();
    return db
      .insertInto('pool')
      .values({ team_id })
      .returning(['pool_id', 'team_id'])
      .executeTakeFirstOrThrow();
  });
}

export async function recycleRuleOf(
  server: TestServer,
  pool: { pool_id: number; team_id: number },
  name: string,
): Promise<number> {
  const row = await server.asSystem((db) =>
    db
      .insertInto('recycle_rule')
      .values({ ...pool, name, days_without_order: 90 })
      .returning('recycle_rule_id')
      .executeTakeFirstOrThrow(),
  );
  return row.recycle_rule_id;
}

export async function disputeAt(
  server: TestServer,
  place: { customer_id: number; owner_id: number | null; team_id: number | null },
  { claimant, grounds }: { claimant: number; grounds: string },
): Promise<number> {
  const row = await server.asSystem((db) =>
    db
      .insertInto('ownership_dispute')
      .values({ ...place, claimant_id: claimant, grounds })
      .returning('dispute_id')
      .executeTakeFirstOrThrow(),
  );
  return row.dispute_id;
}

/** A segment of all customers. */
export async function segmentOf(server: TestServer, created_by: number, name: string): Promise<number> {
  const rule = JSON.stringify({ match: 'all', not: false, items: [] });
  const row = await server.asSystem((db) =>
    db
      .insertInto('segment')
      .values({ name, kind: 'dynamic', rule, created_by })
      .returning('segment_id')
      .executeTakeFirstOrThrow(),
  );
  return row.segment_id;
}

export async function robotOf(
  server: TestServer,
  team_id: number,
  created_by: number,
  name: string,
): Promise<number> {
  const row = await server.asSystem((db) =>
    db
      .insertInto('robot')
      .values({ name, vendor: 'wecom', url: '', url_hint: '', team_id, created_by })
      .returning('robot_id')
      .executeTakeFirstOrThrow(),
  );
  return row.robot_id;
}

export async function webhookOf(server: TestServer, created_by: number, name: string): Promise<number> {
  const row = await server.asSystem((db) =>
    db
      .insertInto('webhook')
      .values({ name, url: 'https://example.com/', events: ['task.changed'], secret: '', created_by })
      .returning('webhook_id')
      .executeTakeFirstOrThrow(),
  );
  return row.webhook_id;
}

/** A delivery that has gone out. */
export async function deliveryOf(server: TestServer, created_by: number, name: string): Promise<number> {
  const webhook_id = await webhookOf(server, created_by, name);
  const now = server.clock.now();
  const row = await server.asSystem((db) =>
    db
      .insertInto('delivery')
      .values({
        channel: 'webhook',
        kind: 'task.changed',
        webhook_id,
        message: '{}',
        source_key: name,
        status: 'sent',
        due_at: now,
        created_at: now,
        created_by,
      })
      .returning('delivery_id')
      .executeTakeFirstOrThrow(),
  );
  return row.delivery_id;
}

/** A definition with one figure in it. */
export const tierDefinition = definitionInput.parse({
  axes: [{ key: 'value', name: 'value', weight: 100, indicators: [{ feature: 'spend12m', weight: 100 }] }],
  cut: 'quantile',
  cuts: [0.2],
});

/** Two tiers of the company. */
function tierSetOf(server: TestServer, name: string): Promise<{ tier_set_id: number; tier_id: number }> {
  return server.asSystem(async (db) => {
    const { tier_set_id } = await db
      .insertInto('tier_set')
      .values({ name })
      .returning('tier_set_id')
      .executeTakeFirstOrThrow();
    const rows = await db
      .insertInto('tier')
      .values([
        { tier_set_id, rank: 1, name: 'A', badge: 'crown' },
        { tier_set_id, rank: 2, name: 'B', badge: 'circle' },
      ])
      .returning('tier_id')
      .execute();
    return { tier_set_id, tier_id: rows[0]?.tier_id ?? 0 };
  });
}

/** A policy of the company that nobody has published. */
export async function tierPolicyOf(server: TestServer, created_by: number, name: string): Promise<number> {
  const { tier_set_id } = await tierSetOf(server, name);
  const row = await server.asSystem((db) =>
    db
      .insertInto('tier_policy')
      .values({ name, tier_set_id, definition: JSON.stringify(tierDefinition), created_by })
      .returning('tier_policy_id')
      .executeTakeFirstOrThrow(),
  );
  return row.tier_policy_id;
}

/** A rule that no customer comes under. */
export async function validationRuleOf(server: TestServer): Promise<number> {
  const row = await server.asSystem((db) =>
    db
      .insertInto('validation_rule')
      .values({ field: 'legalName', kind: 'required', when_field: 'region', when_values: ['nowhere'] })
      .returning('validation_rule_id')
      .executeTakeFirstOrThrow(),
  );
  return row.validation_rule_id;
}

/** A training that came to nothing. */
export async function trainingOf(server: TestServer, created_by: number): Promise<number> {
  const row = await server.asSystem((db) =>
    db
      .insertInto('churn_run')
      .values({ status: 'failed', options: JSON.stringify(churnOptions.parse({})), created_by })
      .returning('churn_run_id')
      .executeTakeFirstOrThrow(),
  );
  return row.churn_run_id;
}

/** A clustering that came to nothing. */
export async function clusteringOf(server: TestServer, created_by: number): Promise<number> {
  const row = await server.asSystem((db) =>
    db
      .insertInto('cluster_run')
      .values({ status: 'failed', features: ['recencyDays', 'orders12m'], created_by })
      .returning('cluster_run_id')
      .executeTakeFirstOrThrow(),
  );
  return row.cluster_run_id;
}

/** A tier by hand that waits for a second pair of eyes. */
export async function tierDecisionAt(
  server: TestServer,
  place: { customer_id: number; owner_id: number | null; team_id: number | null },
  { name, requestedBy }: { name: string; requestedBy: number },
): Promise<number> {
  const { tier_id } = await tierSetOf(server, `tiers ${place.customer_id}`);
  const row = await server.asSystem((db) =>
    db
      .insertInto('tier_decision')
      .values({
        ...place,
        kind: 'override',
        to_tier_id: tier_id,
        status: 'waiting',
        reason: name,
        expires_on: '2026-12-31',
        requested_by: requestedBy,
      })
      .returning('tier_decision_id')
      .executeTakeFirstOrThrow(),
  );
  return row.tier_decision_id;
}
