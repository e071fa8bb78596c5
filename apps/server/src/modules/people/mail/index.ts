import type { Module } from '../../../platform/module.js';
import { writeLinkMail } from './link-mail.js';
import { mailChannel, registerMail } from './mail-channel.js';
import { mailRoutes } from './mail.routes.js';

export { registerMail } from './mail-channel.js';

registerMail('invitation', writeLinkMail);
registerMail('reset', writeLinkMail);

/** The mail server, and mails that people get in by. Slices that send others say how theirs are written. */
export const mail: Module = { name: 'mail', routes: mailRoutes, channels: [mailChannel] };
