import type { Module } from '../../../platform/module.js';
import { auditRoutes } from './audit.routes.js';

export const audit: Module = { name: 'audit', routes: auditRoutes };
