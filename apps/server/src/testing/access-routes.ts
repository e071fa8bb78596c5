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

function propertiesOf(description: Description, schema: Schema | undefined): string[] {
  const name = schema?.$ref?.split('/').at(-1);
  const known = name === undefined ? schema : description.components.schemas[name];
  return [
    ...Object.keys(known?.properties ?? {}),
    ...(known?.anyOf ?? []).flatMap((one) => propertiesOf(description, one)),
  ];
}

export const queryNames = (description: Description, rule: Rule) =>
  (operationOf(description, rule).parameters ?? [])
    .filter((one) => one.in === 'query')
    .map((one) => one.name);
export const bodyNames = (description: Description, rule: Rule) =>
  propertiesOf(
    description,
    operationOf(description, rule).requestBody?.content?.['application/json']?.schema,
  );
