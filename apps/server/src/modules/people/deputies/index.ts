import type { Module } from '../../../platform/module.js';
import { deputiesRoutes } from './deputies.routes.js';

export const deputies: Module = { name: 'deputies', routes: deputiesRoutes };
