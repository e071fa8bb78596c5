import type { Module } from '../../../platform/module.js';
import { dashboardsRoutes } from './dashboards.routes.js';

export const dashboards: Module = { name: 'dashboards', routes: dashboardsRoutes };
