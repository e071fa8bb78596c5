import { Client } from 'pg';
import {
  canaryOf,
  labels,
  neverExisted,
  seenBy,
  type Kind,
  type Label,
  type NamedKind,
} from './access-sight.js';
import { insertUser } from '../modules/people/users/index.js';
import { insertAnyRow, setAside } from './any-row.js';
import type { TestServer } from './test-server.js';
import { contractAt, fileAt, noteAt, paymentAt, receivableAt } from './archive-records.js';
import { lineOf, orderOf, publish } from './customer-records.js';
import {
  clusteringOf,
  deliveryOf,
  disputeAt,
  poolBelow,
  recycleRuleOf,
  robotOf,
  segmentOf,
  tierDecisionAt,
  tierPolicyOf,
  trainingOf,
  validationRuleOf,
  webhookOf,
} from './policy-records.js';

/** Long numbers, which stand in no answer by chance. */
async function numberFromHigh(server: TestServer): Promise<void> {
  const client = new Client({ connectionString: server.data.address.ownerUrl });
  await client.connect();
  await client.query(`
    select setval(seqrelid, 41000000 + 1000 * row_number() over (order by seqrelid)) from pg_sequence
    join pg_class c on c.oid = seqrelid where c.relnamespace = 'public'::regnamespace`);
  await client.end();
}

/** Makes objects of every kind wherever they can stand. */
class AccessObjects {
  readonly #server: TestServer;
  readonly #owners: Record<Label, readonly [owner: number | null, team: number]>;
  readonly #creators: Record<Label, number>;
  readonly #homes: Partial<Record<Label, number>> = {};
  readonly #made = new Map<Kind, Record<Label, number>>();
  #run = 0;
  #anyPolicy: Promise<number> | undefined;
  #serial = 0;

  constructor(server: TestServer) {
    const { users } = server;
    const { teams } = users;
    this.#server = server;
    this.#owners = {
      own: [users.member.userId, teams.north1],
      child: [null, teams.north1],
      team: [users.manager.userId, teams.north],
      sibling: [users.stranger.userId, teams.south],
    };
    this.#creators = {
      own: users.member.userId,
      child: users.administrator.userId,
      team: users.manager.userId,
      sibling: users.stranger.userId,
    };
  }

  readonly #named: Readonly<Record<NamedKind, (label: Label) => Promise<number>>> = {
    customer: (label) => this.#customer(label),
    contact: (label) => this.#contact(label, null),
    'deleted contact': (label) => this.#contact(label, this.#server.clock.now()),
    'contact to erase': (label) => {
      this.#serial++;
      return this.#contact(label, null, `person ${this.#serial}`);
    },
    interaction: (label) => this.#interaction(label, null),
    'deleted interaction': (label) => this.#interaction(label, this.#server.clock.now()),
    order: (label) => this.#order(label),
    view: (label) => this.#view(label),
    key: (label) => this.#key(label),
    session: (label) => this.#session(this.#creators[label]),
    'user to sign out': (label) => this.#userToSignOut(label),
    job: (label) => this.#job(label),
    import: (label) => this.#import(label),
    user: (label) => Promise.resolve(this.#owners[label][0] ?? this.#owners.own[0] ?? 0),
    team: (label) => Promise.resolve(this.#owners[label][1]),
    run: () => Promise.resolve(this.#run),
    share: (label) => this.#share(label),
    deputy: (label) => this.#deputy(label),
    contract: async (label) => contractAt(this.#server, await this.#placeOf(label), this.#name(label), null),
    'deleted contract': async (label) =>
      contractAt(this.#server, await this.#placeOf(label), this.#name(label), this.#server.clock.now()),
    receivable: async (label) => receivableAt(this.#server, await this.#placeOf(label), canaryOf(label)),
    payment: async (label) => paymentAt(this.#server, await this.#placeOf(label), this.#name(label)),
    file: async (label) => fileAt(this.#server, await this.#placeOf(label), this.#name(label)),
    note: async (label) => noteAt(this.#server, await this.#placeOf(label), canaryOf(label), null),
    'deleted note': async (label) =>
      noteAt(this.#server, await this.#placeOf(label), canaryOf(label), this.#server.clock.now()),
    dispute: async (label) =>
      disputeAt(this.#server, await this.#placeAnew(label), {
        claimant: this.#server.users.other.userId,
        grounds: canaryOf(label),
      }),
    'tier decision': async (label) =>
      tierDecisionAt(this.#server, await this.#placeAnew(label), {
        name: this.#name(label),
        requestedBy: this.#creators[label],
      }),
    segment: (label) => segmentOf(this.#server, this.#creators[label], this.#name(label)),
    pool: async (label) => (await this.#pool(label)).pool_id,
    'recycle rule': async (label) => recycleRuleOf(this.#server, await this.#pool(label), this.#name(label)),
    robot: async (label) =>
      robotOf(this.#server, (await this.#pool(label)).team_id, this.#creators[label], this.#name(label)),
    webhook: (label) => webhookOf(this.#server, this.#creators[label], this.#name(label)),
    delivery: (label) => deliveryOf(this.#server, this.#creators[label], this.#name(label)),
    'tier policy': (label) => {
      this.#serial++;
      return tierPolicyOf(this.#server, this.#creators[label], `policy ${this.#serial}`);
    },
    training: (label) => trainingOf(this.#server, this.#creators[label]),
    clustering: (label) => clusteringOf(this.#server, this.#creators[label]),
    'validation rule': () => validationRuleOf(this.#server),
  };

  #pool(label: Label) {
    this.#serial++;
    return poolBelow(this.#server, this.#owners[label][1], `department ${this.#serial}`);
  }

  #policy(): Promise<number> {
    return (this.#anyPolicy ??= tierPolicyOf(this.#server, this.#creators.child, 'policy of all runs'));
  }

  /** Another object of the kind, for a request that uses it up. */
  fresh(kind: Kind, label: Label): Promise<number> {
    const make = this.#named[kind as NamedKind];
    return make === undefined ? this.#row(kind, label) : make(label);
  }

  async #row(kind: Kind, label: Label): Promise<number> {
    const [manner, table = ''] = kind.split(' ');
    const known = {
      ...(await this.#placeOf(label)),
      created_by: this.#creators[label],
      user_id: this.#creators[label],
      // What a made-up row of these would hold, no page could read.
      tier_policy_id: await this.#policy(),
    };
    this.#serial++;
    return this.#server.asSystem(async (db) => {
      // What everybody sees is named by nobody's canary.
      const isCommon = seenBy(kind, 'member').length === labels.length;
      const text = isCommon ? 'common' : canaryOf(label);
      const id = await insertAnyRow(db, table, known, text, this.#serial);
      if (manner === 'deleted') await setAside(db, table, id);
      return id;
    });
  }

  idOf(kind: Kind, label: Label): number {
    return this.#made.get(kind)?.[label] ?? neverExisted;
  }

  async make(kinds: readonly Kind[]): Promise<void> {
    const scores = [];
    for (const label of labels) {
      scores.push({ customerId: await this.#home(label), pAlive: 0.5, spend: 10, clv: 100 });
    }
    this.#run = await publish(this.#server, '2026-02-28', scores);
    const options = { timeUnit: 'week', model: 'auto', discountRate: 0.1 };
    await this.#server.asSystem((db) =>
      db.updateTable('valuation_run').set({ card: null, options }).execute(),
    );
    for (const kind of new Set([...(Object.keys(this.#named) as NamedKind[]), ...kinds])) {
      const ids: Record<Label, number> = { own: 0, child: 0, team: 0, sibling: 0 };
      for (const label of labels)
        ids[label] = kind === 'customer' ? await this.#home(label) : await this.fresh(kind, label);
      this.#made.set(kind, ids);
    }
  }

  /** The customer to which the rest of its label belongs. */
  async #home(label: Label): Promise<number> {
    return (this.#homes[label] ??= await this.#customer(label));
  }

  async #placeOf(label: Label) {
    const [owner_id, team_id] = this.#owners[label];
    return { customer_id: await this.#home(label), owner_id, team_id };
  }

  /** At a customer of its own, where there may be one of a kind at most. */
  async #placeAnew(label: Label) {
    return { ...(await this.#placeOf(label)), customer_id: await this.#customer(label) };
  }

  #name(label: Label): string {
    this.#serial++;
    return `${canaryOf(label)} ${this.#serial}`;
  }

  #customer(label: Label): Promise<number> {
    return this.#server.asSystem(async (db) => {
      const [owner_id, team_id] = this.#owners[label];
      const name = this.#name(label);
      const { customer_id } = await db
        .insertInto('customer')
        .values({ customer_no: name, name, owner_id, team_id, industry: name })
        .returning('customer_id')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('customer_token')
        .values({ token: canaryOf(label), customer_id })
        .execute();
      return customer_id;
    });
  }

  /** @param called a name that is no canary: erasing takes the name out of everything kept of the customer */
  async #contact(label: Label, deleted_at: Date | null, called?: string): Promise<number> {
    const { customer_id } = await this.#placeOf(label);
    return this.#server.asSystem(async (db) => {
      const name = called ?? canaryOf(label);
      const { contact_id } = await db
        .insertInto('contact')
        .values({ customer_id, name, notes: canaryOf(label), phones: ['13812345678'], deleted_at })
        .returning('contact_id')
        .executeTakeFirstOrThrow();
      await db.insertInto('contact_token').values({ token: name, contact_id }).execute();
      return contact_id;
    });
  }

  async #interaction(label: Label, deleted_at: Date | null): Promise<number> {
    const { customer_id } = await this.#placeOf(label);
    const happened_at = this.#server.clock.now();
    const row = await this.#server.asSystem((db) =>
      db
        .insertInto('interaction')
        .values({ customer_id, kind: 'call', happened_at, summary: canaryOf(label), deleted_at })
        .returning('interaction_id')
        .executeTakeFirstOrThrow(),
    );
    return row.interaction_id;
  }

  async #order(label: Label): Promise<number> {
    const customerId = await this.#home(label);
    const id = await orderOf(this.#server, customerId, '2026-02-01', 5000, { order_no: this.#name(label) });
    await lineOf(this.#server, id, customerId, null, 5000);
    return id;
  }

  async #view(label: Label): Promise<number> {
    const values = {
      page: 'customers',
      name: this.#name(label),
      state: '{}',
      created_by: this.#creators[label],
    };
    const row = await this.#server.asSystem((db) =>
      db.insertInto('saved_view').values(values).returning('saved_view_id').executeTakeFirstOrThrow(),
    );
    return row.saved_view_id;
  }

  async #key(label: Label): Promise<number> {
    const name = canaryOf(label);
    const values = { user_id: this.#creators[label], name, start: 'kezi_', key_sha256: this.#name(label) };
    const row = await this.#server.asSystem((db) =>
      db
        .insertInto('api_key')
        .values({ ...values, scopes: ['me:read'] })
        .returning('api_key_id')
        .executeTakeFirstOrThrow(),
    );
    return row.api_key_id;
  }

  /** Beside the one by which its user asks. */
  async #session(user_id: number): Promise<number> {
    this.#serial++;
    const values = { user_id, token: `session ${this.#serial}`, expires_at: '2027-01-01T00:00:00Z' };
    const now = this.#server.clock.now();
    const row = await this.#server.platform.db.login
      .insertInto('user_session')
      .values({ ...values, created_at: now, updated_at: now })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  async #userToSignOut(label: Label): Promise<number> {
    this.#serial++;
    // Names of colleagues are for everybody.
    const name = `leaves${this.#serial}`;
    const wish = { email: `${name}@example.com`, name, role: 'member' as const };
    const teamId = this.#owners[label][1];
    const { id } = await this.#server.asSystem((db) =>
      insertUser(db, { ...wish, teamId, passwordHash: null }, this.#server.clock.now()),
    );
    await this.#session(id);
    return id;
  }

  async #job(label: Label): Promise<number> {
    const values = { kind: canaryOf(label), params: '{}', status: 'done', created_by: this.#creators[label] };
    const row = await this.#server.asSystem((db) =>
      db.insertInto('job').values(values).returning('job_id').executeTakeFirstOrThrow(),
    );
    return row.job_id;
  }

  async #share(label: Label): Promise<number> {
    const place = await this.#placeAnew(label);
    const user_id = this.#server.users.other.userId;
    const row = await this.#server.asSystem((db) =>
      db
        .insertInto('customer_share')
        .values({ ...place, user_id, access: 'read' })
        .returning('customer_share_id')
        .executeTakeFirstOrThrow(),
    );
    return row.customer_share_id;
  }

  async #deputy(label: Label): Promise<number> {
    const values = { user_id: this.#creators[label], deputy_id: this.#server.users.other.userId };
    const row = await this.#server.asSystem((db) =>
      db
        .insertInto('user_deputy')
        .values({ ...values, from_on: '2026-02-01', to_on: '2026-02-02' })
        .returning('user_deputy_id')
        .executeTakeFirstOrThrow(),
    );
    return row.user_deputy_id;
  }

  async #import(label: Label): Promise<number> {
    const values = {
      kind: 'orders',
      status: 'cancelled',
      file_name: `${canaryOf(label)}.csv`,
      file_size: 1,
      file_sha256: '0'.repeat(64),
      reading: JSON.stringify(emptyReading),
      mapping: JSON.stringify({ columns: {} }),
      created_by: this.#creators[label],
    };
    const row = await this.#server.asSystem((db) =>
      db.insertInto('import_batch').values(values).returning('import_batch_id').executeTakeFirstOrThrow(),
    );
    return row.import_batch_id;
  }
}

const emptyReading = {
  reading: {
    format: 'delimited',
    compression: 'none',
    encoding: 'utf-8',
    delimiter: ',',
    header: true,
    sheet: null,
  },
  columns: [],
  questions: [],
  sheets: [],
  warnings: [],
};

export async function accessObjects(server: TestServer, kinds: readonly Kind[]): Promise<AccessObjects> {
  await numberFromHigh(server);
  const objects = new AccessObjects(server);
  await objects.make(kinds);
  return objects;
}
