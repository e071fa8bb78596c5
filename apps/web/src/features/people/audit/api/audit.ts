import { auditPage, auditWords } from '@kezi/contract';
import type { AuditFilter } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';

export const auditKey = ['audit'] as const;

export function fetchAudit(filter: AuditFilter, cursor: string | undefined, signal: AbortSignal) {
  return api.get('/audit', { query: { ...filter, cursor, limit: 100 }, schema: auditPage, signal });
}

export const auditWordsQuery = queryOptions({
  queryKey: [...auditKey, 'words'],
  queryFn: ({ signal }) => api.get('/audit/words', { schema: auditWords, signal }),
});

export const exportUrl = (filter: AuditFilter): string => api.url('/audit/export', filter);
