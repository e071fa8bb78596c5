import type { Module } from '../../../platform/module.js';
import { usersRoutes } from './users.routes.js';

export { changeUser, endSessions } from './change-user.js';
export { checkPassword } from './check-password.js';
export { readAccess } from './user-access.js';
export { findLink, isOpenLink, makeLink, spendLink } from './user-link.js';
export { createUser, insertUser } from './create-user.js';
export { mustSeeAll } from './must-see-all.js';
export { getUser } from './users.queries.js';

export const users: Module = { name: 'users', routes: usersRoutes };
