import type { Module } from '../../../platform/module.js';
import { keysRoutes } from './keys.routes.js';

export { createKey, listKeys, mustBeAhead, revokeKey } from './keys.queries.js';

export const keys: Module = { name: 'keys', routes: keysRoutes };
