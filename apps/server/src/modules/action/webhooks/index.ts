import type { Module } from '../../../platform/module.js';
import { webhookChannel } from './send-webhook.js';
import { webhookListeners } from './tell-webhooks.js';
import { webhooksRoutes } from './webhooks.routes.js';

export const webhooks: Module = {
  name: 'webhooks',
  routes: webhooksRoutes,
  listeners: webhookListeners,
  channels: [webhookChannel],
};
