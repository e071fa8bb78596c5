import type { FieldMode, Permission, WallField, Role, Scope } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Db, TransactionOptions, Viewer } from '../db/scoped-db.js';

/** Who is asking, found out anew at every request. */
export interface Principal extends Viewer {
  ownerIds: readonly number[];
  sharedIds: readonly number[];
  editedIds: readonly number[];
  /** How many customers and contacts they may look at in a day; null without a limit. */
  viewedRowsADay: number | null;
  /** Fields that the role does not see, or sees in part. */
  fieldRules: Readonly<Partial<Record<WallField, FieldMode>>>;
  name: string;
  email: string;
  role: Role;
  scope: Scope;
  teamId: number | null;
  language: Language | null;
  permissions: ReadonlySet<Permission>;
  via: 'session' | 'key';
  /** The session or the key they came in by. */
  sessionId: number | null;
  /** Until they have set up the second factor that their role needs, they may do nothing else. */
  mustEnrol: boolean;
}

type RoutePermission = Permission | 'public';

export interface ScopeOptions {
  /** A GET whose transaction writes after all, such as an audit row. */
  write?: boolean;
  statementTimeoutMs?: TransactionOptions['statementTimeoutMs'];
  plan?: TransactionOptions['plan'];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; a route without it is refused at registration. */
    permission?: RoutePermission;
    /** False for a POST that streams its body or whose answer must not be kept. */
    idempotent?: boolean;
  }

  interface FastifyRequest {
    /** Null on public routes. Use `request.principal`, which throws instead. */
    caller: Principal | null;
    principal: Principal;
    language: Language;
    /** A transaction with the caller's eyes; within an idempotent POST all of them are one. */
    inScope: <T>(work: (db: Db) => Promise<T>, options?: ScopeOptions) => Promise<T>;
    openTransaction: Db | null;
    /** Works on the database within the caller's share of its connections. `inScope` does so by itself. */
    inShare: <T>(work: () => Promise<T>) => Promise<T>;
    holdsShare: boolean;
  }
}

export type KeziApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
