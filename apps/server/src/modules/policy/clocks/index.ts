import type { Module } from '../../../platform/module.js';
import { clocksRoutes } from './clocks.routes.js';
import { askDemoQuestions } from './demo-clocks.js';
import { followImports } from './follow-imports.js';
import { answerWhenTalked, followNeeds } from './follow-needs.js';

export { clockTitle } from './clock-sources.js';
export { solveClock } from './keep-clock.js';
export { clockPromises, owedPhases } from './list-clocks.js';
export { readCalendar } from './work-calendar.js';
export { lastWorkedUntil } from './work-hours.rules.js';

export const clocks: Module = {
  name: 'clocks',
  routes: clocksRoutes,
  listeners: [followNeeds, followImports, answerWhenTalked, askDemoQuestions],
};
