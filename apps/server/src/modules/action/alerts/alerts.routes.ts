import {
  detectorBacktest,
  detectorList,
  detectorPatch,
  detectorPreview,
  detectorRow,
  falseAlarmInput,
  foldedPage,
  foldedQuery,
  handleInput,
  idParams,
  reopenInput,
  snoozeInput,
  warningListQuery,
  warningPage,
  warningRow,
  warningRunQuery,
  warningRunStarted,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import { goneSignal } from '../../../platform/http/gone-signal.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { withVersionSeen } from '../../../platform/http/row-version.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { logInteraction } from '../../records/interactions/index.js';
import { warningJob } from './alerts.jobs.js';
import { getDetector, listDetectors, setDetector } from './list-detectors.js';
import { lastRun } from './last-run.js';
import { listFolded } from './list-folded.js';
import { getWarning, listWarnings } from './list-warnings.js';
import { reopenWarning } from './reopen-warning.js';
import { settleOthers, settleWarning, type Settlement } from './settle-warning.js';

const tags = ['warnings'];
const read = { permission: 'alerts:read' } as const;
const write = { permission: 'alerts:write' } as const;
const configure = { permission: 'alerts:configure' } as const;
const named = z.object({ detectorId: z.string().min(1).max(60) });

async function todayOf(db: Db, platform: Platform): Promise<string> {
  return dayIn((await readSettings(db)).timeZone, platform.clock.now());
}

function readRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/warnings',
    {
      config: read,
      schema: {
        tags,
        summary: 'Warnings, the most valuable first',
        querystring: warningListQuery,
        response: { 200: warningPage },
      },
    },
    async (request) => {
      const last = await lastRun(platform);
      return request.inScope((db) => listWarnings(db, request.principal, request.query, last));
    },
  );
  app.get(
    '/warnings/:id',
    {
      config: read,
      schema: { tags, summary: 'One warning', params: idParams, response: { 200: warningRow } },
    },
    (request) => request.inScope((db) => getWarning(db, request.params.id)),
  );
  app.get(
    '/detectors',
    {
      config: read,
      schema: {
        tags,
        summary: 'Detectors, how they are set and how they did',
        response: { 200: detectorList },
      },
    },
    (request) => request.inScope(async (db) => ({ items: await listDetectors(db) })),
  );
}

function foldedRoute(app: KeziApp, platform: Platform): void {
  app.get(
    '/detectors/:detectorId/folded',
    {
      config: read,
      schema: {
        tags,
        summary: 'The customers behind warnings that were summed up, the most valuable first',
        params: named,
        querystring: foldedQuery,
        response: { 200: foldedPage },
      },
    },
    async (request) => {
      const last = await lastRun(platform);
      const { detectorId } = request.params;
      return request.inScope((db) => listFolded(db, request.principal, detectorId, request.query, last));
    },
  );
}

/** What a detector would have done, and would do now. */
function trialRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/detectors/:detectorId/backtest',
    {
      config: configure,
      schema: {
        tags,
        summary: 'Ask a detector on past days of the orders, and look up what became of it',
        params: named,
        response: { 200: detectorBacktest },
      },
    },
    async (request, reply) => {
      const gone = goneSignal(reply);
      const today = await request.inScope((db) => todayOf(db, platform));
      const { backtestDetector } = await import('./backtest-detector.js');
      return backtestDetector(platform, request.params.detectorId, today, gone);
    },
  );
  app.get(
    '/detectors/:detectorId/preview',
    {
      config: configure,
      schema: {
        tags,
        summary: 'What a detector would raise now',
        params: named,
        querystring: z.object({ threshold: z.coerce.number().min(0.1).max(10).optional() }),
        response: { 200: detectorPreview },
      },
    },
    async (request) => {
      const today = await request.inScope((db) => todayOf(db, platform));
      const { previewDetector } = await import('./preview-detector.js');
      return previewDetector(platform, request.params.detectorId, request.query, today);
    },
  );
}

interface Settling {
  what: Settlement;
  rowVersion: number;
  withOthers?: boolean | undefined;
}

function settle(
  platform: Platform,
  request: FastifyRequest,
  id: number,
  { what, rowVersion, withOthers }: Settling,
) {
  return request.inScope(async (db) => {
    const writer = {
      principal: request.principal,
      now: platform.clock.now(),
      today: await todayOf(db, platform),
    };
    const settled = await settleWarning(db, id, what, withVersionSeen(request, { ...writer, rowVersion }));
    if (withOthers === true) await settleOthers(db, settled, what, writer);
    return settled;
  });
}

function settleRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/warnings/:id/snooze',
    {
      config: write,
      schema: {
        tags,
        summary: 'Leave a warning until a day',
        params: idParams,
        body: snoozeInput,
        response: { 200: warningRow },
      },
    },
    (request) => {
      const { until, note, withOthers, rowVersion } = request.body;
      const what = { status: 'snoozed', until, note: note ?? null } as const;
      return settle(platform, request, request.params.id, { what, rowVersion, withOthers });
    },
  );
  app.post(
    '/warnings/:id/handle',
    {
      config: write,
      schema: {
        tags,
        summary: 'Close a warning with what came of it',
        params: idParams,
        body: handleInput,
        response: { 200: warningRow },
      },
    },
    (request) => {
      const { outcome, note, interaction, withOthers, rowVersion } = request.body;
      const said = note ?? interaction?.summary.slice(0, 2000) ?? null;
      const what = { status: 'handled', outcome, note: said } as const;
      return request.inScope(async (db) => {
        const handled = await settle(platform, request, request.params.id, { what, rowVersion, withOthers });
        if (interaction !== undefined) {
          const { customerId } = handled;
          await logInteraction(db, request.principal, customerId, interaction, platform.clock.now());
        }
        return handled;
      });
    },
  );
}

function falseAlarmRoute(app: KeziApp, platform: Platform): void {
  app.post(
    '/warnings/:id/false-alarm',
    {
      config: write,
      schema: {
        tags,
        summary: 'Say that a warning was none',
        params: idParams,
        body: falseAlarmInput,
        response: { 200: warningRow },
      },
    },
    (request) => {
      const { note, rowVersion } = request.body;
      const what = { status: 'false-alarm', note: note ?? null } as const;
      return settle(platform, request, request.params.id, { what, rowVersion });
    },
  );
}

function reopenRoute(app: KeziApp, platform: Platform): void {
  app.post(
    '/warnings/:id/reopen',
    {
      config: write,
      schema: {
        tags,
        summary: 'Take back what was done with a warning: it is open again',
        params: idParams,
        body: reopenInput,
        response: { 200: warningRow },
      },
    },
    (request) => {
      const { rowVersion } = withVersionSeen(request, request.body);
      return request.inScope((db) => reopenWarning(db, request.params.id, rowVersion, platform.clock.now()));
    },
  );
}

function runRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/warnings/runs',
    {
      config: { permission: 'alerts:run' },
      schema: {
        tags,
        summary: 'Ask all detectors now: of what has changed, or of everybody',
        querystring: warningRunQuery,
        response: { 202: warningRunStarted },
      },
    },
    async (request, reply) => {
      const atAll = request.query.everybody === true;
      const jobId = await request.inScope((db) =>
        enqueueJob(
          db,
          warningJob,
          { atAll, atNight: false },
          { key: atAll ? 'alerts.run.everybody' : 'alerts.run' },
        ),
      );
      void reply.code(202);
      return { jobId };
    },
  );
  app.patch(
    '/detectors/:detectorId',
    {
      config: configure,
      schema: {
        tags,
        summary: 'Set a detector',
        params: named,
        body: detectorPatch,
        response: { 200: detectorRow },
      },
    },
    async (request) => {
      const { detectorId } = request.params;
      const { body } = request;
      const { today, isOn } = await request.inScope(async (db) => ({
        today: await todayOf(db, platform),
        isOn: body.isOn ?? (await getDetector(db, detectorId)).isOn,
      }));
      // What is switched on, or made keener while it is on, is counted before it is.
      const asks =
        isOn &&
        body.confirmed !== true &&
        (body.isOn === true || body.threshold !== undefined || body.tiers !== undefined);
      const { previewDetector } = await import('./preview-detector.js');
      // Before the first valuation there is nothing to count, and nothing that could be raised at once.
      const preview = asks
        ? await previewDetector(platform, detectorId, body, today).catch((error: unknown) => {
            if (error instanceof CodedError && error.code === 'alerts.no_scores_conflict') return null;
            throw error;
          })
        : null;
      return request.inScope((db) =>
        setDetector(db, detectorId, body, preview?.count ?? null, platform.clock.now()),
      );
    },
  );
}

export function alertsRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app, platform);
  foldedRoute(app, platform);
  trialRoutes(app, platform);
  settleRoutes(app, platform);
  falseAlarmRoute(app, platform);
  reopenRoute(app, platform);
  runRoutes(app, platform);
}
