import type { Module } from '../../../platform/module.js';
import { mergesRoutes } from './merges.routes.js';

export { registerAfterMerge } from './after-merge.js';

export const merges: Module = { name: 'merges', routes: mergesRoutes };
