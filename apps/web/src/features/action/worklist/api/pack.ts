import { negotiationPack } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';

export const packQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['pack', customerId],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/pack`, { schema: negotiationPack, signal }),
  });
