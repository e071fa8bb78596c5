import type { Module } from '../../../platform/module.js';
import { interactionsRoutes } from './interactions.routes.js';

export const interactions: Module = { name: 'interactions', routes: interactionsRoutes };
