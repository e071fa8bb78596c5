import type { Module } from '../platform/module.js';
import { audit } from './people/audit/index.js';
import { keys } from './people/keys/index.js';
import { session } from './people/session/index.js';
import { settings } from './people/settings/index.js';
import { teams } from './people/teams/index.js';
import { users } from './people/users/index.js';

/** Every slice, in the order of the wings. What is not listed here does not exist for the server. */
export const modules: readonly Module[] = [session, users, teams, settings, keys, audit];
