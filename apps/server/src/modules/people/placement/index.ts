import type { Module } from '../../../platform/module.js';
import { placementRoutes } from './placement.routes.js';

export const placement: Module = { name: 'placement', routes: placementRoutes };
