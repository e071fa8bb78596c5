import type { Module } from '../../../platform/module.js';
import { contactsRoutes } from './contacts.routes.js';

export const contacts: Module = { name: 'contacts', routes: contactsRoutes };
