import type { Role, Scope } from '@kezi/contract';
import type { InjectOptions as AnyInjectOptions, LightMyRequestResponse } from 'fastify';
import { insertUser } from '../modules/people/users/index.js';
import type { Db } from '../platform/db/scoped-db.js';
import type { Assembled } from '../assemble-server.js';

type InjectOptions = AnyInjectOptions & { url: string };

export interface Answer<Body> {
  status: number;
  body: Body;
  headers: LightMyRequestResponse['headers'];
  raw: LightMyRequestResponse;
}

/** What a test expects of a body is said at the call: `get<{ items: unknown[] }>('/customers')`. */
// eslint-disable-next-line typescript/no-explicit-any -- a test reads into answers of every shape
type Anything = any;

export interface TestClient {
  userId: number;
  /** Signs in at the first use: a password costs a quarter of a second. */
  cookie: () => Promise<string>;
  request: <Body = Anything>(options: InjectOptions) => Promise<Answer<Body>>;
  get: <Body = Anything>(path: string, headers?: Record<string, string>) => Promise<Answer<Body>>;
  post: <Body = Anything>(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer<Body>>;
  put: <Body = Anything>(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer<Body>>;
  patch: <Body = Anything>(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer<Body>>;
  delete: <Body = Anything>(path: string, headers?: Record<string, string>) => Promise<Answer<Body>>;
}

/** A caller of the interface; with a cookie it is somebody, without one nobody. */
export function clientOf(
  app: Assembled['app'],
  userId = 0,
  cookie: () => Promise<string> = () => Promise.resolve(''),
): TestClient {
  const request = async <Body>(options: InjectOptions): Promise<Answer<Body>> => {
    const signedIn = await cookie();
    const raw = await app.inject({
      ...options,
      url: `/api/v1${options.url}`,
      headers: {
        ...(signedIn === '' ? {} : { cookie: signedIn, origin: 'http://localhost:80' }),
        ...options.headers,
      },
    });
    const type = String(raw.headers['content-type'] ?? '');
    const body = type.includes('json') && raw.body !== '' ? raw.json<Body>() : (raw.body as Body);
    return { status: raw.statusCode, body, headers: raw.headers, raw };
  };
  const send =
    (method: 'POST' | 'PUT' | 'PATCH') =>
    <Body>(path: string, body?: unknown, headers: Record<string, string> = {}) =>
      request<Body>({
        method,
        url: path,
        headers,
        ...(body === undefined ? {} : { payload: body as object }),
      });
  return {
    userId,
    cookie,
    request,
    get: (path, headers = {}) => request({ method: 'GET', url: path, headers }),
    delete: (path, headers = {}) => request({ method: 'DELETE', url: path, headers }),
    post: send('POST'),
    put: send('PUT'),
    patch: send('PATCH'),
  };
}

/** Signs in over the interface, as a person does. */
export async function signInAs(app: Assembled['app'], email: string, password: string): Promise<string> {
  const answer = await clientOf(app).post('/auth/sign-in', { email, password });
  if (answer.status !== 204) throw new Error(`${email} cannot sign in: ${answer.raw.body}`);
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

export interface TestUsers {
  administrator: TestClient;
  director: TestClient;
  /** Leads team north, sees north and north-1. */
  manager: TestClient;
  /** In team north-1, sees own rows. */
  member: TestClient;
  /** Leads team south. */
  other: TestClient;
  /** In team south. */
  stranger: TestClient;
  anonymous: TestClient;
  teams: { north: number; north1: number; south: number };
}

async function insertTeam(db: Db, name: string, parent: number | null): Promise<number> {
  const row = await db
    .insertInto('team')
    .values({ name, parent_team_id: parent })
    .returning('team_id')
    .executeTakeFirstOrThrow();
  return row.team_id;
}

/** Two teams side by side, one with a team below it, and somebody in each. */
export async function makeUsers(
  server: Pick<Assembled, 'app' | 'platform'>,
  passwordHash: string,
  password: string,
): Promise<TestUsers> {
  const { app, platform } = server;
  const now = platform.clock.now();
  const made = await platform.db.asSystem(async (db) => {
    const north = await insertTeam(db, 'north', null);
    const north1 = await insertTeam(db, 'north-1', north);
    const south = await insertTeam(db, 'south', null);
    const add = async (name: string, role: Role, teamId: number | null, scope?: Scope) => {
      const email = `${name}@example.com`;
      const user = { email, name, role, teamId, passwordHash, ...(scope === undefined ? {} : { scope }) };
      return { id: (await insertUser(db, user, now)).id, email };
    };
    return {
      teams: { north, north1, south },
      administrator: await add('administrator', 'administrator', null),
      director: await add('director', 'director', null),
      manager: await add('manager', 'manager', north),
      member: await add('member', 'member', north1),
      other: await add('other', 'manager', south),
      stranger: await add('stranger', 'member', south),
    };
  });
  const client = (user: { id: number; email: string }) => {
    let session: Promise<string> | undefined;
    return clientOf(app, user.id, () => (session ??= signInAs(app, user.email, password)));
  };
  return {
    administrator: client(made.administrator),
    director: client(made.director),
    manager: client(made.manager),
    member: client(made.member),
    other: client(made.other),
    stranger: client(made.stranger),
    anonymous: clientOf(app),
    teams: made.teams,
  };
}
