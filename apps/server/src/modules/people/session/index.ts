import type { Module } from '../../../platform/module.js';
import { sessionRoutes } from './session.routes.js';

export const session: Module = { name: 'session', routes: sessionRoutes };
