import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import {
  demoInput,
  idParams,
  importBatch,
  importBatchPage,
  importErrorsQuery,
  importPatch,
  importPreview,
  importRowErrorPage,
  importUndo,
  importUploadQuery,
  jobStarted,
  pageQuery,
} from '@kezi/contract';
import { CodedError, messageOf } from '@kezi/contract/errors';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { changeBatch } from './change-batch.js';
import { deleteUpload } from './delete-upload.js';
import { startDemo } from './demo.jobs.js';
import { batchView, getBatch, listBatches, listRowErrors } from './imports.queries.js';
import { previewRows } from './preview-rows.js';
import { cancelBatch, startCheck, startImport, startUndo } from './start-batch.js';
import { uploadFile } from './upload-file.js';
import { writeErrorWorkbook } from './write-error-workbook.js';

const tags = ['imports'];
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function readRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/imports',
    {
      config: { permission: 'imports:read' },
      schema: {
        tags,
        summary: 'Imports, newest first',
        querystring: pageQuery,
        response: { 200: importBatchPage },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { items, nextCursor } = await listBatches(db, request.query);
        return { items: items.map((batch) => batchView(batch, request.language)), nextCursor };
      }),
  );
  app.get(
    '/imports/:id',
    {
      config: { permission: 'imports:read' },
      schema: { tags, summary: 'One import', params: idParams, response: { 200: importBatch } },
    },
    (request) =>
      request.inScope(async (db) => batchView(await getBatch(db, request.params.id), request.language)),
  );
  app.get(
    '/imports/:id/preview',
    {
      config: { permission: 'imports:read' },
      schema: {
        tags,
        summary: 'The first rows as they would be taken in',
        params: idParams,
        response: { 200: importPreview },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const batch = await getBatch(db, request.params.id);
        return previewRows(db, platform, batch, request.language);
      }),
  );
}

function errorRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/imports/:id/errors',
    {
      config: { permission: 'imports:read' },
      schema: {
        tags,
        summary: 'Rows that were not taken in, in the order of the file',
        params: idParams,
        querystring: importErrorsQuery,
        response: { 200: importRowErrorPage },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        await getBatch(db, request.params.id);
        const { items, nextCursor } = await listRowErrors(db, request.params.id, request.query);
        return {
          items: items.map(({ line, columnName, code, params, cells }) => ({
            line,
            column: columnName,
            code,
            detail: messageOf(code, params, request.language),
            cells,
          })),
          nextCursor,
        };
      }),
  );
  app.get(
    '/imports/:id/errors.xlsx',
    {
      config: { permission: 'imports:read' },
      schema: { tags, summary: 'The same rows as a workbook to mend and upload again', params: idParams },
    },
    async (request, reply) => {
      const { id } = request.params;
      const path = await request.inScope(async (db) =>
        writeErrorWorkbook(db, platform.folders.temp, await getBatch(db, id), request.language),
      );
      const stream = createReadStream(path);
      stream.once('close', () => {
        rm(path, { force: true }).catch((error: unknown) => {
          platform.log.error({ err: error, path }, 'An error workbook could not be removed.');
        });
      });
      return reply
        .type(workbookType)
        .header('content-disposition', `attachment; filename="import-${id}-errors.xlsx"`)
        .send(stream);
    },
  );
}

function uploadRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/imports',
    {
      config: { permission: 'imports:write', idempotent: false },
      schema: {
        tags,
        summary: 'Upload a file (multipart, one part with the file; up to 5 GB)',
        consumes: ['multipart/form-data'],
        querystring: importUploadQuery,
        response: { 201: importBatch },
      },
    },
    async (request, reply) => {
      const part = await request.file();
      if (!part) throw new CodedError('imports.file_missing');
      const batch = await uploadFile(platform, request.inScope.bind(request), request.principal, {
        ...request.query,
        fileName: part.filename,
        source: part.file,
      });
      reply.code(201);
      return batchView(batch, request.language);
    },
  );
  app.delete(
    '/imports/:id',
    {
      config: { permission: 'imports:write' },
      schema: {
        tags,
        summary: 'Delete an upload that was never imported, and its file',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await deleteUpload(platform, request.inScope.bind(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.patch(
    '/imports/:id',
    {
      config: { permission: 'imports:write' },
      schema: {
        tags,
        summary: 'Say how the file is read and what its columns are',
        params: idParams,
        body: importPatch,
        response: { 200: importBatch },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { params, body, principal, language } = request;
        return batchView(await changeBatch(db, platform, params.id, body, principal.fieldRules), language);
      }),
  );
}

function actionRoutes(app: KeziApp, platform: Platform): void {
  const actions = [
    ['check', 'Count what the import would do', startCheck],
    ['start', 'Import', startImport],
    ['cancel', 'Stop what is running; nothing of it stays', cancelBatch],
  ] as const;
  for (const [name, summary, act] of actions) {
    app.post(
      `/imports/:id/${name}`,
      {
        config: { permission: 'imports:write' },
        schema: { tags, summary, params: idParams, response: { 200: importBatch } },
      },
      (request) =>
        request.inScope(async (db) => {
          const batch = await act(db, request.params.id, platform.clock.now());
          return batchView(batch, request.language);
        }),
    );
  }
  app.post(
    '/imports/:id/undo',
    {
      config: { permission: 'imports:undo' },
      schema: {
        tags,
        summary: 'Take the import back',
        params: idParams,
        body: importUndo,
        response: { 200: importBatch },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const batch = await startUndo(db, request.params.id, request.body.keepTouched);
        return batchView(batch, request.language);
      }),
  );
  app.post(
    '/demo',
    {
      config: { permission: 'demo:load' },
      schema: {
        tags,
        summary: 'Load a made-up company; only while there are no customers',
        body: demoInput,
        response: { 202: jobStarted },
      },
    },
    (request, reply) =>
      request.inScope(async (db) => {
        const jobId = await startDemo(db, request.body, platform.clock.now());
        reply.code(202);
        return { jobId };
      }),
  );
}

export function importsRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app, platform);
  errorRoutes(app, platform);
  uploadRoutes(app, platform);
  actionRoutes(app, platform);
}
