import { usualStageRules } from '@kezi/contract';
import type { AccessRow } from './access-row.js';

const everybody = ['administrator', 'director', 'manager', 'member'] as const;
const leaders = ['administrator', 'director', 'manager'] as const;
const heads = ['administrator', 'director'] as const;
const administrators = ['administrator'] as const;

const churn: Record<string, AccessRow> = {
  'GET /churn/runs': { right: 'valuation:read', may: everybody },
  'GET /churn/runs/:runId': { right: 'valuation:read', may: everybody, of: 'training' },
  'GET /churn/customers': { right: 'customers:read', may: everybody, statuses: 'any' },
  'GET /customers/:id/churn': { right: 'customers:read', may: everybody, of: 'customer' },
  'POST /churn/runs': { right: 'valuation:run', may: heads, body: () => ({}), statuses: [202, 409, 422] },
  'POST /churn/runs/:runId/cancel': {
    right: 'valuation:run',
    may: heads,
    of: 'training',
    statuses: 'any',
  },
  'GET /valuation/fields': { right: 'valuation:run', may: heads, statuses: 'any' },
};

const lifecycle: Record<string, AccessRow> = {
  'GET /lifecycle': { right: 'lifecycle:read', may: everybody, statuses: 'any' },
  'GET /lifecycle/rules': { right: 'lifecycle:read', may: everybody },
  'PUT /lifecycle/rules': {
    right: 'lifecycle:configure',
    may: heads,
    body: () => ({ ...usualStageRules, rowVersion: 77 }),
    statuses: [409],
  },
  'POST /lifecycle/rules/trial': {
    right: 'lifecycle:configure',
    may: heads,
    body: () => usualStageRules,
    statuses: 'any',
  },
  'GET /lifecycle/cohorts': { right: 'lifecycle:read', may: everybody, statuses: 'any' },
  'GET /customers/:id/stages': { right: 'lifecycle:read', may: everybody, of: 'customer' },
  'POST /customers/:id/stages/pin': {
    right: 'lifecycle:pin',
    may: everybody,
    of: 'customer',
    body: () => ({ stage: 'dormant', note: 'because' }),
    statuses: 'any',
  },
  'DELETE /customers/:id/stages/pin': {
    right: 'lifecycle:pin',
    may: everybody,
    of: 'customer',
    statuses: 'any',
  },
};

const quality: Record<string, AccessRow> = {
  'GET /duplicates': { right: 'customers:read', may: everybody },
  'POST /duplicates/check': {
    right: 'customers:write',
    may: everybody,
    body: () => ({ name: 'nobody has this name' }),
    statuses: 'any',
  },
  'GET /duplicates/search': { right: 'duplicates:search', may: leaders, statuses: 'any' },
  'POST /duplicates/search': { right: 'duplicates:search', may: leaders, statuses: 'any' },
  'POST /duplicates/dismiss': {
    right: 'customers:write',
    may: everybody,
    body: () => ({ customerId: 999_998, otherCustomerId: 999_999 }),
    ids: { otherCustomerId: 'customer' },
    // There is no such pair.
    statuses: [404],
  },
  'POST /duplicates/reopen': {
    right: 'customers:write',
    may: everybody,
    body: () => ({ customerId: 999_998, otherCustomerId: 999_999 }),
    ids: { otherCustomerId: 'customer' },
    statuses: [404],
  },
  'GET /customers/:id/merge': {
    right: 'customers:merge',
    may: leaders,
    of: 'customer',
    query: '?mergedId=999998',
    ids: { mergedId: 'customer' },
    // There is no such customer; merges.http.test.ts merges some.
    statuses: [404],
  },
  'POST /customers/:id/merge': {
    right: 'customers:merge',
    may: leaders,
    of: 'customer',
    body: () => ({ mergedId: 999_998, rowVersion: 1, mergedRowVersion: 1 }),
    ids: { mergedId: 'customer' },
    statuses: [404],
  },
  'GET /merges': { right: 'customers:read', may: everybody },
  'POST /merges/:id/undo': {
    right: 'customers:merge',
    may: leaders,
    of: 'table customer_merge',
    // What was merged is made up; merges.http.test.ts takes some back.
    statuses: [404, 409, 422],
  },
  'GET /customers/:id/quality': { right: 'quality:read', may: everybody, of: 'customer', statuses: 'any' },
  'GET /quality': { right: 'quality:read', may: everybody, statuses: 'any' },
  'GET /quality/worst': { right: 'quality:read', may: everybody, statuses: 'any' },
  'POST /quality/measure': { right: 'duplicates:search', may: leaders, statuses: 'any' },
  'GET /quality/rules': { right: 'quality:read', may: everybody },
  'POST /quality/rules': {
    right: 'quality:write',
    may: administrators,
    body: () => ({ field: 'legalName', kind: 'required', whenField: 'region', whenValues: ['nowhere'] }),
  },
  'PUT /quality/rules/:id': {
    right: 'quality:write',
    may: administrators,
    of: 'validation rule',
    body: () => ({
      field: 'legalName',
      kind: 'required',
      whenField: 'region',
      whenValues: ['nowhere'],
      rowVersion: 1,
    }),
    statuses: [200, 409],
  },
  'DELETE /quality/rules/:id': {
    right: 'quality:write',
    may: administrators,
    of: 'validation rule',
    statuses: [200, 204],
  },
  'GET /quality/policy': { right: 'quality:read', may: everybody },
  'PUT /quality/policy': {
    right: 'quality:write',
    may: administrators,
    body: () => ({ sameCreditCode: 'refuse', staleDays: 90, weights: {}, rowVersion: 77 }),
    statuses: [409, 422],
  },
};

/** What is thought of customers: churn, stages, duplicates and quality. */
export const judgementRows: Record<string, AccessRow> = { ...churn, ...lifecycle, ...quality };
