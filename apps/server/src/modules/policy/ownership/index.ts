import type { Module } from '../../../platform/module.js';
import { transferJob, undoTransferJob } from './ownership.jobs.js';
import { ownershipRoutes } from './ownership.routes.js';

export { moveCustomers } from './move-customers.js';

export const ownership: Module = {
  name: 'ownership',
  routes: ownershipRoutes,
  jobs: [transferJob, undoTransferJob],
};
