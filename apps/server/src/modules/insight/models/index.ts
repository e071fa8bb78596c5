import type { Module } from '../../../platform/module.js';
import { modelsRoutes } from './models.routes.js';

export const models: Module = { name: 'models', routes: modelsRoutes };
