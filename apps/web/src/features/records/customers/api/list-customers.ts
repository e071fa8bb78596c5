import {
  customerCount,
  customerPage,
  valuationRunPage,
  type CustomerFilter,
  type CustomerRow,
} from '@kezi/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import type { PageRequest, RowsPage } from '../../../../ui/data-grid/windowed-rows.js';
import { filterOf, sortOf, type CustomersSearch } from '../customers-search.js';

/** Rows of one answer: four screens of them. */
export const pageRows = 100;

/** Everything that makes the list another list. */
export const rowsKey = (search: CustomersSearch) =>
  ['customers', 'rows', { ...filterOf(search), ...sortOf(search) }] as const;

export function fetchCustomers(
  search: CustomersSearch,
  { cursor, limit, signal }: Pick<PageRequest, 'cursor' | 'limit' | 'signal'>,
): Promise<RowsPage<CustomerRow>> {
  return api.get('/customers', {
    query: { ...filterOf(search), ...sortOf(search), spark: true, cursor, limit },
    schema: customerPage,
    signal,
  });
}

export const countQuery = (filter: CustomerFilter) =>
  queryOptions({
    queryKey: ['customers', 'count', filter],
    queryFn: ({ signal }) => api.get('/customers/count', { query: filter, schema: customerCount, signal }),
  });

/** The largest upper end among the customers that fit: the end of the scale of the value column. */
export const scaleQuery = (filter: CustomerFilter) =>
  queryOptions({
    queryKey: ['customers', 'scale', filter],
    queryFn: async ({ signal }) => {
      const query = { ...filter, sort: 'clv', order: 'desc', limit: 1 };
      const { items } = await api.get('/customers', { query, schema: customerPage, signal });
      return items[0]?.clvHigh ?? 0;
    },
    placeholderData: keepPreviousData,
  });

/** The day the register's figures are true for; null before the first valuation has been published. */
export const asOfQuery = queryOptions({
  queryKey: ['customers', 'as-of'],
  queryFn: async ({ signal }) => {
    const { items } = await api.get('/valuation/runs', {
      query: { limit: 20 },
      schema: valuationRunPage,
      signal,
    });
    return items.find((run) => run.status === 'published')?.asOf ?? null;
  },
  staleTime: 60_000,
});
