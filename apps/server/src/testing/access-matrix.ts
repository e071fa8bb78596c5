import { keyScopes, permissions, type Permission } from '@kezi/contract';
import { createKey } from '../modules/people/keys/index.js';
import { accessObjects } from './access-objects.js';
import type { AccessRow } from './access-row.js';
import { accessRows, kindOfId } from './access-rows.js';
import {
  bodyNames,
  bodyWith,
  isId,
  isWrite,
  nameOf,
  prefix,
  queryNames,
  type Description,
  type Rule,
} from './access-routes.js';
import {
  actors,
  canaryOf,
  labels,
  neverExisted,
  seenBy,
  type Actor,
  type Kind,
  type Label,
} from './access-sight.js';
import { watchWrites, writtenTables } from './access-writes.js';
import { asUpload } from './import-file.js';
import { wronglyUnheard } from './wrongly-unheard.js';
import type { TestServer } from './test-server.js';
import type { Answer, TestClient } from './test-users.js';

/*
 * Routes x people x objects x places of an id. The routes come from the program, what is expected of them from
 * access-rows.ts and access-objects.ts. Everything that is not as expected is a fault, in words.
 */

type Headers = Record<string, string>;

/** A server with objects everywhere, and everybody who may ask. */
interface Matrix {
  server: TestServer;
  objects: Awaited<ReturnType<typeof accessObjects>>;
  description: Description;
  /** The cookie of somebody whom the administrator has disabled. */
  disabled: string;
  keyWithout: ReadonlyMap<Permission, Headers>;
  keyOnly: ReadonlyMap<Permission, Headers>;
  serial: number;
}

/** A key of the administrator with these scopes: what its user may is never what stops it. */
async function keyWith(server: TestServer, scopes: readonly Permission[]): Promise<Headers> {
  const wanted = { userId: server.users.administrator.userId, name: 'matrix', scopes, expiresAt: null };
  const { key } = await server.asSystem((db) => createKey(db, wanted));
  return { authorization: `Bearer ${key}` };
}

async function makeKeys(server: TestServer): Promise<Pick<Matrix, 'keyWithout' | 'keyOnly'>> {
  const keyWithout = new Map<Permission, Headers>();
  const keyOnly = new Map<Permission, Headers>();
  for (const scope of Object.keys(permissions) as Permission[]) {
    // All scopes but one: refused by all of them together, so by each.
    keyWithout.set(
      scope,
      await keyWith(
        server,
        keyScopes.filter((name) => name !== scope),
      ),
    );
    if (keyScopes.includes(scope)) keyOnly.set(scope, await keyWith(server, [scope]));
  }
  return { keyWithout, keyOnly };
}

export async function makeMatrix(server: TestServer): Promise<Matrix> {
  const { users } = server;
  const objects = await accessObjects(server, Object.values(accessRows).flatMap(kindsOf));
  const disabled = await users.other.cookie();
  await users.administrator.patch(`/users/${users.other.userId}`, { disabled: true });
  const keys = await makeKeys(server);
  await watchWrites(server);
  return {
    server,
    objects,
    description: (await users.anonymous.get<Description>('/openapi.json')).body,
    disabled,
    ...keys,
    serial: 0,
  };
}

/** What is wrong with a row that is not there: the row, to be checked and written. */
function skeletonOf(matrix: Matrix, rule: Rule): string {
  const parts = [
    `right: '${rule.permission}'`,
    'may: everybody /* which roles? */',
    ...(rule.url.includes(':') ? [`of: 'customer' /* what is the id the id of? */`] : []),
    ...(bodyNames(matrix.description, rule).length > 0 ? ['body: () => ({ /* a good body */ })'] : []),
  ];
  return `apps/server/src/testing/access-rows.ts has no row for this route. Write down who may call it:\n  '${nameOf(rule)}': { ${parts.join(', ')} },`;
}

/** The path with ids in it. */
function pathWith(rule: Rule, row: AccessRow, idOf: (kind: Kind) => number | string): string {
  const path = rule.url.slice(prefix.length).replaceAll(/:(\w+)/g, (_, name: string) => {
    const fixed = row.fixed?.[name];
    if (fixed !== undefined) return fixed;
    const kind = typeof row.of === 'object' ? row.of[name] : row.of;
    if (kind === undefined) throw new Error(`${nameOf(rule)}: \`of\` does not say what :${name} is.`);
    return String(idOf(kind));
  });
  return path + (row.query ?? '');
}

function withQuery(path: string, name: string, value: string | number): string {
  const [before = '', query = ''] = path.split('?');
  const asked = new URLSearchParams(query);
  asked.set(name, String(value));
  return `${before}?${asked.toString()}`;
}

interface Sent {
  rule: Rule;
  row: AccessRow;
  path: string;
  body?: object | undefined;
  headers?: Headers;
}

function send(
  matrix: Matrix,
  client: TestClient,
  { rule, row, path, body, headers }: Sent,
): Promise<Answer<{ code?: string }>> {
  matrix.serial++;
  const request = { method: rule.method as 'GET', url: path };
  if (row.file !== undefined) {
    const { payload, headers: ofFile } = asUpload('matrix.csv', row.file);
    return client.request({ ...request, payload, headers: { ...headers, ...ofFile } });
  }
  const payload = body ?? row.body?.(matrix.serial);
  return client.request({
    ...request,
    headers: headers ?? {},
    ...(isWrite(rule) && payload ? { payload } : {}),
  });
}

/** What an answer says, without what is different at every request. */
function gist(answer: Answer<unknown>, ...ids: readonly (string | number)[]): string {
  let text = `${answer.status} ${answer.raw.body.replaceAll(/"requestId":"[^"]*"/g, '')}`;
  for (const id of ids) text = text.replaceAll(new RegExp(`\\b${id}\\b`, 'g'), 'ID');
  return text;
}

function canariesIn(actor: Actor, answer: Answer<unknown>): string[] {
  return labels
    .filter(
      (label) => !seenBy('customer', actor).includes(label) && answer.raw.body.includes(canaryOf(label)),
    )
    .map((label) => `${actor} reads what is ${label}: ${answer.raw.body}`);
}

const kindsOf = (row: AccessRow): Kind[] =>
  row.of === undefined ? [] : typeof row.of === 'object' ? Object.values(row.of) : [row.of];

const unseenBy = (actor: Actor, kinds: readonly Kind[]): Label[] =>
  labels.filter((label) => kinds.some((kind) => !seenBy(kind, actor).includes(label)));

const mayActors = (row: AccessRow) => actors.filter((actor) => row.may.includes(actor));

const differs = (what: string, found: string, wanted: string): string[] =>
  found === wanted ? [] : [`${what}: ${found}\n    instead of ${wanted}`];

/** Nobody, somebody disabled, keys and roles without the right. */
async function wronglyLetIn(matrix: Matrix, rule: Rule, row: AccessRow): Promise<string[]> {
  const { users } = matrix.server;
  const path = pathWith(rule, row, (kind) => matrix.objects.idOf(kind, 'own'));
  const codeOf = ({ status, body }: Answer<{ code?: string }>) => `${status} ${body.code}`;
  const nobody = await users.anonymous.request<{ code?: string }>({
    method: rule.method as 'GET',
    url: path,
    ...(isWrite(rule) ? { payload: '{"half' } : {}),
    headers: { 'content-type': 'application/json' },
  });
  const former = await send(matrix, users.anonymous, {
    rule,
    row,
    path,
    headers: { cookie: matrix.disabled, origin: 'http://localhost:80' },
  });
  const headers = matrix.keyWithout.get(row.right) ?? {};
  const lacking = await send(matrix, users.anonymous, { rule, row, path, headers });
  const faults = [
    ...differs('nobody', codeOf(nobody), '401 app.unauthenticated'),
    ...differs('somebody disabled', codeOf(former), '401 app.unauthenticated'),
    ...differs(`a key without ${row.right}`, codeOf(lacking), '403 app.forbidden'),
  ];
  for (const actor of actors) {
    if (row.may.includes(actor)) continue;
    const refused = await send(matrix, users[actor], { rule, row, path });
    faults.push(...differs(actor, codeOf(refused), '403 app.forbidden'));
  }
  return faults;
}

/** What is not yours answers as what does not exist. */
async function shownOfOthers(matrix: Matrix, rule: Rule, row: AccessRow): Promise<string[]> {
  const kinds = kindsOf(row);
  const faults: string[] = [];
  for (const actor of kinds.length === 0 ? [] : mayActors(row)) {
    const ask = (path: string) => send(matrix, matrix.server.users[actor], { rule, row, path });
    const never = await ask(pathWith(rule, row, () => neverExisted));
    if (!(row.never ?? [404]).includes(never.status))
      faults.push(`${actor} asks for what never was: ${gist(never)}`);
    for (const label of unseenBy(actor, kinds)) {
      const ids = kinds.map((kind) => matrix.objects.idOf(kind, label));
      const hidden = await ask(pathWith(rule, row, (kind) => matrix.objects.idOf(kind, label)));
      faults.push(
        ...differs(`${actor} on ${label}`, gist(hidden, ...ids), gist(never, neverExisted)),
        ...canariesIn(actor, hidden),
      );
    }
  }
  return faults;
}

/** An object that whoever may can see. */
const seenOf = (matrix: Matrix, actor: Actor) => (kind: Kind) =>
  matrix.objects.idOf(kind, labels.find((one) => seenBy(kind, actor).includes(one)) ?? 'own');

interface Place {
  name: string;
  where: 'query' | 'body';
  kind: Kind;
}

/** The last name of a place: `customerIds` of `customers.customerIds`. */
const lastOf = (place: string) => place.split('.').at(-1) ?? '';

function placesOf(matrix: Matrix, rule: Rule, row: AccessRow): Place[] {
  const named = [
    ...queryNames(matrix.description, rule).map((name) => ({ name, where: 'query' as const })),
    ...bodyNames(matrix.description, rule).map((name) => ({ name, where: 'body' as const })),
  ].filter(({ name }) => isId(lastOf(name)));
  return named.flatMap((place) => {
    const last = lastOf(place.name);
    const known = [row.ids?.[place.name], row.ids?.[last], kindOfId[last]].find((kind) => kind !== undefined);
    if (known === null) return [];
    if (known) return [{ ...place, kind: known }];
    throw new Error(
      `What is \`${place.name}\` in the ${place.where} of ${nameOf(rule)} the id of? Say it in \`ids\` of its row (null: of nothing that is restricted), or in kindOfId of testing/access-rows.ts.`,
    );
  });
}

/** The good body into which an id is put at a place. */
const bodyFor = ({ body, otherwise = {} }: AccessRow, place: string, serial: number): object | undefined =>
  Object.entries(otherwise).find(([begin]) => place.startsWith(begin))?.[1] ?? body?.(serial);

/** An id of somebody else in the query or in the body, in place of a good one. */
async function shownElsewhere(matrix: Matrix, rule: Rule, row: AccessRow): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, where, kind } of placesOf(matrix, rule, row)) {
    for (const actor of mayActors(row)) {
      const path = pathWith(rule, row, seenOf(matrix, actor));
      const ask = (id: number) =>
        send(matrix, matrix.server.users[actor], {
          rule,
          row,
          path: where === 'query' ? withQuery(path, name, id) : path,
          ...(where === 'body'
            ? {
                body: bodyWith(
                  { ...bodyFor(row, name, matrix.serial), ...(name.includes('[]') ? row.around : {}) },
                  name,
                  id,
                ),
              }
            : {}),
        });
      const unseen = unseenBy(actor, [kind]);
      const never = unseen.length === 0 ? null : await ask(neverExisted);
      // A body that is refused for its form tells nothing of the id in it.
      if (never?.status === 400) faults.push(`${actor} with ${name} in the ${where}: ${gist(never)}`);
      for (const label of never ? unseen : []) {
        const hidden = await ask(matrix.objects.idOf(kind, label));
        const what = `${actor} with ${name} of ${label} in the ${where}`;
        if (never)
          faults.push(
            ...differs(what, gist(hidden, matrix.objects.idOf(kind, label)), gist(never, neverExisted)),
          );
        faults.push(...canariesIn(actor, hidden));
        if (isWrite(rule) && hidden.status < 400) faults.push(`${what} is taken: ${gist(hidden)}`);
      }
    }
  }
  return faults;
}

/** Searching for what somebody else has finds what searching for nonsense finds. */
async function foundByOthers(matrix: Matrix, rule: Rule, row: AccessRow): Promise<string[]> {
  const name = queryNames(matrix.description, rule).find((one) => one === 'q' || one === 'search');
  if (name === undefined) return [];
  const faults: string[] = [];
  for (const actor of mayActors(row)) {
    const path = pathWith(rule, row, seenOf(matrix, actor));
    const ask = (text: string) =>
      send(matrix, matrix.server.users[actor], { rule, row, path: withQuery(path, name, text) });
    const nothing = await ask('zqnowherezq');
    for (const label of unseenBy(actor, ['customer'])) {
      const found = gist(await ask(canaryOf(label)), canaryOf(label));
      faults.push(...differs(`${actor} searches for ${label}`, found, gist(nothing, 'zqnowherezq')));
    }
  }
  return faults;
}

/** Whoever may, on what they see. A request that uses an object up gets one of its own. */
async function wronglyRefused(matrix: Matrix, rule: Rule, row: AccessRow): Promise<string[]> {
  if (row.endless) {
    const path = pathWith(rule, row, seenOf(matrix, 'administrator'));
    return wronglyUnheard(matrix.server, path, mayActors(row), matrix.keyOnly.get(row.right));
  }
  const kinds = kindsOf(row);
  const faults: string[] = [];
  const isGood = (status: number) =>
    row.statuses === 'any' ? status !== 400 && status !== 401 && status < 500 : good.includes(status);
  const good = row.statuses === 'any' ? [] : (row.statuses ?? [200, 201, 202, 204]);
  for (const actor of mayActors(row)) {
    const seen =
      kinds.length === 0
        ? (['own'] as const)
        : labels.filter((label) => !unseenBy(actor, kinds).includes(label));
    for (const label of seen) {
      const ids = new Map<Kind, number | string>();
      for (const kind of kinds) {
        ids.set(
          kind,
          isWrite(rule) ? await matrix.objects.fresh(kind, label) : matrix.objects.idOf(kind, label),
        );
      }
      const path = pathWith(rule, row, (kind) => ids.get(kind) ?? neverExisted);
      const answer = await send(matrix, matrix.server.users[actor], { rule, row, path });
      if (!isGood(answer.status)) faults.push(`${actor} on ${label}: ${gist(answer)}`);
      faults.push(...canariesIn(actor, answer));
    }
  }
  const headers = matrix.keyOnly.get(row.right);
  if (headers && kinds.length === 0 && !isWrite(rule)) {
    const path = pathWith(rule, row, seenOf(matrix, 'administrator'));
    const answer = await send(matrix, matrix.server.users.anonymous, { rule, row, path, headers });
    if (!isGood(answer.status)) faults.push(`a key with ${row.right}: ${gist(answer)}`);
  }
  return faults;
}

/** The path of a good request about what is the member's own. */
export function goodPath(matrix: Matrix, rule: Rule): string {
  const row = accessRows[nameOf(rule)];
  if (row === undefined) throw new Error(skeletonOf(matrix, rule));
  return pathWith(rule, row, (kind) => matrix.objects.idOf(kind, 'own'));
}

/** Everything about a route that is not as its row says. */
export async function faultsOf(matrix: Matrix, rule: Rule): Promise<string[]> {
  const row = accessRows[nameOf(rule)];
  if (row === undefined) return [skeletonOf(matrix, rule)];
  await writtenTables(matrix.server);
  const roles = (permissions[row.right] as readonly string[]).toSorted().join();
  const faults = [
    ...differs('permission', rule.permission, row.right),
    ...differs(`roles that have ${row.right}`, roles, row.may.toSorted().join()),
    ...(await wronglyLetIn(matrix, rule, row)),
    ...(await shownOfOthers(matrix, rule, row)),
    ...(await shownElsewhere(matrix, rule, row)),
    ...(await foundByOthers(matrix, rule, row)),
  ];
  for (const table of await writtenTables(matrix.server))
    faults.push(`a request that was refused changed the table ${table}`);
  return [...faults, ...(await wronglyRefused(matrix, rule, row))];
}
