import {
  appraisal,
  appraisalQuery,
  idParams,
  ofSegments,
  taskDone,
  taskInput,
  taskList,
  taskListQuery,
  taskPatch,
  taskReopen,
  taskRow,
  teamLoad,
  worklist,
  worklistQuery,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { withVersionSeen } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { getTask } from './find-tasks.js';
import { getAppraisal } from './get-appraisal.js';
import { getCalendar } from './get-calendar.js';
import { getTeamLoad } from './get-team-load.js';
import { getWorklist } from './get-worklist.js';
import { reopenTask } from './reopen-task.js';
import { createTask, finishTask, updateTask } from './write-task.js';

const tags = ['tasks'];
const read = { permission: 'tasks:read' } as const;
const write = { permission: 'tasks:write' } as const;

async function todayOf(db: Db, platform: Platform): Promise<string> {
  return dayIn((await readSettings(db)).timeZone, platform.clock.now());
}

function listRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/worklist',
    {
      config: read,
      schema: {
        tags,
        summary: 'What to do first: open warnings and tasks by value an hour',
        querystring: worklistQuery,
        response: { 200: worklist },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { query, principal } = request;
        const others = query.whose === 'team' || (query.userId ?? principal.userId) !== principal.userId;
        if (others && !principal.permissions.has('tasks:read-team')) throw new CodedError('app.forbidden');
        return getWorklist(db, { reader: principal, query, today: await todayOf(db, platform) });
      }),
  );
  app.get(
    '/worklist/team',
    {
      config: { permission: 'tasks:read-team' },
      schema: {
        tags,
        summary: 'Who has how much on their hands',
        querystring: ofSegments,
        response: { 200: teamLoad },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        getTeamLoad(db, request.principal, request.query.segmentId, await todayOf(db, platform)),
      ),
  );
  app.get(
    '/tasks',
    {
      config: read,
      schema: {
        tags,
        summary: 'Tasks of some days, done ones included, and the warnings due on them',
        querystring: taskListQuery,
        response: { 200: taskList },
      },
    },
    (request) => request.inScope((db) => getCalendar(db, request.principal, request.query)),
  );
  app.get(
    '/tasks/:id',
    { config: read, schema: { tags, summary: 'One task', params: idParams, response: { 200: taskRow } } },
    (request) => request.inScope((db) => getTask(db, request.params.id)),
  );
}

function appraisalRoute(app: KeziApp): void {
  app.get(
    '/worklist/appraisal',
    {
      config: { permission: 'tasks:read-team' },
      schema: {
        tags,
        summary: 'What became of the value that each person held, against customers alike',
        querystring: appraisalQuery,
        response: { 200: appraisal },
      },
    },
    (request) => request.inScope((db) => getAppraisal(db, request.principal, request.query)),
  );
}

function writeRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/tasks',
    { config: write, schema: { tags, summary: 'Add a task', body: taskInput, response: { 201: taskRow } } },
    async (request, reply) => {
      const made = await request.inScope((db) =>
        createTask(db, request.principal, request.body, platform.clock.now()),
      );
      void reply.code(201);
      return made;
    },
  );
  app.patch(
    '/tasks/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change, postpone or cancel a task',
        params: idParams,
        body: taskPatch,
        response: { 200: taskRow },
      },
    },
    (request) => {
      const { params, body, principal } = request;
      const patch = withVersionSeen(request, body);
      return request.inScope((db) => updateTask(db, principal, params.id, patch, platform.clock.now()));
    },
  );
  app.post(
    '/tasks/:id/done',
    {
      config: write,
      schema: {
        tags,
        summary: 'Finish a task, with what was done written down',
        params: idParams,
        body: taskDone,
        response: { 200: taskRow },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        finishTask(db, request.principal, request.params.id, request.body, {
          now: platform.clock.now(),
          today: await todayOf(db, platform),
        }),
      ),
  );
}

function reopenRoute(app: KeziApp, platform: Platform): void {
  app.post(
    '/tasks/:id/reopen',
    {
      config: write,
      schema: {
        tags,
        summary: 'Put back a task that is done or cancelled, with the warning behind it',
        params: idParams,
        body: taskReopen,
        response: { 200: taskRow },
      },
    },
    (request) => {
      const { params, body, principal } = request;
      const { rowVersion } = withVersionSeen(request, body);
      return request.inScope((db) =>
        reopenTask(db, principal, params.id, { rowVersion, now: platform.clock.now() }),
      );
    },
  );
}

export function tasksRoutes(app: KeziApp, platform: Platform): void {
  listRoutes(app, platform);
  appraisalRoute(app);
  writeRoutes(app, platform);
  reopenRoute(app, platform);
}
