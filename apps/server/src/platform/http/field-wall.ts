import { CodedError } from '@kezi/contract/errors';
import type { FastifyRequest } from 'fastify';
import { asksForRestricted, withoutRestricted } from './field-wall.rules.js';
import type { KeziApp, Principal } from './kezi-app.js';

/** Whoever looks for a number as long as this looks for a phone or a mail address, not for a name. */
const numberOrAddress = /@|(?:\d[\s().-]*){4}/;
const creditCode = /^[0-9A-Z]{15,18}$/i;

/** The words of a search that may be a way to somebody. One with letters is a customer's number or a name: no phone is found by it. */
const waysSought = (q: string) =>
  q
    .normalize('NFKC')
    .split(/\s+/u)
    .filter((word) => word.includes('@') || !/[a-z]/i.test(word))
    .join(' ');

/** Searching for what one does not see would tell whether it is there. */
function searchesRestricted(query: unknown, { fieldRules }: Principal): boolean {
  const { q } = (query ?? {}) as { q?: unknown };
  if (typeof q !== 'string') return false;
  return (
    (fieldRules.ways !== undefined && numberOrAddress.test(waysSought(q)) && !creditCode.test(q.trim())) ||
    (fieldRules.identifiers !== undefined && creditCode.test(q.trim()))
  );
}

function isUnderRules(request: FastifyRequest): request is FastifyRequest & { caller: Principal } {
  return request.caller !== null && Object.keys(request.caller.fieldRules).length > 0;
}

/**
 * Fields that the administrator keeps from a role leave no answer to it, whoever typed them, and nothing is searched, sorted
 * or filtered by them. Files that stream leave out their columns themselves.
 * @throws CodedError fields.restricted_forbidden
 */
export function holdFieldWall(app: KeziApp): void {
  // Before defaults are filled in: a sort that nobody asked for is no question.
  app.addHook('preValidation', async (request) => {
    if (!isUnderRules(request)) return;
    const { query, body, caller } = request;
    const asks = [query, body].some((part) => asksForRestricted(part, caller.fieldRules));
    if (asks || searchesRestricted(query, caller)) throw new CodedError('fields.restricted_forbidden');
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const type = String(reply.getHeader('content-type') ?? '');
    if (typeof payload !== 'string' || !type.includes('json') || !isUnderRules(request)) return payload;
    // A page then knows why a figure is missing that its schema wants.
    void reply.header('kezi-fields-kept', Object.keys(request.caller.fieldRules).join());
    return JSON.stringify(withoutRestricted(JSON.parse(payload), request.caller.fieldRules));
  });
}
