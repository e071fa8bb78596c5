import type { Module } from '../../../platform/module.js';
import { sharingRoutes } from './sharing.routes.js';

export const sharing: Module = { name: 'sharing', routes: sharingRoutes };
