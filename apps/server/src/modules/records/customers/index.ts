import type { Module } from '../../../platform/module.js';
import { customersRoutes } from './customers.routes.js';
import { keepReferenceWhenPublished } from './keep-reference.js';

export { tokenCondition } from './customer-filter.js';
export { customerTokens, queryTokens, type TokenMatch } from './customer-tokens.js';
export { explainValue } from './customers.rules.js';
export { mustSeeCustomer } from './get-customer.js';
export { keepReference } from './keep-reference.js';
export { customersImport } from './import-customers.js';
export { NamedCustomers, type CustomerMention, type KnownCustomer } from './import-named-customers.js';
export {
  buildNextRegister,
  dropNextRegister,
  placeNextRegister,
  type InTransaction,
} from './next-register.js';
export { undoCustomers } from './undo-customers.js';

export const customers: Module = {
  name: 'customers',
  routes: customersRoutes,
  listeners: [keepReferenceWhenPublished],
};
