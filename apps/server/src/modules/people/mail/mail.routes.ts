import {
  mailTest,
  outboundSettings,
  outboundSettingsPatch,
  testResult,
  type TestResult,
} from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { layOut } from '../../../platform/mail/mail-layout.js';
import { findMailServer, sendMail } from '../../../platform/mail/send-mail.js';
import { changeOutbound, readOutbound } from '../../../platform/outbound/outbound-settings.js';
import type { Platform } from '../../../platform/platform.js';

const tags = ['outbound'];

const words = {
  'zh-CN': { subject: 'Kezi 客资测试邮件', line: '收到这封邮件，说明发信设置是对的。', footer: 'Kezi 客资' },
  'en-US': {
    subject: 'Test mail of Kezi',
    line: 'The mail settings work: here is the mail.',
    footer: 'Kezi',
  },
} as const;

async function testMail(
  platform: Platform,
  to: string,
  by: { userId: number; name: string; language: Language },
): Promise<TestResult> {
  const server = await platform.db.asSystem((db) => findMailServer(db, platform.box));
  if (!server) throw new CodedError('outbound.mail_missing_conflict');
  const { subject, line, footer } = words[by.language];
  const sent = await sendMail(server, {
    to,
    subject,
    ...layOut({ greeting: by.name, lines: [{ text: line }], footer }),
  });
  const error = sent.end === 'failed' ? sent.error : null;
  await platform.db.asSystem(
    (db) => writeAudit(db, { action: 'mail.tested', subject: 'outbound', changes: { to, error } }),
    { userId: by.userId },
  );
  const { status, answer, milliseconds } = sent;
  return { ok: error === null, status, error, answer, milliseconds };
}

export function mailRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/outbound',
    {
      config: { permission: 'outbound:read' },
      schema: {
        tags,
        summary: 'Mail server and hosts that may be called',
        response: { 200: outboundSettings },
      },
    },
    (request) => request.inScope(readOutbound),
  );
  app.patch(
    '/outbound',
    {
      config: { permission: 'outbound:write' },
      schema: {
        tags,
        summary: 'Set the mail server and the hosts that may be called',
        body: outboundSettingsPatch,
        response: { 200: outboundSettings },
      },
    },
    (request) =>
      request.inScope((db) => changeOutbound(db, platform.box, request.body, platform.clock.now())),
  );
  app.post(
    '/outbound/mail-test',
    {
      config: {
        permission: 'outbound:write',
        idempotent: false,
        rateLimit: { max: 10, timeWindow: '1 minute' },
      },
      schema: { tags, summary: 'Send a test mail and wait', body: mailTest, response: { 200: testResult } },
    },
    (request) => {
      const { principal, language } = request;
      return testMail(platform, request.body.to ?? principal.email, { ...principal, language });
    },
  );
}
