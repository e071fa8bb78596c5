import type { Module } from '../../../platform/module.js';
import { interactionsRoutes } from './interactions.routes.js';

export { interactionsImport } from './import-interactions.js';
export { logInteraction } from './log-interaction.js';

export const interactions: Module = { name: 'interactions', routes: interactionsRoutes };
