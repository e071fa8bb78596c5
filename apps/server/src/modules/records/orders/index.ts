import type { Module } from '../../../platform/module.js';
import { ordersRoutes } from './orders.routes.js';

export { ordersImport } from './import-orders.js';

export const orders: Module = { name: 'orders', routes: ordersRoutes };
