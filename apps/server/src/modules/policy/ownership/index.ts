import type { Module } from '../../../platform/module.js';
import { transferJob, undoTransferJob } from './ownership.jobs.js';
import { disputesRoutes } from './disputes.routes.js';
import { handoverRoutes } from './handover.routes.js';
import { ownershipRoutes } from './ownership.routes.js';

export { isOwnRow } from './own-rows.js';
export { inParts } from './in-parts.js';
export { moveCustomers } from './move-customers.js';
export { standingPeriod, wasUndone } from './standing-period.js';

export const ownership: Module = {
  name: 'ownership',
  routes: (app, platform) => {
    ownershipRoutes(app, platform);
    disputesRoutes(app, platform);
    handoverRoutes(app, platform);
  },
  jobs: [transferJob, undoTransferJob],
};
