import { drawBlueprint, type CompanyOptions } from './blueprint.js';
import { allProducts, type Product } from './catalogue/products.js';
import { customerOf, type Customer } from './customer.js';
import { orderLinesOf, type OrderLine } from './order-lines.js';
import { organisation, teams, users, type Organisation, type Team, type User } from './organisation.js';
import { drawPlan } from './plan.js';
import { drawTimeline } from './timeline.js';
import { truthOf, type CustomerTruth } from './truth.js';

/** A made-up company. The iterables can be walked again and again and hold one customer at a time. */
export interface Company {
  readonly startOn: string;
  readonly endOn: string;
  readonly organisation: Organisation;
  readonly teams: readonly Team[];
  readonly users: readonly User[];
  readonly products: readonly Product[];
  /** By customer number. */
  readonly customers: Iterable<Customer>;
  /** By customer number, then by date: an order over all customers would need all of them in memory. */
  readonly orderLines: Iterable<OrderLine>;
  /** By customer number. */
  readonly truth: Iterable<CustomerTruth>;
}

/** The demo of `kezi demo`, apart from its last day. */
export const demoDefaults = { customers: 2000, months: 36, seed: 20260101 } as const;

function each<T>(customers: number, make: (index: number) => T): Iterable<T> {
  return {
    *[Symbol.iterator]() {
      for (let index = 0; index < customers; index++) yield make(index);
    },
  };
}

/**
 * Makes a company from a process whose truth is known (README.md of this package tells it). Pure: the same options
 * give the same company on every machine, and nothing is read from the clock. Throws RangeError for options out of range.
 */
export function generateCompany(options: CompanyOptions): Company {
  const blueprint = drawBlueprint(options);
  const { customers } = blueprint.options;
  const linesByCustomer = each(customers, (index) => {
    const plan = drawPlan(blueprint, index);
    return orderLinesOf(blueprint, plan, drawTimeline(blueprint, plan));
  });
  return {
    startOn: blueprint.isoDays[0] ?? options.endOn,
    endOn: options.endOn,
    organisation,
    teams,
    users,
    products: allProducts,
    customers: each(customers, (index) => customerOf(blueprint, drawPlan(blueprint, index))),
    orderLines: {
      *[Symbol.iterator]() {
        for (const lines of linesByCustomer) yield* lines;
      },
    },
    truth: each(customers, (index) => {
      const plan = drawPlan(blueprint, index);
      return truthOf(blueprint, plan, drawTimeline(blueprint, plan));
    }),
  };
}
