import type { Module } from '../../../platform/module.js';
import { paymentsRoutes } from './payments.routes.js';

export { expectedLosses, readProvisionMatrix } from './expected-loss.js';
export { classesFrom } from './expected-loss.rules.js';
export { paymentsImport } from './import-payments.js';
export { receivablesImport } from './import-receivables.js';
export { registerPaymentTerms } from './payment-terms.js';
export { createPayment } from './payments.js';
export { createReceivable } from './receivables.js';

export const payments: Module = { name: 'payments', routes: paymentsRoutes };
