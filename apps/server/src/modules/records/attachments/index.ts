import type { Module } from '../../../platform/module.js';
import { attachmentsRoutes } from './attachments.routes.js';

export const attachments: Module = { name: 'attachments', routes: attachmentsRoutes };
