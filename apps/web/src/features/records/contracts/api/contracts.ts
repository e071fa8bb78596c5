import {
  contractPage,
  contractRow,
  paymentPage,
  paymentRow,
  receivableAgeing,
  receivablePage,
  receivableRow,
  type ContractInput,
  type ContractPatch,
  type ContractStage,
  type PaymentInput,
  type ReceivableInput,
  type ReceivableRow,
} from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

/** One customer has some dozens; all of them are asked for at once. */
const mostOfOne = 200;
const page = 50;

const contractsKey = ['contracts'] as const;
const moneyKey = ['receivables'] as const;

export const contractsOf = (customerId: number) =>
  queryOptions({
    queryKey: [...contractsKey, 'of', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/contracts`, {
        query: { limit: mostOfOne },
        schema: contractPage,
        signal,
      }),
  });

export const contractsQuery = (stages: readonly ContractStage[], q: string, segmentId: number | undefined) =>
  infiniteQueryOptions({
    queryKey: [...contractsKey, 'all', stages.join(' '), q, segmentId ?? 0],
    queryFn: ({ pageParam, signal }) =>
      api.get('/contracts', {
        query: { limit: page, cursor: pageParam, stage: stages, segmentId, ...(q === '' ? {} : { q }) },
        schema: contractPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export const receivablesOf = (customerId: number) =>
  queryOptions({
    queryKey: [...moneyKey, 'of', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/receivables`, {
        query: { limit: mostOfOne },
        schema: receivablePage,
        signal,
      }),
  });

export const receivablesQuery = (states: readonly ReceivableRow['state'][], segmentId: number | undefined) =>
  infiniteQueryOptions({
    queryKey: [...moneyKey, 'all', states.join(' '), segmentId ?? 0],
    queryFn: ({ pageParam, signal }) =>
      api.get('/receivables', {
        query: { limit: page, cursor: pageParam, state: states, segmentId },
        schema: receivablePage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export const ageingQuery = (segmentId: number | undefined) =>
  queryOptions({
    queryKey: [...moneyKey, 'ageing', segmentId ?? 0],
    queryFn: ({ signal }) =>
      api.get('/receivables/ageing', { query: { segmentId }, schema: receivableAgeing, signal }),
  });

export const paymentsQuery = (segmentId: number | undefined) =>
  infiniteQueryOptions({
    queryKey: [...moneyKey, 'payments', 'all', segmentId ?? 0],
    queryFn: ({ pageParam, signal }) =>
      api.get('/payments', {
        query: { limit: page, cursor: pageParam, segmentId },
        schema: paymentPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export const paymentsOf = (customerId: number) =>
  queryOptions({
    queryKey: [...moneyKey, 'payments', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/payments`, {
        query: { limit: mostOfOne },
        schema: paymentPage,
        signal,
      }),
  });

const everything = [contractsKey, moneyKey, ['timeline']];

export const useAddContract = (customerId: number) =>
  useApiMutation({
    call: (input: ContractInput, { key }) =>
      api.post(`/customers/${customerId}/contracts`, input, { schema: contractRow, idempotencyKey: key }),
    invalidate: everything,
  });

export const useSaveContract = (contractId: number) =>
  useApiMutation({
    call: (patch: ContractPatch) => api.patch(`/contracts/${contractId}`, patch, { schema: contractRow }),
    invalidate: everything,
  });

/** `onDone` is told before the lists are: with the contract goes the card that asked. */
export const useDeleteContract = (onDone: () => void) =>
  useApiMutation({
    call: (contractId: number) => api.delete(`/contracts/${contractId}`),
    invalidate: everything,
    onDone,
  });

export const restoreContract = (contractId: number) =>
  api.post(`/contracts/${contractId}/restore`, undefined, { schema: contractRow });

export const useAddReceivable = (customerId: number) =>
  useApiMutation({
    call: (input: ReceivableInput, { key }) =>
      api.post(`/customers/${customerId}/receivables`, input, { schema: receivableRow, idempotencyKey: key }),
    invalidate: everything,
  });

export const useDeleteReceivable = () =>
  useApiMutation({
    call: (receivableId: number) => api.delete(`/receivables/${receivableId}`),
    invalidate: everything,
  });

export const useAddPayment = (customerId: number) =>
  useApiMutation({
    call: (input: PaymentInput, { key }) =>
      api.post(`/customers/${customerId}/payments`, input, { schema: paymentRow, idempotencyKey: key }),
    invalidate: everything,
  });

export const useDeletePayment = () =>
  useApiMutation({
    call: (paymentId: number) => api.delete(`/payments/${paymentId}`),
    invalidate: everything,
  });
