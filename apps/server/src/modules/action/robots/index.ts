import type { Module } from '../../../platform/module.js';
import { robotsRoutes } from './robots.routes.js';
import { robotChannel } from './send-robot.js';

export { registerRobotText } from './send-robot.js';
export type { RobotText } from './robots.rules.js';

export const robots: Module = { name: 'robots', routes: robotsRoutes, channels: [robotChannel] };
