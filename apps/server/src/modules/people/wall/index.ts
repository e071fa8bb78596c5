import type { Module } from '../../../platform/module.js';
import { limitViews } from './limit-views.js';
import { wallRoutes } from './wall.routes.js';

export { checkRows, isLimited, spendRows } from './spend-rows.js';

export const wall: Module = {
  name: 'wall',
  routes: (app, platform) => {
    limitViews(app, platform);
    wallRoutes(app);
  },
};
