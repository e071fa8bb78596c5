import { lookup, Resolver } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { CodedError } from '@kezi/contract/errors';
import { isPublicAddress } from './public-address.js';

interface Address {
  address: string;
  family: number;
}

/** All addresses of a name. */
type Resolve = (name: string) => Promise<readonly Address[]>;

export interface OutsideRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** `host` or `host:port` that may be called though they are not public: the administrator's own list. */
  allowedHosts: readonly string[];
  /** From the first look-up to the end of the answer; 10 s. */
  timeLimitMs?: number;
  /** How names are looked up; given by tests alone. */
  resolve?: Resolve;
}

interface OutsideAnswer {
  status: number;
  /** Its first 500 characters. */
  answer: string;
  milliseconds: number;
}

const usualTimeLimitMs = 10_000;
/** Enough to find 500 characters in any encoding; the rest of an answer is not read. */
const mostBytes = 64 * 1024;
const mostCharacters = 500;

/** For hosts that the administrator named: they may stand in the machine's own list of hosts. */
const lookUpHere: Resolve = (name) => lookup(name, { all: true, verbatim: true });

/** Asked of the name server itself: the system's own way holds one of four threads for as long as a hostile server likes. */
const askNameServer: Resolve = async (name) => {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
  return [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
  ];
};

/** The name of a URL without the brackets of IPv6. */
const nameOf = (url: URL) => url.hostname.replace(/^\[(.*)\]$/, '$1');

/** This machine by its name (RFC 6761), which needs no look-up to be known. */
const ownMachine = /(?:^|\.)localhost\.?$/;

function isAllowed(url: URL, allowedHosts: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return allowedHosts.includes(url.hostname) || allowedHosts.includes(`${url.hostname}:${port}`);
}

/**
 * An address that may be called at all, as far as its text tells. Odd spellings of numbers (127.1, 0x7f.1, 2130706433) are
 * what they mean by then: the URL parser has written them out.
 * @throws CodedError outbound.url_invalid, outbound.not_encrypted, outbound.address_refused
 */
export function checkTarget(text: string, allowedHosts: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isWeb || url.username !== '' || url.password !== '' || url.hostname === '') {
    throw new CodedError('outbound.url_invalid');
  }
  if (isAllowed(url, allowedHosts)) return url;
  const name = nameOf(url);
  if (isIP(name) !== 0 ? !isPublicAddress(name) : ownMachine.test(name)) {
    throw new CodedError('outbound.address_refused', { host: url.hostname });
  }
  if (url.protocol !== 'https:') throw new CodedError('outbound.not_encrypted');
  return url;
}

/**
 * The one address that is called. Every address of the name must be public: a name with one foot in this network would be
 * let in by chance.
 */
async function addressOf(url: URL, asked: OutsideRequest): Promise<Address> {
  const name = nameOf(url);
  const family = isIP(name);
  if (family !== 0) return { address: name, family };
  const allowed = isAllowed(url, asked.allowedHosts);
  let found: readonly Address[];
  try {
    found = await (asked.resolve ?? (allowed ? lookUpHere : askNameServer))(name);
  } catch (error) {
    throw new CodedError('outbound.name_unknown', { host: url.hostname }, { cause: error });
  }
  const [first] = found;
  if (!first) throw new CodedError('outbound.name_unknown', { host: url.hostname });
  if (!allowed && !found.every(({ address }) => isPublicAddress(address))) {
    throw new CodedError('outbound.address_refused', { host: url.hostname });
  }
  return first;
}

/** Reads the beginning of an answer. One that drips or never ends is left where it is: its status has come, and counts. */
function beginningOf(response: IncomingMessage, limit: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const finish = () => {
      response.destroy();
      // A character cut in two, and NUL, which the database does not take, are left out.
      const text = Buffer.concat(parts)
        .toString('utf8')
        .replaceAll(/[\0\uFFFD]/g, '');
      resolve(
        Array.from(text.slice(0, mostCharacters * 2))
          .slice(0, mostCharacters)
          .join('')
          .slice(0, mostCharacters),
      );
    };
    response.on('data', (chunk: Buffer) => {
      parts.push(chunk.subarray(0, mostBytes - bytes));
      bytes += chunk.length;
      if (bytes >= mostBytes) finish();
    });
    response.once('end', finish);
    response.once('error', finish);
    response.once('close', finish);
    limit.addEventListener('abort', finish, { once: true });
    if (limit.aborted) finish();
  });
}

function post(
  url: URL,
  pinned: Address,
  asked: OutsideRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  // Whoever answers for the name may change its mind between the check and the connection: the name is not asked again.
  const pin: LookupFunction = (_name, options, done) =>
    options.all ? done(null, [pinned]) : done(null, pinned.address, pinned.family);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: { ...asked.headers, 'content-length': String(Buffer.byteLength(asked.body)) },
      lookup: pin,
      agent: false,
      signal,
    });
    request.once('response', resolve);
    request.on('error', reject);
    request.end(asked.body);
  });
}

/**
 * Sends a POST to a place outside. The address that was checked is the one that is called; redirects are not followed; an
 * answer is read as far as it is kept.
 * @throws CodedError outbound.* when nothing was answered in time, or the place may not be called
 */
export async function sendOutside(asked: OutsideRequest): Promise<OutsideAnswer> {
  const began = performance.now();
  const url = checkTarget(asked.url, asked.allowedHosts);
  const limit = AbortSignal.timeout(asked.timeLimitMs ?? usualTimeLimitMs);
  let hasStatus = false;
  const late = new Promise<never>((_resolve, reject) => {
    const tell = () => (hasStatus ? undefined : reject(new CodedError('outbound.timed_out')));
    limit.addEventListener('abort', tell, { once: true });
  });
  const work = async () => {
    const pinned = await addressOf(url, asked);
    const response = await post(url, pinned, asked, limit);
    hasStatus = true;
    return { status: response.statusCode ?? 0, answer: await beginningOf(response, limit) };
  };
  try {
    const answered = await Promise.race([work(), late]);
    return { ...answered, milliseconds: Math.round(performance.now() - began) };
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (limit.aborted) throw new CodedError('outbound.timed_out', {}, { cause: error });
    throw new CodedError('outbound.unreachable', { host: url.hostname }, { cause: error });
  }
}
