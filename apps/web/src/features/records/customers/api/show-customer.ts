import {
  customerDetail,
  customerProducts,
  customerRhythm,
  orderDetail,
  orderPage,
  valueChange,
} from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';

export const customerQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['customers', 'one', customerId],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}`, { schema: customerDetail, signal }),
  });

export const valueChangeQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['customers', 'value-change', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/value-change`, { schema: valueChange, signal }),
  });

export const rhythmQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['customers', 'rhythm', customerId],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/rhythm`, { schema: customerRhythm, signal }),
  });

export const productsQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['customers', 'products', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/products`, { schema: customerProducts, signal }),
  });

export const ordersQuery = (customerId: number) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'orders', customerId],
    queryFn: ({ pageParam, signal }) =>
      api.get(`/customers/${customerId}/orders`, {
        query: { limit: 50, cursor: pageParam },
        schema: orderPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const orderQuery = (orderId: number) =>
  queryOptions({
    queryKey: ['customers', 'order', orderId],
    queryFn: ({ signal }) => api.get(`/orders/${orderId}`, { schema: orderDetail, signal }),
  });
