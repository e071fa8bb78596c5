import type { Module } from '../../../platform/module.js';
import { registerMail } from '../../people/mail/index.js';
import { registerRobotText } from '../robots/index.js';
import { sendDigests, writeDigestMail, writeDigestText } from './daily-digest.js';
import { noticeListeners } from './hear-events.js';
import { noticesRoutes } from './notices.routes.js';
import { writeGroupText } from './write-group-text.js';
import { writeNoticeMail, writeNoticeText } from './write-notices.js';

registerMail('notice', writeNoticeMail);
registerMail('digest', writeDigestMail);
registerRobotText('notice', writeNoticeText);
registerRobotText('digest', writeDigestText);
registerRobotText('group', writeGroupText);

export const notices: Module = {
  name: 'notices',
  routes: noticesRoutes,
  listeners: noticeListeners,
  hourly: sendDigests,
};
