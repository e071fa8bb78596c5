import type { Module } from '../../../platform/module.js';
import { paymentsRoutes } from './payments.routes.js';

export { createPayment } from './payments.js';
export { createReceivable } from './receivables.js';

export const payments: Module = { name: 'payments', routes: paymentsRoutes };
