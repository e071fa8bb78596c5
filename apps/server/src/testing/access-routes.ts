import type { TestServer } from './test-server.js';

export interface Rule {
  method: string;
  url: string;
  permission: string;
}
interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  items?: Schema;
}
interface Operation {
  parameters?: { in: string; name: string }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}
export interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
export const prefix = '/api/v1';
export const nameOf = (rule: { method: string; url: string }): string =>
  `${rule.method} ${rule.url.slice(prefix.length)}`;
export const isWrite = (rule: Rule) => rule.method !== 'GET';
export const isId = (name: string) => /(?:^i|I)ds?$/.test(name);

type Json = Record<string, unknown>;

/** A body with an id at a place, such as `customers.customerIds`; what stands around it stays. */
export function bodyWith(body: object, place: string, id: number): object {
  const [head = '', ...rest] = place.split('.');
  const key = head.replace('[]', '');
  const held = (body as Json)[key];
  if (rest.length === 0) return { ...body, [key]: key.endsWith('s') || Array.isArray(held) ? [id] : id };
  const within = (one: unknown) => bodyWith(one ?? {}, rest.join('.'), id);
  if (!head.endsWith('[]')) return { ...body, [key]: within(held) };
  const [first, ...others] = Array.isArray(held) ? (held as unknown[]) : [];
  return { ...body, [key]: [within(first), ...others] };
}

/** Every guarded route of the program, and those open to everybody. */
export function routesOf(server: TestServer): { guarded: Rule[]; open: string[] } {
  const rules = server.rules.filter(
    (rule) => rule.url.startsWith(prefix) && !rule.url.startsWith(`${prefix}/docs`) && rule.method !== 'HEAD',
  );
  return {
    guarded: rules.filter((rule) => rule.permission !== 'public'),
    open: rules.filter((rule) => rule.permission === 'public').map(nameOf),
  };
}

function operationOf(description: Description, rule: Rule): Operation {
  const path = rule.url.replaceAll(/:(\w+)/g, '{$1}');
  return description.paths[path]?.[rule.method.toLowerCase()] ?? {};
}

/** Places in a body, such as `customers.customerIds` and `allocations[].receivableId`. */
function placesIn(description: Description, schema: Schema | undefined, before = ''): string[] {
  const name = schema?.$ref?.split('/').at(-1);
  const known = name === undefined ? schema : description.components.schemas[name];
  // A rule of groups within groups has no end.
  if (before.split('.').length > 3) return [];
  const places = Object.entries(known?.properties ?? {}).flatMap(([key, part]) => [
    before + key,
    ...placesIn(description, part, `${before}${key}.`),
  ]);
  const items = known?.items;
  const inItems = items === undefined ? [] : placesIn(description, items, `${before.slice(0, -1)}[].`);
  return [
    ...new Set([
      ...places,
      ...inItems,
      ...(known?.anyOf ?? []).flatMap((one) => placesIn(description, one, before)),
    ]),
  ];
}

export const queryNames = (description: Description, rule: Rule) =>
  (operationOf(description, rule).parameters ?? [])
    .filter((one) => one.in === 'query')
    .map((one) => one.name);
export const bodyNames = (description: Description, rule: Rule) =>
  placesIn(description, operationOf(description, rule).requestBody?.content?.['application/json']?.schema);
