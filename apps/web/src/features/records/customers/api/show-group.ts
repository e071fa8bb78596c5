import { customerGroup } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';

/** What a customer and all below it come to; one answer with the group's own tab, which asks for the same. */
export const groupQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['groups', 'of', customerId],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/group`, { schema: customerGroup, signal }),
  });
