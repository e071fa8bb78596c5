import type { Module } from '../../../platform/module.js';
import { savedViewsRoutes } from './saved-views.routes.js';

export const savedViews: Module = { name: 'saved-views', routes: savedViewsRoutes };
