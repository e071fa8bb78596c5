import { attachment, attachments, idParams } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import {
  addAttachment,
  customerOf,
  deleteAttachment,
  listAttachments,
  takeAttachment,
} from './attachments.js';

const tags = ['files'];

/** A name in a header: plain for old readers, whole for the others (RFC 6266). */
function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

function subjectRoutes(app: KeziApp, platform: Platform): void {
  const subjects = [
    ['contract', '/contracts/:id/files', 'contracts:read', 'contracts:write'],
    ['interaction', '/interactions/:id/files', 'interactions:read', 'interactions:write'],
  ] as const;
  for (const [kind, path, readPermission, writePermission] of subjects) {
    app.get(
      path,
      {
        config: { permission: readPermission },
        schema: { tags, summary: 'The files of a record', params: idParams, response: { 200: attachments } },
      },
      (request) => request.inScope((db) => listAttachments(db, { kind, id: request.params.id })),
    );
    app.post(
      path,
      {
        // A body that is streamed cannot be compared with the one before; the same bytes twice are two entries.
        config: { permission: writePermission, idempotent: false },
        schema: {
          tags,
          summary: 'Add a file (multipart, one part with the file; up to 25 MB; checked by its content)',
          consumes: ['multipart/form-data'],
          params: idParams,
          response: { 201: attachment },
        },
      },
      async (request, reply) => {
        // Asked before anything is read: who may not see the record sends nothing in.
        await request.inScope((db) => customerOf(db, { kind, id: request.params.id }));
        const part = request.isMultipart() ? await request.file() : undefined;
        if (!part) throw new CodedError('files.missing');
        const made = await addAttachment(
          platform,
          request.inScope.bind(request),
          { kind, id: request.params.id },
          { fileName: part.filename, source: part.file },
        );
        reply.code(201);
        return made;
      },
    );
  }
}

export function attachmentsRoutes(app: KeziApp, platform: Platform): void {
  subjectRoutes(app, platform);
  app.get(
    '/files/:id',
    {
      config: { permission: 'files:read' },
      schema: { tags, summary: 'A file, as a download; written into the audit', params: idParams },
    },
    async (request, reply) => {
      const file = await request.inScope((db) => takeAttachment(db, request.params.id), { write: true });
      if (!platform.files.exists(file.sha256)) throw new CodedError('files.not_found');
      return reply
        .type(file.mediaType)
        .header('content-disposition', disposition(file.fileName))
        .header('content-length', file.sizeBytes)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(platform.files.open(file.sha256));
    },
  );
  app.delete(
    '/files/:id',
    {
      config: { permission: 'files:write' },
      schema: { tags, summary: 'Take a file away', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await deleteAttachment(platform, request.inScope.bind(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}
