import type { ErrorCode } from '@kezi/contract/errors';
import { expect, it } from 'vitest';
import { statusOf } from './problem.js';

const statuses: [ErrorCode, number][] = [
  ['app.busy', 503],
  ['app.server_busy', 503],
  ['tiers.run_busy', 409],
  ['segments.cluster_busy', 409],
  ['tiers.newer_conflict', 409],
  ['tiers.needs_all', 403],
  ['segments.needs_all', 403],
  ['session.code_refused', 403],
  ['limits.exported_refused', 403],
  ['robots.host_refused', 422],
  ['outbound.address_refused', 422],
  ['files.type_refused', 422],
  ['files.too_large', 413],
  ['models.row_refused', 422],
  ['models.k_too_large', 422],
  ['tiers.weights_sum', 422],
];

it.each(statuses)('%s is answered with %i', (code, status) => expect(statusOf(code)).toBe(status));
