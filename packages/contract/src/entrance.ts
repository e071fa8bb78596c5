import { z } from 'zod';
import { roles } from './permissions.js';

/** At least so long; at most 128, because the work of hashing is bounded. */
export const passwordLength = 10;
export const newPassword = z.string().min(passwordLength).max(128);
const knownPassword = z.string().min(1).max(128);
const moment = z.iso.datetime();
/** Six figures of an authenticator, or a recovery code. Blanks and hyphens do not count. */
const secondFactorCode = z.string().trim().min(6).max(40);

/** One sign-in that is open, as its owner sees it. */
export const openSession = z
  .object({
    id: z.int(),
    isCurrent: z.boolean(),
    /** As the browser calls itself; the page makes words of it. */
    userAgent: z.string().nullable(),
    openedBy: z.enum(['password', 'sso']),
    openedAt: moment,
    openedFrom: z.string().nullable(),
    lastUsedAt: moment.nullable(),
    lastAddress: z.string().nullable(),
  })
  .meta({ id: 'OpenSession' });
export type OpenSession = z.infer<typeof openSession>;
export const openSessionList = z.object({ items: z.array(openSession) });

export const secondFactorState = z.object({
  isOn: z.boolean(),
  /** By a rule of the administrator for the role. */
  isRequired: z.boolean(),
  recoveryCodesLeft: z.int(),
});
export const passwordProof = z.object({ password: knownPassword });
/** What the authenticator is told: the secret for typing, the address for the picture. */
export const secondFactorSecret = z.object({ secret: z.string(), uri: z.string() });
export const secondFactorProof = z.object({ code: secondFactorCode });
export const secondFactorOff = z.object({ password: knownPassword, code: secondFactorCode });
/** Shown in this answer alone. */
export const recoveryCodes = z.object({ codes: z.array(z.string()) });

/** By what means a person can get in. */
export const userAccess = z
  .object({
    hasPassword: z.boolean(),
    hasSso: z.boolean(),
    hasSecondFactor: z.boolean(),
    sessions: z.int(),
    /** Until when a link that was made still works. */
    linkUntil: moment.nullable(),
    /** When the last link ran out without having been used; null while one works, or after it was used. */
    linkEndedAt: moment.nullable(),
    /** Until when nobody can sign in as this person because of wrong attempts; null while there is no pause. */
    pausedUntil: moment.nullable(),
    /** What became of the mail with the last link; null where none was sent. */
    linkMail: z
      .object({
        state: z.enum(['waiting', 'sent', 'dead', 'withdrawn']),
        /** Why the last attempt failed, as a code and as a sentence. */
        error: z.string().nullable(),
        problem: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'UserAccess' });
export type UserAccess = z.infer<typeof userAccess>;

/** The token travels behind the # of the address, which browsers do not send and servers do not log. */
const linkToken = z.string().min(20).max(100);
export const signInLink = z.object({
  kind: z.enum(['invitation', 'reset']),
  token: linkToken,
  expiresAt: moment,
});
export type SignInLink = z.infer<typeof signInLink>;
/** The link that was made; `isMailed` when it is on its way to its owner by mail. */
export const madeLink = signInLink.extend({ isMailed: z.boolean() });
export type MadeLink = z.infer<typeof madeLink>;
export const linkLook = z.object({ token: linkToken });
export const linkOwner = z.object({
  kind: z.enum(['invitation', 'reset']),
  email: z.string(),
  name: z.string(),
  organisationName: z.string(),
  expiresAt: moment,
});
export const linkUse = z.object({ token: linkToken, password: newPassword });

export const signInPolicy = z
  .object({
    secondFactorRoles: z.array(z.enum(roles)).max(roles.length),
    /** Null while there is no single sign-on. */
    ssoIssuer: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullable(),
    ssoClientId: z.string().trim().min(1).max(500).nullable(),
    /** What the button on the sign-in page says. */
    ssoLabel: z.string().trim().min(1).max(60).nullable(),
    rowVersion: z.int(),
  })
  .meta({ id: 'SignInPolicy' });
export type SignInPolicy = z.infer<typeof signInPolicy>;
export const signInPolicyChange = signInPolicy
  .omit({ rowVersion: true })
  .extend({ ssoClientSecret: z.string().min(1).max(2000).nullable() })
  .partial();

/** What the sign-in page offers besides a password. */
export const signInWays = z.object({ sso: z.object({ label: z.string() }).nullable() });
/** What the provider sends back; what else it adds is its own affair (`session_state`, `iss`), so this one stays open. */
export const ssoAnswer = z.looseObject({
  code: z.string().max(2000).optional(),
  state: z.string().max(200).optional(),
  error: z.string().max(200).optional(),
});
