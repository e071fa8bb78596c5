import {
  customerAccess,
  deputy,
  deputyList,
  placement,
  share,
  teamList,
  user,
  userPage,
  wallRules,
  type DeputyInput,
  type PlacementInput,
  type ShareInput,
  type WallRules,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

/** One's own without a number; those of somebody else are for whoever manages users. */
const deputiesPath = (of: number | undefined) =>
  of === undefined ? '/me/deputies' : `/users/${of}/deputies`;

export const deputiesQuery = (of: number | undefined) =>
  queryOptions({
    queryKey: ['deputies', of ?? 'me'],
    queryFn: ({ signal }) => api.get(deputiesPath(of), { schema: deputyList, signal }),
  });

export const personQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', 'one', id],
    queryFn: ({ signal }) => api.get(`/users/${id}`, { schema: user, signal }),
  });

export const accessQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['customer-access', customerId],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/access`, { schema: customerAccess, signal }),
  });

export const peopleQuery = queryOptions({
  queryKey: ['users', 'placed'],
  queryFn: ({ signal }) => api.get('/users', { query: { limit: 200 }, schema: userPage, signal }),
});

export const departmentsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => api.get('/teams', { schema: teamList, signal }),
});

export const placementQuery = (userId: number) =>
  queryOptions({
    queryKey: ['placement', userId],
    queryFn: ({ signal }) => api.get(`/users/${userId}/placement`, { schema: placement, signal }),
  });

export const wallQuery = queryOptions({
  queryKey: ['wall'],
  queryFn: ({ signal }) => api.get('/wall', { schema: wallRules, signal }),
});

export function useAppoint(of: number | undefined) {
  return useApiMutation({
    call: (input: DeputyInput, { key }) =>
      api.post(deputiesPath(of), input, { schema: deputy, idempotencyKey: key }),
    invalidate: [['deputies']],
  });
}

export function useDismiss() {
  return useApiMutation({
    call: (deputyId: number) => api.delete(`/deputies/${deputyId}`),
    invalidate: [['deputies']],
  });
}

export function useShare(customerId: number) {
  return useApiMutation({
    call: (input: ShareInput, { key }) =>
      api.post(`/customers/${customerId}/shares`, input, { schema: share, idempotencyKey: key }),
    invalidate: [accessQuery(customerId).queryKey],
  });
}

export function useEndShare(customerId: number) {
  return useApiMutation({
    call: (shareId: number) => api.delete(`/shares/${shareId}`),
    invalidate: [accessQuery(customerId).queryKey],
  });
}

export function usePlace(userId: number) {
  return useApiMutation({
    call: (input: PlacementInput) => api.patch(`/users/${userId}/placement`, input, { schema: placement }),
    invalidate: [['users'], ['teams'], ['placement', userId]],
  });
}

export function useWriteWall() {
  return useApiMutation({
    call: (rules: WallRules) => api.put('/wall', rules, { schema: wallRules }),
    invalidate: [wallQuery.queryKey],
  });
}
