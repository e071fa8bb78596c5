import type { Module } from '../../../platform/module.js';
import { closeWhenErased, closeWhenMet, closeWhenRenewed } from './close-answered.js';
import { followNextSteps } from './follow-next-steps.js';
import { taskRuleRoutes } from './task-rules.routes.js';
import { makeTasksAfter, makeTasksOfClocks, taskJob } from './tasks.jobs.js';
import { tasksRoutes } from './tasks.routes.js';

export const tasks: Module = {
  name: 'tasks',
  routes(app, platform) {
    tasksRoutes(app, platform);
    taskRuleRoutes(app, platform);
  },
  jobs: [taskJob],
  listeners: [
    followNextSteps,
    closeWhenErased,
    closeWhenMet,
    closeWhenRenewed,
    ...makeTasksAfter,
    makeTasksOfClocks,
  ],
};
