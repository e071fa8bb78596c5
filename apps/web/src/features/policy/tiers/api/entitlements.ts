import {
  capacity,
  customerEntitlements,
  entitlement,
  entitlementList,
  entitlementUses,
  type CapacityInput,
  type EntitlementInput,
  type EntitlementUseInput,
} from '@kezi/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const entitlementsQuery = (segmentId: number | undefined) =>
  queryOptions({
    queryKey: ['entitlements', 'list', segmentId ?? 0],
    queryFn: ({ signal }) =>
      api.get('/entitlements', { query: { segmentId }, schema: entitlementList, signal }),
    placeholderData: keepPreviousData,
  });
export const capacityOf = (hours: number, segmentId: number | undefined) =>
  queryOptions({
    queryKey: ['entitlements', 'capacity', hours, segmentId ?? 0],
    queryFn: ({ signal }) =>
      api.get('/entitlements/capacity', { query: { hours, segmentId }, schema: capacity, signal }),
    placeholderData: keepPreviousData,
  });
export const ofCustomerQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['entitlements', 'customer', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/entitlements`, { schema: customerEntitlements, signal }),
  });

export const usesQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['entitlements', 'uses', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/entitlements/uses`, { schema: entitlementUses, signal }),
  });

const changed = [['entitlements'], ['tiers', 'overview']] as const;

export const useSaveEntitlement = () =>
  useApiMutation({
    call: (input: Partial<EntitlementInput> & { id?: number; rowVersion?: number }, { key }) => {
      const { id, ...body } = input;
      return id === undefined
        ? api.post('/entitlements', body, { schema: entitlement, idempotencyKey: key })
        : api.patch(`/entitlements/${id}`, body, { schema: entitlement });
    },
    invalidate: changed,
  });
export const useDeleteEntitlement = () =>
  useApiMutation({ call: (id: number) => api.delete(`/entitlements/${id}`), invalidate: changed });
export const useTakeBackUse = () =>
  useApiMutation({
    call: (id: number) => api.delete(`/entitlements/uses/${id}`),
    invalidate: [['entitlements']],
  });
export const useSaveHours = () =>
  useApiMutation({
    call: ({ userId, ...input }: CapacityInput & { userId: number }) =>
      api.patch(`/entitlements/capacity/${userId}`, input),
    invalidate: [['entitlements', 'capacity']],
  });
export const useRecordUse = (customerId: number) =>
  useApiMutation({
    call: (input: EntitlementUseInput, { key }) =>
      api.post(`/customers/${customerId}/entitlements`, input, { idempotencyKey: key }),
    invalidate: [['entitlements']],
  });
