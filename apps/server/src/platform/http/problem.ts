import {
  CodedError,
  messageOf,
  type ErrorCode,
  type ErrorParams,
  type Language,
} from '@kezi/contract/errors';
import type { Problem } from '@kezi/contract';
import type { FastifyError } from 'fastify';
import { ResponseSerializationError } from 'fastify-type-provider-zod';
import { isConnectionError, sqlStateOf } from '../db/connection-errors.js';
import { unknownKeys } from './input-errors.js';

/** A JSON body, in bytes; uploads stream and have limits of their own. */
export const bodyLimit = 2 ** 20;

/**
 * HTTP status by the last words of a code's reason, the first that fits. What is not listed is 422: understood, but it cannot
 * be done.
 */
const statusByEnding: readonly (readonly [ending: string, status: number])[] = [
  // Something of ours is under way and has to end first; the server itself has room.
  ['run_busy', 409],
  ['cluster_busy', 409],
  // What was typed or uploaded is not taken, whoever asks.
  ['host_refused', 422],
  ['address_refused', 422],
  ['type_refused', 422],
  ['row_refused', 422],
  ['k_too_large', 422],
  // A right that a narrower sight does not have.
  ['needs_all', 403],
  ['unauthenticated', 401],
  ['wrong_password', 401],
  ['code_needed', 401],
  ['forbidden', 403],
  ['second_factor_missing', 403],
  ['refused', 403],
  ['not_found', 404],
  ['conflict', 409],
  ['changed', 409],
  ['exists', 409],
  ['in_use', 409],
  ['too_large', 413],
  ['invalid_input', 400],
  ['input_unknown', 400],
  ['rate_limited', 429],
  ['internal', 500],
  ['unavailable', 503],
  ['busy', 503],
  ['full', 507],
];

export function statusOf(code: ErrorCode): number {
  return statusByEnding.find(([ending]) => code.endsWith(ending))?.[1] ?? 422;
}

/** Whether PostgreSQL failed at reading a number from a text; its sentences are in the language of the server. */
const isNumberRead = (error: unknown) =>
  typeof error === 'object' &&
  error !== null &&
  'routine' in error &&
  String(error.routine).startsWith('pg_strtoint');

/** What an error means for the reader. Anything we did not foresee is `app.internal`, and tells nothing. */
export function codedErrorOf(error: unknown, requestId: string): CodedError {
  if (error instanceof CodedError) return error;
  if (isConnectionError(error)) return new CodedError('app.database_unavailable', {}, { cause: error });
  switch (sqlStateOf(error)) {
    case '53100':
      return new CodedError('app.disk_full', { folder: 'PostgreSQL' }, { cause: error });
    case '57014':
      return new CodedError('app.query_unavailable', {}, { cause: error });
    case '40001':
    case '40P01':
    case '55P03':
      return new CodedError('app.busy', {}, { cause: error });
    case '22003':
      // The text of an id that no record can have; a sum that grows too large is our defect.
      if (isNumberRead(error)) return new CodedError('app.not_found', {}, { cause: error });
      break;
    case null:
    default:
      break;
  }
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return new CodedError('app.disk_full', { folder: path ?? '' }, { cause: error });
  if (!(error instanceof ResponseSerializationError) && !(error instanceof Error && 'statusCode' in error)) {
    return new CodedError('app.internal', { id: requestId }, { cause: error });
  }
  return foreignError(error as FastifyError, requestId);
}

/** Errors of the HTTP library itself. */
function foreignError(error: FastifyError, requestId: string): CodedError {
  switch (error.statusCode) {
    case 413:
      return new CodedError('app.body_too_large', { megabytes: bodyLimit / 2 ** 20 }, { cause: error });
    case 429:
      return new CodedError('app.rate_limited', {}, { cause: error });
    case 404:
      return new CodedError('app.not_found', {}, { cause: error });
    case 400:
    case 415: {
      const unknown = unknownKeys(error);
      return unknown.length > 0
        ? new CodedError('app.input_unknown', { keys: unknown.join(', ') }, { cause: error })
        : new CodedError('app.invalid_input', {}, { cause: error });
    }
    case undefined:
    default:
      return new CodedError('app.internal', { id: requestId }, { cause: error });
  }
}

export function problemOf(
  code: ErrorCode,
  params: ErrorParams,
  language: Language,
  requestId: string,
): Problem {
  const status = statusOf(code);
  return {
    type: `urn:kezi:error:${code}`,
    title: code,
    status,
    code,
    detail: messageOf(code, params, language),
    params: { ...params },
    requestId,
  };
}
