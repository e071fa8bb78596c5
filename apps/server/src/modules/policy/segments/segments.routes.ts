import {
  clusterInput,
  clusterRun,
  clusterRunList,
  idParams,
  rfmGrid,
  rfmGridInput,
  segment,
  segmentCount,
  segmentFieldKinds,
  segmentFieldList,
  segmentFreezeInput,
  segmentInput,
  segmentList,
  segmentPatch,
  segmentPreview,
  segmentPreviewInput,
  segmentTemplateList,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { isRestricted } from '../../../platform/http/field-wall.rules.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { etagOf, expectVersion } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn, figuresAsOf } from '../../records/customers/index.js';
import { getClusterRun, listClusterRuns, startClusters } from './clusters.queries.js';
import { countFitting, memberCondition, previewRule, rfmGridOf } from './count-members.js';
import { asksForKept } from './segment-rule.js';
import { fieldsFor } from './segment-fields.js';
import { listTemplates } from './segment-templates.js';
import {
  createSegment,
  deleteSegment,
  freezeSegment,
  getSegment,
  listSegments,
  ownFields,
  updateSegment,
  usableSegments,
  wordsInUse,
} from './segments.queries.js';

/** Clusters are made of all customers. @throws CodedError segments.needs_all */
function mustSeeAll({ scope }: Viewer): void {
  if (scope !== 'all') throw new CodedError('segments.needs_all');
}

const tags = ['segments'];
const read = { permission: 'segments:read' } as const;
const write = { permission: 'segments:write' } as const;

async function todayOf(db: Db, platform: Platform): Promise<string> {
  return dayIn((await readSettings(db)).timeZone, platform.clock.now());
}

function listRoutes(app: KeziApp): void {
  app.get(
    '/segments',
    {
      config: read,
      schema: { tags, summary: 'Your segments and those shared with you', response: { 200: segmentList } },
    },
    (request) => request.inScope(async (db) => ({ items: await listSegments(db, request.principal) })),
  );
  app.get(
    '/segments/fields',
    {
      config: read,
      schema: { tags, summary: 'What a segment may ask', response: { 200: segmentFieldList } },
    },
    (request) =>
      request.inScope(async (db) => {
        const usual = fieldsFor(request.principal.fieldRules).map((field) => ({
          field,
          name: null,
          kind: segmentFieldKinds[field],
        }));
        return {
          items: [...usual, ...(await ownFields(db))],
          tags: await wordsInUse(db, 'customer_tag'),
          sources: await wordsInUse(db, 'customer_profile'),
        };
      }),
  );
  app.get(
    '/segments/templates',
    {
      config: read,
      schema: { tags, summary: 'Segments to begin with', response: { 200: segmentTemplateList } },
    },
    (request) => ({
      items: listTemplates(request.language).filter(
        ({ rule }) => !asksForKept(rule, request.principal.fieldRules),
      ),
    }),
  );
}

function countRoutes(app: KeziApp): void {
  // Nothing is kept: the same question may be asked again.
  const ask = { permission: 'segments:read', idempotent: false } as const;
  app.post(
    '/segments/preview',
    {
      config: ask,
      schema: {
        tags,
        summary: 'How many customers a rule finds, what they are worth, and the most valuable of them',
        body: segmentPreviewInput,
        response: { 200: segmentPreview },
      },
    },
    (request) => request.inScope((db) => previewRule(db, request.principal, request.body)),
  );
  app.post(
    '/segments/rfm',
    {
      config: ask,
      schema: {
        tags,
        summary: 'The eight groups of RFM by cuts of your own',
        body: rfmGridInput,
        response: { 200: rfmGrid },
      },
    },
    (request) => {
      if (isRestricted(request.principal.fieldRules, 'monetaryValue')) {
        throw new CodedError('fields.restricted_forbidden');
      }
      return request.inScope((db) => rfmGridOf(db, request.body.cuts));
    },
  );
  app.get(
    '/segments/:id/count',
    {
      config: read,
      schema: {
        tags,
        summary: 'Its members among the customers you see',
        params: idParams,
        response: { 200: segmentCount },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const [found] = await usableSegments(db, request.principal, [request.params.id]);
        if (!found) throw new CodedError('segments.not_found');
        return countFitting(db, memberCondition(found, await figuresAsOf(db)));
      }),
  );
}

function segmentRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/segments/:id',
    {
      config: read,
      schema: { tags, summary: 'One segment', params: idParams, response: { 200: segment } },
    },
    async (request, reply) => {
      const found = await request.inScope((db) => getSegment(db, request.principal, request.params.id));
      void reply.header('etag', etagOf(found.rowVersion));
      return found;
    },
  );
  app.post(
    '/segments',
    {
      config: write,
      schema: { tags, summary: 'Keep a segment', body: segmentInput, response: { 201: segment } },
    },
    async (request, reply) => {
      void reply.code(201);
      const { principal, body } = request;
      return request.inScope(async (db) =>
        getSegment(db, principal, await createSegment(db, principal, body, await todayOf(db, platform))),
      );
    },
  );
  app.post(
    '/segments/:id/freeze',
    {
      config: write,
      schema: {
        tags,
        summary: 'Keep its members of today as a static segment',
        params: idParams,
        body: segmentFreezeInput,
        response: { 201: segment },
      },
    },
    async (request, reply) => {
      void reply.code(201);
      const { principal, body, params } = request;
      return request.inScope(async (db) => {
        const freezing = { segmentId: params.id, name: body.name, today: await todayOf(db, platform) };
        return getSegment(db, principal, await freezeSegment(db, principal, freezing));
      });
    },
  );
}

function changeRoutes(app: KeziApp, platform: Platform): void {
  app.patch(
    '/segments/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a segment of yours',
        params: idParams,
        body: segmentPatch,
        response: { 200: segment },
      },
    },
    (request) => {
      const { principal, body, params } = request;
      expectVersion(request, body.rowVersion, 'segments.changed');
      return request.inScope(async (db) => {
        await updateSegment(db, principal, params.id, body, platform.clock.now());
        return getSegment(db, principal, params.id);
      });
    },
  );
  app.delete(
    '/segments/:id',
    {
      config: write,
      schema: { tags, summary: 'Delete a segment of yours', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await request.inScope((db) => deleteSegment(db, request.principal, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function clusterRoutes(app: KeziApp, platform: Platform): void {
  const cluster = { permission: 'segments:cluster' } as const;
  app.get(
    '/segments/clusters',
    {
      config: cluster,
      schema: { tags, summary: 'Runs that clustered customers', response: { 200: clusterRunList } },
    },
    (request) => {
      mustSeeAll(request.principal);
      const { fieldRules } = request.principal;
      const reading = { fieldRules, language: request.language };
      return request.inScope(async (db) => ({ items: await listClusterRuns(db, reading) }));
    },
  );
  app.get(
    '/segments/clusters/:id',
    {
      config: cluster,
      schema: { tags, summary: 'One of them', params: idParams, response: { 200: clusterRun } },
    },
    (request) => {
      mustSeeAll(request.principal);
      const { fieldRules } = request.principal;
      const reading = { fieldRules, language: request.language };
      return request.inScope((db) => getClusterRun(db, reading, request.params.id));
    },
  );
  app.post(
    '/segments/clusters',
    {
      config: cluster,
      schema: {
        tags,
        summary: 'Cluster all customers by k-means; each cluster is kept as a static segment',
        body: clusterInput,
        response: { 202: clusterRun },
      },
    },
    async (request, reply) => {
      mustSeeAll(request.principal);
      void reply.code(202);
      const { fieldRules, userId } = request.principal;
      const reading = { fieldRules, language: request.language };
      return request.inScope(async (db) => {
        const starting = { userId, fieldRules, now: platform.clock.now() };
        return getClusterRun(db, reading, await startClusters(db, request.body, starting));
      });
    },
  );
}

export function segmentsRoutes(app: KeziApp, platform: Platform): void {
  listRoutes(app);
  countRoutes(app);
  segmentRoutes(app, platform);
  changeRoutes(app, platform);
  clusterRoutes(app, platform);
}
