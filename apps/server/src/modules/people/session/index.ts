import type { Module } from '../../../platform/module.js';
import { sessionRoutes } from './session.routes.js';

export { unblock } from './help-user.js';
export { removeSecondFactor } from './second-factor.js';

export const session: Module = { name: 'session', routes: sessionRoutes };
