import type { WordParams } from './words.js';

/** What a wrong field of a form is told: `email` -> the sentence. */
interface FieldError {
  path: string;
  message: string;
}

interface ApiErrorParts {
  status: number;
  code: string;
  detail?: string;
  params?: WordParams;
  requestId?: string;
  fields?: FieldError[];
}

/**
 * Every failure of the server as the web sees it. `message` is the server's sentence in the reader's language; it is
 * empty where there was no server to write one, and ui/error-state then says it by `code` (`web.offline`, `web.timeout`, `web.broken`).
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly params: WordParams;
  readonly requestId: string | undefined;
  readonly fields: readonly FieldError[];

  constructor(parts: ApiErrorParts, options?: ErrorOptions) {
    super(parts.detail ?? '', options);
    this.status = parts.status;
    this.code = parts.code;
    this.params = parts.params ?? {};
    this.requestId = parts.requestId;
    this.fields = parts.fields ?? [];
  }

  /** Trying the same again may help: the network, a busy or restarting server. */
  get isPassing(): boolean {
    return (
      this.status === 0 ||
      this.status === 429 ||
      this.status === 502 ||
      this.status === 503 ||
      this.status === 504
    );
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function paramsOf(value: unknown): WordParams {
  if (!isRecord(value)) return {};
  const usable = Object.entries(value).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return Object.fromEntries(usable);
}

function fieldsOf(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((entry) => ({
    path: textOf(entry['path']) ?? '',
    message: textOf(entry['message']) ?? '',
  }));
}

/** Reads problem+json (RFC 9457). A body of another kind (a proxy's page) becomes `web.broken`. */
export function problemToError(status: number, body: unknown): ApiError {
  if (!isRecord(body) || typeof body['code'] !== 'string') {
    return new ApiError({
      status,
      code: status === 502 || status === 503 || status === 504 ? 'web.unavailable' : 'web.broken',
    });
  }
  const detail = textOf(body['detail']) ?? textOf(body['title']);
  const requestId = textOf(body['requestId']);
  return new ApiError({
    status,
    code: body['code'],
    params: paramsOf(body['params']),
    fields: fieldsOf(body['errors']),
    ...(detail === undefined ? {} : { detail }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** Anything thrown, as an ApiError; an abort stays what it is and is thrown on. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  if (error instanceof TypeError) return new ApiError({ status: 0, code: 'web.offline' }, { cause: error });
  return new ApiError({ status: 0, code: 'web.broken' }, { cause: error });
}
