import type { FastifyReply, FastifyRequest } from 'fastify';
import { ResponseSerializationError } from 'fastify-type-provider-zod';
import { CodedError } from '@kezi/contract/errors';
import type { KeziApp } from './kezi-app.js';
import { inputErrors } from './input-errors.js';
import { codedErrorOf, problemOf } from './problem.js';

/** Nothing is handed back: a reply that is handed on is awaited, with listeners of its own each time. */
function answer(request: FastifyRequest, reply: FastifyReply, error: unknown): void {
  const coded = codedErrorOf(error, request.id);
  const problem = problemOf(coded.code, coded.params, request.language, request.id);
  const errors = inputErrors(error, request.language);
  if (errors) problem.errors = errors;
  // What is turned away for want of room is told once in a while, where it is turned away.
  const isDefect = problem.status >= 500 && coded.code !== 'app.server_busy';
  if (isDefect) request.log.error({ err: error, code: coded.code }, 'A request failed.');
  if (problem.status === 503 || problem.status === 429) {
    void reply.header('retry-after', String(problem.params['seconds'] ?? 2));
  }
  void reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem);
}

/** Every error leaves as problem+json; a defect tells nothing but its number. */
export function answerErrors(app: KeziApp): void {
  app.setErrorHandler((error, request, reply) => {
    // An answer that does not fit its schema is our defect, whatever status the library gives it.
    const seen =
      error instanceof ResponseSerializationError
        ? new CodedError('app.internal', { id: request.id }, { cause: error })
        : error;
    answer(request, reply, seen);
  });
}

/** Unknown addresses: the page for a browser that navigates, an error for everybody else. */
export function answerUnknown(
  app: KeziApp,
  page: (request: FastifyRequest, reply: FastifyReply) => void,
): void {
  app.setNotFoundHandler((request, reply) => {
    const isNavigation =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !request.url.startsWith('/api/') &&
      !request.url.startsWith('/assets/') &&
      (request.headers.accept ?? '').includes('text/html');
    if (isNavigation) page(request, reply);
    else answer(request, reply, new CodedError('app.not_found'));
  });
}
