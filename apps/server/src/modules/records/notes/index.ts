import type { Module } from '../../../platform/module.js';
import { notesRoutes } from './notes.routes.js';

export { notesImport } from './import-notes.js';
export { createNote, updateNote } from './write-note.js';

export const notes: Module = { name: 'notes', routes: notesRoutes };
