import { customerFuture, randomFrom, type CustomerModel, type PurchaseSummary } from '@kezi/stats';

/** What each customer is asked: P(alive), expected orders, DERT and draws from his posterior, into shared memory. */
export interface DrawRequest {
  model: CustomerModel;
  customers: PurchaseSummary;
  /** In the model's unit of time. */
  horizon: number;
  /** Continuous rate a unit of time, above 0: orders are discounted for ever. */
  discount: number;
  /** Draws for each customer. */
  draws: number;
  seed: number;
  pAlive: Float64Array;
  expectedOrders: Float64Array;
  discountedOrders: Float64Array;
  /** `draws` entries a customer: 0 for one who has left. */
  rates: Float32Array;
  /** Number of the next piece, shared by all threads. */
  next: Int32Array;
}

/** Customers at one go: some 10 ms. */
const PIECE = 256;

/** Takes pieces until there are none left. The draws of a customer depend on the seed and his row alone, not on the thread. */
export function fillCustomerDraws(request: DrawRequest): void {
  const { model, customers, horizon, discount, draws, seed, next } = request;
  const size = customers.frequency.length;
  for (;;) {
    const from = PIECE * Atomics.add(next, 0, 1);
    if (from >= size) return;
    for (let i = from; i < Math.min(size, from + PIECE); i++) {
      const future = customerFuture(model, customers.frequency[i]!, customers.recency[i]!, customers.age[i]!);
      request.pAlive[i] = future.pAlive;
      request.expectedOrders[i] = future.expectedOrders(horizon);
      request.discountedOrders[i] = future.discountedOrders(discount);
      // As drawPosterior draws, without its arrays: making and clearing away three a customer is work of the other core.
      const random = randomFrom((Math.imul(i, 0x9e3779b1) ^ seed) >>> 0);
      for (let k = 0; k < draws; k++) {
        const { alive, rate } = future.drawTraits(random);
        request.rates[i * draws + k] = alive ? rate : 0;
      }
    }
  }
}
