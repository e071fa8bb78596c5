import type { Module } from '../../../platform/module.js';
import { mergesRoutes } from './merges.routes.js';

export const merges: Module = { name: 'merges', routes: mergesRoutes };
