import type { Module } from '../../../platform/module.js';
import { customersRoutes } from './customers.routes.js';
import { keepReferenceWhenPublished } from './keep-reference.js';

export { tokenCondition, type Condition } from './customer-filter.js';
export { figuresAsOf } from './customer-sparks.js';
export { everybody, inSegments, registerCustomerFilter, type Among, type Reader } from './extra-filters.js';
export { customerTokens, queryTokens, type TokenMatch } from './customer-tokens.js';
export { dayIn, explainValue, gapQuartiles, grossAndKept, type CardCosts } from './customers.rules.js';
export { carryOwnership } from './carry-ownership.js';
export { getCustomer, mustSeeCustomer } from './get-customer.js';
export { ownershipAfter } from './owner-of-customer.js';
export { selectCustomers } from './select-customers.js';
export { keepReference } from './keep-reference.js';
export { addressesImport } from './import-addresses.js';
export { customersImport } from './import-customers.js';
export {
  findNamedCustomers,
  NamedCustomers,
  type CustomerMention,
  type KnownCustomer,
} from './import-named-customers.js';
export {
  buildNextRegister,
  dropNextRegister,
  placeNextRegister,
  rebuildRegister,
  type InTransaction,
} from './next-register.js';
export { holdParents, refuseParent } from './parent-of-customer.js';
export { writeKeys, writeTokens } from './import-tokens.js';
export { undoCustomers } from './undo-customers.js';
export { updateCustomer } from './update-customer.js';

export const customers: Module = {
  name: 'customers',
  routes: customersRoutes,
  listeners: [keepReferenceWhenPublished],
};
