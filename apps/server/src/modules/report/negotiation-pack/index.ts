import type { Module } from '../../../platform/module.js';
import { packRoutes } from './pack.routes.js';

export const negotiationPack: Module = { name: 'negotiation-pack', routes: packRoutes };
