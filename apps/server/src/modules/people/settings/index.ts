import type { Module } from '../../../platform/module.js';
import { settingsRoutes } from './settings.routes.js';

export { changeSettings } from './change-settings.js';
export { readSettings } from './settings.queries.js';

export const settings: Module = { name: 'settings', routes: settingsRoutes };
