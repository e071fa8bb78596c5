import type { CustomerModel, PurchaseSummary } from '@kezi/stats';
import { fillCustomerDraws, type DrawRequest } from './fill-customer-draws.js';
import type { Threads } from './open-threads.js';
import { sharedCounter, sharedDoubles, sharedSummary } from './shared-columns.js';

/**
 * P(alive), expected orders, discounted orders for ever (DERT) and posterior draws of the order rate for each customer, under
 * any purchase model, on several threads. The same seed gives the same bytes on any number of threads. Memory: 4 bytes a
 * draw.
 */
export async function drawOnThreads(
  threads: Threads,
  model: CustomerModel,
  customers: PurchaseSummary,
  options: { horizon: number; discount: number; draws: number; seed: number },
): Promise<Pick<DrawRequest, 'pAlive' | 'expectedOrders' | 'discountedOrders' | 'rates'>> {
  const size = customers.frequency.length;
  const request: DrawRequest = {
    ...options,
    model,
    customers: sharedSummary(customers),
    pAlive: sharedDoubles(size),
    expectedOrders: sharedDoubles(size),
    discountedOrders: sharedDoubles(size),
    rates: new Float32Array(new SharedArrayBuffer(4 * size * options.draws)),
    next: sharedCounter(),
  };
  await threads.apart(
    () => ({ kind: 'customer-draws', request }),
    () => fillCustomerDraws(request),
  );
  return request;
}
