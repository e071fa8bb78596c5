import type { Module } from '../../../platform/module.js';
import { wallRoutes } from './wall.routes.js';

export const wall: Module = { name: 'wall', routes: wallRoutes };
