import type { Module } from '../../../platform/module.js';
import { paymentsRoutes } from './payments.routes.js';

export const payments: Module = { name: 'payments', routes: paymentsRoutes };
