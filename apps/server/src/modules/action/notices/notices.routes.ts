import { noticePage, noticeQuery, noticeSettings, noticeSettingsPatch, noticesRead } from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { listNotices, readNotices } from './list-notices.js';
import { changeNoticeSettings, readNoticeSettings } from './notice-settings.js';

const tags = ['notices'];
const read = { permission: 'notices:read' } as const;
const write = { permission: 'notices:write' } as const;

export function noticesRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/me/notices',
    {
      config: read,
      schema: {
        tags,
        summary: 'What you were told of, the newest first',
        querystring: noticeQuery,
        response: { 200: noticePage },
      },
    },
    (request) => request.inScope((db) => listNotices(db, request.principal.userId, request.query)),
  );
  app.post(
    '/me/notices/read',
    {
      config: write,
      schema: {
        tags,
        summary: 'Mark notices as read; all when none is named',
        body: noticesRead,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { noticeIds } = request.body;
      await request.inScope((db) =>
        readNotices(db, request.principal.userId, noticeIds, platform.clock.now()),
      );
      void reply.code(204);
      return null;
    },
  );
  app.get(
    '/me/notice-settings',
    {
      config: read,
      schema: { tags, summary: 'What you are told of, how and when', response: { 200: noticeSettings } },
    },
    (request) => request.inScope((db) => readNoticeSettings(db, request.principal.userId)),
  );
  app.patch(
    '/me/notice-settings',
    {
      config: write,
      schema: {
        tags,
        summary: 'Choose what you are told of, how and when',
        body: noticeSettingsPatch,
        response: { 200: noticeSettings },
      },
    },
    (request) =>
      request.inScope((db) =>
        changeNoticeSettings(db, request.principal.userId, request.body, platform.clock.now()),
      ),
  );
}
