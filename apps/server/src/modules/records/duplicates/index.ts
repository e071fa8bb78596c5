import type { Module } from '../../../platform/module.js';
import { searchDemo, searchJob } from './duplicates.jobs.js';
import { duplicatesRoutes } from './duplicates.routes.js';

export { checkCustomer } from './check-customer.js';
export { duplicateCards } from './duplicate-cards.js';
export { searchDuplicates } from './search-duplicates.js';

export const duplicates: Module = {
  name: 'duplicates',
  routes: duplicatesRoutes,
  jobs: [searchJob],
  listeners: [searchDemo],
};
