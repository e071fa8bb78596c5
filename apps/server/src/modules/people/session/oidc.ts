import { createHash, randomBytes } from 'node:crypto';
import { CodedError } from '@kezi/contract/errors';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';

/** What a provider says of itself (OpenID Connect Discovery 1.0). */
const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});
type Discovery = z.infer<typeof discovery>;

const tokenAnswer = z.object({ id_token: z.string() });

/** Signatures that only the provider can make; never `none`, never one with our shared secret. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const waitMs = 10_000;
const discoveryMs = 3_600_000;

export interface Provider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/** What has to be the same when the browser comes back. */
interface Journey {
  state: string;
  nonce: string;
  verifier: string;
}

const random = () => randomBytes(32).toString('base64url');
export const newJourney = (): Journey => ({ state: random(), nonce: random(), verifier: random() });

/** A request to the provider: without redirects, so that an answer always is that of the address we meant. */
async function ask(url: string, init: RequestInit = {}): Promise<unknown> {
  try {
    const answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(waitMs) });
    if (answer.ok) return await answer.json();
    throw new Error(`${new URL(url).host} answered ${answer.status}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError('session.sso_unavailable', { reason }, { cause: error });
  }
}

interface Known {
  found: Discovery;
  keys: ReturnType<typeof createRemoteJWKSet>;
  until: number;
}

/** Reads what a provider says of itself, and keeps it for an hour. */
function discoverer(now: () => Date): (issuer: string) => Promise<Known> {
  const known = new Map<string, Known>();
  return async (issuer) => {
    const before = known.get(issuer);
    if (before && before.until > now().getTime()) return before;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const parsed = discovery.safeParse(await ask(url));
    if (!parsed.success || parsed.data.issuer.replace(/\/$/, '') !== issuer.replace(/\/$/, '')) {
      const reason = parsed.success ? `issuer ${parsed.data.issuer}` : 'discovery';
      throw new CodedError('session.sso_unavailable', { reason });
    }
    const keys = createRemoteJWKSet(new URL(parsed.data.jwks_uri), { timeoutDuration: waitMs });
    const found = { found: parsed.data, keys, until: now().getTime() + discoveryMs };
    known.set(issuer, found);
    return found;
  };
}

/** Speaks to the provider of the organisation. */
export function makeOidc(now: () => Date) {
  const discover = discoverer(now);

  return {
    /**
     * Whether a provider is there and is the one that is meant: a button that leads nowhere is told to whoever sets it up.
     * @throws CodedError session.sso_issuer_unusable
     */
    async look(issuer: string): Promise<void> {
      try {
        await discover(issuer);
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        const reason = String(error.params['reason'] ?? '');
        throw new CodedError('session.sso_issuer_unusable', { issuer, reason }, { cause: error });
      }
    },

    /** Where the browser goes. The code that comes back is worth nothing without the verifier (PKCE, RFC 7636). */
    async addressOf(provider: Provider, journey: Journey): Promise<string> {
      const { found } = await discover(provider.issuer);
      const url = new URL(found.authorization_endpoint);
      const query = {
        response_type: 'code',
        client_id: provider.clientId,
        redirect_uri: provider.redirectUri,
        scope: 'openid email profile',
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: createHash('sha256').update(journey.verifier).digest('base64url'),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return url.href;
    },

    /**
     * Exchanges the code and reads the identity out of a token whose signature, issuer, audience, time and nonce hold.
     * @throws CodedError session.sso_unavailable, session.sso_refused
     */
    async identityOf(provider: Provider, journey: Journey, code: string): Promise<Identity> {
      const { found, keys } = await discover(provider.issuer);
      const login = `${encodeURIComponent(provider.clientId)}:${encodeURIComponent(provider.clientSecret)}`;
      const answer = tokenAnswer.safeParse(
        await ask(found.token_endpoint, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(login).toString('base64')}` },
          body: new URLSearchParams({
            grant_type: 'authorization_code',
            code,
            redirect_uri: provider.redirectUri,
            code_verifier: journey.verifier,
          }),
        }),
      );
      if (!answer.success) throw new CodedError('session.sso_refused');
      try {
        const { payload } = await jwtVerify(answer.data.id_token, keys, {
          issuer: found.issuer,
          audience: provider.clientId,
          algorithms,
          requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
          clockTolerance: 60,
          currentDate: now(),
        });
        if (payload['nonce'] !== journey.nonce) throw new CodedError('session.sso_refused');
        return identity.parse(payload);
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
          throw new CodedError('session.sso_refused', {}, { cause: error });
        }
        throw error;
      }
    },
  };
}

const identity = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().max(254).optional(),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
});
type Identity = z.infer<typeof identity>;

export type Oidc = ReturnType<typeof makeOidc>;
