import { CodedError, type ErrorCode, type ErrorParams } from '@kezi/contract/errors';

interface ErrorMessage {
  kind: 'error';
  message: string;
  stack?: string | undefined;
  /** Of an error that is meant for a reader. */
  coded?: { code: ErrorCode; params: ErrorParams } | undefined;
  /** Of an error of the system, such as ENOSPC. */
  code?: string | undefined;
  path?: string | undefined;
}

/** What a thread is told: a task, that one more of its values may lie ready, that nobody wants any more. */
export type StreamRequest = { task: unknown } | 'more' | 'stop';

/** What a thread says to who reads its values. */
export type StreamMessage = { kind: 'value'; value: unknown } | { kind: 'end' } | ErrorMessage;

/** An error as it goes from one thread to another, where classes and properties of their own are lost. */
export function messageOf(error: unknown): ErrorMessage {
  if (error instanceof CodedError) {
    const { message, stack, code, params } = error;
    return { kind: 'error', message, stack, coded: { code, params } };
  }
  if (!(error instanceof Error)) return { kind: 'error', message: String(error) };
  const { code, path } = error as NodeJS.ErrnoException;
  return { kind: 'error', message: error.message, stack: error.stack, code, path };
}

export function errorOf({ message, stack, coded, code, path }: ErrorMessage): Error {
  if (coded) return new CodedError(coded.code, coded.params);
  const own = { ...(stack ? { stack } : {}), ...(code ? { code } : {}), ...(path ? { path } : {}) };
  return Object.assign(new Error(message), own);
}
