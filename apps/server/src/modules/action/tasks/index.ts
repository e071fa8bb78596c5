import type { Module } from '../../../platform/module.js';
import { followNextSteps } from './follow-next-steps.js';
import { tasksRoutes } from './tasks.routes.js';

export const tasks: Module = { name: 'tasks', routes: tasksRoutes, listeners: [followNextSteps] };
