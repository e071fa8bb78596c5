import { idParams, orderDetail, orderPage, pageQuery } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { getOrder } from './get-order.js';
import { listOrders } from './list-orders.js';

export function ordersRoutes(app: KeziApp): void {
  const config = { permission: 'orders:read' } as const;
  const tags = ['orders'];
  app.get(
    '/customers/:id/orders',
    {
      config,
      schema: {
        tags,
        summary: 'Orders of a customer, the newest first',
        params: idParams,
        querystring: pageQuery,
        response: { 200: orderPage },
      },
    },
    (request) => request.inScope((db) => listOrders(db, request.params.id, request.query)),
  );
  app.get(
    '/orders/:id',
    {
      config,
      schema: { tags, summary: 'One order with its lines', params: idParams, response: { 200: orderDetail } },
    },
    (request) => request.inScope((db) => getOrder(db, request.params.id)),
  );
}
