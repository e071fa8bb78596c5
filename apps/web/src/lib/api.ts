import type { z } from 'zod';
import { ApiError, problemToError, toApiError } from './api-error.js';
import { getPreferences } from './preferences.js';

const base = '/api/v1';

type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[];
type Query = Readonly<Record<string, QueryValue>>;

interface CallOptions<Schema extends z.ZodType> {
  query?: Query;
  /** The answer is checked against it; without one it is dropped. */
  schema?: Schema;
  signal?: AbortSignal;
  /** Sent with POST; without one a new key is made for this call. */
  idempotencyKey?: string;
  headers?: Record<string, string>;
}

type Answer<Schema> = Schema extends z.ZodType ? z.infer<Schema> : void;

/** A path below /api/v1 with its query; empty values are left out, lists are repeated. */
export function url(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value)) for (const one of value) search.append(name, String(one));
    else search.append(name, String(value));
  }
  const text = search.toString();
  return `${base}${path}${text === '' ? '' : `?${text}`}`;
}

let onUnauthenticated: () => void = () => {};

/** app/ says what happens when the session has ended (go to sign-in, keep the place). */
export function whenUnauthenticated(handler: () => void): void {
  onUnauthenticated = handler;
}

async function readBody(response: Response): Promise<unknown> {
  const kind = response.headers.get('content-type') ?? '';
  if (response.status === 204 || !kind.includes('json')) return undefined;
  return response.json();
}

/** `isKept`: the server keeps fields from this reader, so figures that the schema wants may be null. */
function check<Schema extends z.ZodType>(schema: Schema | undefined, body: unknown, isKept = false): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  if (isKept) return body;
  throw new ApiError({ status: 200, code: 'web.unexpected' }, { cause: result.error });
}

async function send<Schema extends z.ZodType>(
  method: string,
  path: string,
  body: unknown,
  options: CallOptions<Schema>,
): Promise<Answer<Schema>> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': getPreferences().language,
    ...options.headers,
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = options.idempotencyKey ?? newKey();
  try {
    const response = await fetch(url(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (!response.ok) {
      const error = problemToError(response.status, await readBody(response).catch(() => undefined));
      if (response.status === 401 && error.code === 'app.unauthenticated') onUnauthenticated();
      throw error;
    }
    const isKept = response.headers.has('kezi-fields-kept');
    return check(options.schema, await readBody(response), isKept) as Answer<Schema>;
  } catch (error) {
    throw toApiError(error);
  }
}

/** One key for one action of the user: a retry of the same action sends the same key and is done once. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing on plain http
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

type Options<S extends z.ZodType> = CallOptions<S>;

/** The server, typed by the contract's schemas. Every failure is an ApiError. */
export const api = {
  get: <S extends z.ZodType>(path: string, options: Options<S> = {}) => send('GET', path, undefined, options),
  post: <S extends z.ZodType>(path: string, body?: unknown, options: Options<S> = {}) =>
    send('POST', path, body, options),
  put: <S extends z.ZodType>(path: string, body?: unknown, options: Options<S> = {}) =>
    send('PUT', path, body, options),
  patch: <S extends z.ZodType>(path: string, body?: unknown, options: Options<S> = {}) =>
    send('PATCH', path, body, options),
  delete: <S extends z.ZodType>(path: string, options: Options<S> = {}) =>
    send('DELETE', path, undefined, options),
  upload,
  url,
};

interface UploadOptions<Schema extends z.ZodType> extends CallOptions<Schema> {
  method?: 'POST' | 'PUT';
  onProgress?: (sentBytes: number, totalBytes: number) => void;
}

/** Sends one file as the body (or a FormData) with progress, which fetch cannot report. */
function upload<Schema extends z.ZodType>(
  path: string,
  body: Blob | FormData,
  options: UploadOptions<Schema> = {},
): Promise<Answer<Schema>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(options.method ?? 'POST', url(path, options.query));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', getPreferences().language);
    if (!(body instanceof FormData)) request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(options.headers ?? {})) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => options.onProgress?.(event.loaded, event.total));
    request.addEventListener('error', () => reject(new ApiError({ status: 0, code: 'web.offline' })));
    request.addEventListener('abort', () =>
      reject(new DOMException('The upload was cancelled.', 'AbortError')),
    );
    request.addEventListener('load', () => {
      try {
        const answer: unknown = request.responseText === '' ? undefined : JSON.parse(request.responseText);
        if (request.status >= 400) reject(problemToError(request.status, answer));
        else resolve(check(options.schema, answer) as Answer<Schema>);
      } catch (error) {
        reject(error instanceof ApiError ? error : problemToError(request.status, undefined));
      }
    });
    options.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}
