import type { Module } from '../../../platform/module.js';
import { usersRoutes } from './users.routes.js';

export { createUser, insertUser } from './create-user.js';

export const users: Module = { name: 'users', routes: usersRoutes };
