import type { Module } from '../../../platform/module.js';
import { sharingRoutes } from './sharing.routes.js';

export { mayShare, refuseMore } from './share-customer.js';

export const sharing: Module = { name: 'sharing', routes: sharingRoutes };
