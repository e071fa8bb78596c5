import type { Module } from '../../../platform/module.js';
import { contactsRoutes } from './contacts.routes.js';

export { contactsImport } from './import-contacts.js';
export { createContact } from './create-contact.js';
export { getContact, revealContact } from './get-contact.js';

export const contacts: Module = { name: 'contacts', routes: contactsRoutes };
