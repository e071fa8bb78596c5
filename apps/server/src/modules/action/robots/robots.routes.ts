import {
  idParams,
  robotInput,
  robotList,
  robotPatch,
  robotRow,
  testResult,
  type TestResult,
} from '@kezi/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { readAllowedHosts } from '../../../platform/outbound/outbound-settings.js';
import type { Platform } from '../../../platform/platform.js';
import { openRobot, tellGroup } from './send-robot.js';
import { changeRobot, createRobot, findRobots, removeRobot, robotToKeep } from './write-robot.js';

const tags = ['robots'];
const write = { permission: 'robots:write' } as const;

const testWords = {
  'zh-CN': { title: 'Kezi 客资', line: '这是一条测试消息：群机器人设置成功。' },
  'en-US': { title: 'Kezi', line: 'This is a test: the robot of this group is set up.' },
} as const;

const writerOf = (platform: Platform, request: FastifyRequest) => ({
  principal: request.principal,
  box: platform.box,
  now: platform.clock.now(),
});

async function testRobot(platform: Platform, request: FastifyRequest, robotId: number): Promise<TestResult> {
  const { robot, allowedHosts } = await request.inScope(async (db) => {
    await robotToKeep(db, robotId, request.principal);
    await writeAudit(db, { action: 'robot.tested', subject: 'robot', subjectId: robotId });
    return { robot: await openRobot(platform, db, robotId), allowedHosts: await readAllowedHosts(db) };
  });
  const failure = (error: string) => ({ ok: false, status: null, error, answer: '', milliseconds: 0 });
  if (!robot || robot.url === null) return failure('outbound.secret_lost');
  const { title, line } = testWords[request.language];
  const { vendor, url, secret } = robot;
  const text = { title, lines: [{ text: line }] };
  const attempt = await tellGroup(platform, { vendor, url, secret }, text, allowedHosts);
  if (attempt.end === 'held') return failure('app.rate_limited');
  const { status, answer, milliseconds } = attempt;
  const error = attempt.end === 'failed' ? attempt.error : null;
  return { ok: error === null, status, error, answer, milliseconds };
}

export function robotsRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/robots',
    {
      config: { permission: 'robots:read' },
      schema: { tags, summary: 'Robots of groups', response: { 200: robotList } },
    },
    (request) => request.inScope(async (db) => ({ items: await findRobots(db) })),
  );
  app.post(
    '/robots',
    {
      config: write,
      schema: { tags, summary: 'Add the robot of a group', body: robotInput, response: { 201: robotRow } },
    },
    async (request, reply) => {
      const made = await request.inScope((db) => createRobot(db, request.body, writerOf(platform, request)));
      void reply.code(201);
      return made;
    },
  );
  app.patch(
    '/robots/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a robot',
        params: idParams,
        body: robotPatch,
        response: { 200: robotRow },
      },
    },
    (request) =>
      request.inScope((db) => changeRobot(db, request.params.id, request.body, writerOf(platform, request))),
  );
  app.delete(
    '/robots/:id',
    {
      config: write,
      schema: { tags, summary: 'Remove a robot', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await request.inScope((db) => removeRobot(db, request.params.id, request.principal));
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/robots/:id/test',
    {
      config: { ...write, idempotent: false, rateLimit: { max: 10, timeWindow: '1 minute' } },
      schema: {
        tags,
        summary: 'Say something in the group and wait for the answer',
        params: idParams,
        response: { 200: testResult },
      },
    },
    (request) => testRobot(platform, request, request.params.id),
  );
}
