import { z } from 'zod';
import { newPassword as password } from './entrance.js';
import { currencyCode, smallIdOfText } from './input-parts.js';
import { pageOf, pageQuery } from './page.js';
import { keyScopes, permissions, roles, scopes, type Permission } from './permissions.js';

export const language = z.enum(['zh-CN', 'en-US']);
export const theme = z.enum(['light', 'dark', 'system']);
export const role = z.enum(roles);
export const scope = z.enum(scopes);

const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const personName = z.string().trim().min(1).max(100);
const timeZone = z.string().min(1).max(60);
const permission = z.enum(Object.keys(permissions) as [Permission, ...Permission[]]);
const rowVersion = z.int();

export const settings = z
  .object({
    /** Empty until the first administrator has given it. */
    organisationName: z.string().max(200),
    baseCurrency: z.string(),
    timeZone,
    language,
    /** The colour of a rise: red in China, green elsewhere. */
    upColour: z.enum(['red', 'green']),
    rowVersion,
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof settings>;
export const settingsChange = settings
  .omit({ rowVersion: true })
  .extend({ organisationName: z.string().trim().min(1).max(200), baseCurrency: currencyCode })
  .partial();

export const setupState = z.object({
  /** True until the first administrator exists. */
  needed: z.boolean(),
  /** True when this caller must give the one-time code that the program printed. */
  codeNeeded: z.boolean(),
});
export const setupRequest = z.object({
  code: z.string().max(100).optional(),
  email,
  name: personName,
  password,
  organisationName: z.string().trim().min(1).max(200),
  baseCurrency: currencyCode.default('CNY'),
  timeZone: timeZone.default('Asia/Shanghai'),
  language: language.default('zh-CN'),
});

export const signInRequest = z.object({
  email,
  password: z.string().min(1).max(128),
  /** Of the authenticator, or a recovery code; where the account has a second factor. */
  code: z.string().trim().max(40).optional(),
});

export const me = z
  .object({
    id: z.int(),
    name: z.string(),
    email: z.string(),
    role,
    scope,
    teamId: z.int().nullable(),
    language: language.nullable(),
    theme,
    permissions: z.array(permission),
    /** True while the role needs a second factor and there is none: nothing else is open. */
    mustEnrol: z.boolean(),
    settings,
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;
export const preferences = z.object({ name: personName, language: language.nullable(), theme }).partial();
export const passwordChange = z.object({ current: z.string().min(1).max(128), next: password });

export const user = z
  .object({
    id: z.int(),
    name: z.string(),
    email: z.string(),
    role,
    scope,
    teamId: z.int().nullable(),
    disabled: z.boolean(),
    rowVersion,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;
export const userQuery = pageQuery.extend({
  search: z.string().trim().max(100).optional(),
  teamId: smallIdOfText.optional(),
});
export const userPage = pageOf(user);
export const newUser = z.object({
  email,
  name: personName,
  /** Without one nobody can sign in as this person until they have used their invitation. */
  password: password.optional(),
  role: role.default('member'),
  scope: scope.optional(),
  teamId: z.int().positive().nullish(),
  language: language.nullish(),
});
export type NewUser = z.infer<typeof newUser>;
export const userChange = z
  .object({
    name: personName,
    role,
    scope,
    teamId: z.int().positive().nullable(),
    disabled: z.boolean(),
    password,
  })
  .partial();
export type UserChange = z.infer<typeof userChange>;

export const team = z
  .object({ id: z.int(), name: z.string(), parentId: z.int().nullable(), members: z.int(), rowVersion })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof team>;
export const teamList = z.object({ items: z.array(team) });
export const newTeam = z.object({
  name: z.string().trim().min(1).max(100),
  parentId: z.int().positive().nullish(),
});
export const teamChange = z
  .object({ name: z.string().trim().min(1).max(100), parentId: z.int().positive().nullable() })
  .partial();

const keyScope = z.enum(keyScopes as [Permission, ...Permission[]]);
export const apiKey = z
  .object({
    id: z.int(),
    name: z.string(),
    /** The first characters, to tell keys apart. */
    start: z.string(),
    scopes: z.array(permission),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKey>;
export const apiKeyList = z.object({ items: z.array(apiKey) });
export const newApiKey = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(keyScope).min(1).max(100),
  expiresAt: z.iso.datetime().nullish(),
});
/** The key itself is shown in this answer alone. */
export const createdApiKey = apiKey.extend({ key: z.string() });

export * from './audit.js';
export * from './entrance.js';
export * from './password-policy.js';
export * from './persons.js';
export * from './retention.js';
