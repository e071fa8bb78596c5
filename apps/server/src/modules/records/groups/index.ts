import type { Module } from '../../../platform/module.js';
import { groupsRoutes } from './groups.routes.js';

export const groups: Module = { name: 'groups', routes: groupsRoutes };
