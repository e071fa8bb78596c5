import {
  customerGroup,
  customerPage,
  groupMemberPage,
  groupPicture,
  type CustomerGroup,
  type GroupMove,
} from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

const pageOfMembers = 50;

/** Where a customer stands and what its group is worth. */
export const groupQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['groups', 'of', customerId],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/group`, { schema: customerGroup, signal }),
  });

/** Those directly below a customer, fifty at a time. */
export const membersQuery = (customerId: number) =>
  infiniteQueryOptions({
    queryKey: ['groups', 'members', customerId],
    queryFn: ({ pageParam, signal }) =>
      api.get(`/customers/${customerId}/group/members`, {
        query: { limit: pageOfMembers, cursor: pageParam },
        schema: groupMemberPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const pictureQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['groups', 'picture', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/group/picture`, { schema: groupPicture, signal }),
  });

/** Customers to choose a parent from, by name, pinyin or number. */
export const parentsQuery = (typed: string) =>
  queryOptions({
    queryKey: ['customers', 'parents', typed],
    enabled: typed.trim() !== '',
    queryFn: ({ signal }) =>
      api.get('/customers', { query: { q: typed, limit: 10 }, schema: customerPage, signal }),
  });

interface Move extends GroupMove {
  customerId: number;
}

export const moveCustomer = ({ customerId, ...move }: Move, key?: string): Promise<CustomerGroup> =>
  api.post(`/customers/${customerId}/move`, move, {
    schema: customerGroup,
    ...(key === undefined ? {} : { idempotencyKey: key }),
  });

/** Puts a customer elsewhere; everything that shows groups is read anew, also after a refusal. */
export const useMove = () =>
  useApiMutation({
    call: (move: Move, { key }) => moveCustomer(move, key),
    invalidate: [['groups'], ['customers']],
  });
