import { idParams, valueChange } from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { getValueChange } from './get-value-change.js';

/** The change stands under the customer's own address; it is worked out here, where runs are known. */
export function valueChangeRoutes(app: KeziApp): void {
  app.get(
    '/customers/:id/value-change',
    {
      config: { permission: 'customers:read' },
      schema: {
        tags: ['customers'],
        summary: 'What a customer was worth in the last two runs, and what the difference is made of',
        params: idParams,
        response: { 200: valueChange },
      },
    },
    (request) =>
      request.inScope((db) =>
        getValueChange(db, request.params.id, request.principal.permissions.has('orders:read')),
      ),
  );
}
