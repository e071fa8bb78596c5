import type { Module } from '../../../platform/module.js';
import { teamsRoutes } from './teams.routes.js';

export const teams: Module = { name: 'teams', routes: teamsRoutes };
