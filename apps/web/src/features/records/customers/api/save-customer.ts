import {
  bulkEdit,
  bulkUndo,
  customerDetail,
  type BulkChange,
  type CustomerDetail,
  type CustomerInput,
  type CustomerPatch,
  type CustomerSelection,
} from '@kezi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import { customerQuery } from './show-customer.js';

/** What a list, a count or a filter shows of customers: out of date after any change of one. */
const lists = [
  ['customers', 'rows'],
  ['customers', 'count'],
  ['customers', 'facets'],
];

export const useCreateCustomer = () =>
  useApiMutation({
    call: (input: CustomerInput, { key }) =>
      api.post('/customers', input, { schema: customerDetail, idempotencyKey: key }),
    invalidate: lists,
  });

/** Changes a customer as it was read; 409 where somebody has changed it since. */
export function useSaveCustomer(customerId: number) {
  const client = useQueryClient();
  return useApiMutation<CustomerPatch, CustomerDetail>({
    call: (patch) => api.patch(`/customers/${customerId}`, patch, { schema: customerDetail }),
    onDone: (saved) => client.setQueryData(customerQuery(customerId).queryKey, saved),
    invalidate: lists,
  });
}

/** The same change of many customers. */
export const useEditCustomers = () =>
  useApiMutation({
    call: (input: { customers: CustomerSelection; change: BulkChange }, { key }) =>
      api.post('/customers/bulk-edits', input, { schema: bulkEdit, idempotencyKey: key }),
    invalidate: [['customers']],
  });

export const undoEdit = (bulkEditId: number) =>
  api.post(`/customers/bulk-edits/${bulkEditId}/undo`, undefined, { schema: bulkUndo });
