import { CodedError } from '@kezi/contract/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStream } from '../../testing/open-stream.js';
import { testServer } from '../../testing/test-server.js';
import { until } from '../../testing/until.js';
import { listenTo } from '../events/listen-to.js';
import { emitEvent } from '../events/emit-event.js';
import { defineJob } from './define-job.js';
import { enqueueJob } from './enqueue-job.js';
import { makePool } from '../db/pool.js';
import { makeJobRunner } from './job-runner.js';

const server = await testServer();
const { platform, users } = server;
const log: string[] = [];
const gate: { open: () => void; opened: Promise<void> } = {
  open: () => undefined,
  opened: Promise.resolve(),
};

const adds = defineJob({
  kind: 'test.adds',
  params: z.object({ a: z.int(), b: z.int() }),
  async run(job, { a, b }) {
    await job.report({ stage: 'adding', done: 1, total: 1 });
    const seen = await job.inScope((db) => db.selectFrom('app_user').select('id').execute());
    return { sum: a + b, seen: seen.length };
  },
});
const fails = defineJob({
  kind: 'test.fails',
  params: z.object({ foreseen: z.boolean() }),
  run(job, { foreseen }) {
    log.push(`attempt ${job.attempt}`);
    throw foreseen ? new CodedError('files.not_found') : new Error('secret of the house');
  },
});
const waits = defineJob({
  kind: 'test.waits',
  params: z.object({}),
  async run(job) {
    log.push(`waits ${job.attempt}`);
    gate.open();
    await new Promise((_done, fail) =>
      job.signal.addEventListener('abort', () => fail(job.signal.reason as Error)),
    );
  },
});
/** Fails the first time, and meanwhile somebody has asked for another of its key. */
const overtaken = defineJob({
  kind: 'test.overtaken',
  params: z.object({ first: z.boolean() }),
  async run(job, { first }) {
    if (!first) return;
    await job.inScope((db) => enqueueJob(db, overtaken, { first: false }, { key: 'overtaken' }));
    throw new Error('the first of two');
  },
});
const inTurn = defineJob({
  kind: 'test.in-turn',
  params: z.object({ turn: z.int() }),
  exclusive: 'test',
  async run(_job, { turn }) {
    log.push(`turn ${turn}`);
  },
});
const heard: number[] = [];
const listener = listenTo('user.changed', async ({ userId }) => {
  if (userId !== 7) return;
  heard.push(userId);
  if (heard.length === 1) throw new Error('the first time it fails');
});

const runner = () =>
  makeJobRunner({
    platform,
    ownerUrl: server.data.address.ownerUrl,
    jobs: [adds, fails, waits, overtaken, inTurn],
    listeners: [listener],
    channels: [],
    hourly: [],
    concurrency: 2,
  });

const asMember = <T>(work: Parameters<typeof platform.db.inScope<T>>[1]) =>
  platform.db.inScope({ userId: users.member.userId, scope: 'own', teamIds: [] }, work);

const statusOf = async (jobId: number) => (await users.member.get(`/jobs/${jobId}`)).body.status as string;

describe('a job', () => {
  it('does not exist when the transaction that asked for it is undone', async () => {
    await expect(
      asMember(async (db) => {
        await enqueueJob(db, adds, { a: 1, b: 2 });
        throw new Error('undo');
      }),
    ).rejects.toThrow('undo');
    expect((await users.member.get('/jobs')).body.items).toEqual([]);
  });

  it('runs with the eyes of the user who asked for it and keeps its result', async () => {
    const jobId = await asMember((db) => enqueueJob(db, adds, { a: 20, b: 22 }));
    expect(await statusOf(jobId)).toBe('queued');
    const jobs = runner();
    await jobs.runWaiting();
    await jobs.stop();
    const { body } = await users.member.get(`/jobs/${jobId}`);
    expect(body).toMatchObject({
      status: 'done',
      result: { sum: 42, seen: 1 },
      attempt: 1,
      createdBy: users.member.userId,
      progress: { stage: 'adding', done: 1, total: 1 },
    });
    const stream = await users.member.get<string>(`/jobs/${jobId}/events`);
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const [, data] = /event: job\ndata: (.*)\n\n$/.exec(stream.body) ?? [];
    expect(JSON.parse(data ?? 'null')).toMatchObject({ id: jobId, status: 'done' });
  });

  it('is watched until it ends, and the stream of a user who loses access ends at once', async () => {
    const jobId = await asMember((db) => enqueueJob(db, adds, { a: 3, b: 4 }));
    const watched = await openStream(server.app, users.member, `/jobs/${jobId}/events`, '"queued"');
    const ended = await openStream(server.app, users.stranger, '/events');
    const jobs = runner();
    await jobs.runWaiting();
    await jobs.stop();
    const states = [...(await watched.whole).matchAll(/"status":"(\w+)"/g)].map(([, status]) => status);
    expect([states[0], states.at(-1)]).toEqual(['queued', 'done']);
    const disable = { disabled: true };
    expect((await users.administrator.patch(`/users/${users.stranger.userId}`, disable)).status).toBe(200);
    await ended.whole;
    expect((await users.stranger.get('/events')).status).toBe(401);
  });

  it('runs in its turn, wherever the queue keeps it', async () => {
    log.length = 0;
    await asMember(async (db) => {
      for (const turn of [1, 2, 3]) await enqueueJob(db, inTurn, { turn });
    });
    // A row that is written again lies behind the others, as does one that takes the place of a deleted one.
    const owner = makePool({
      url: server.data.address.ownerUrl,
      name: 'test',
      max: 1,
      onError: () => undefined,
    });
    for (const priority of [1, 0]) {
      await owner.query(
        `update graphile_worker._private_jobs set priority = $1
         where id = (select min(job.id) from graphile_worker._private_jobs job
           join graphile_worker._private_job_queues queue on queue.id = job.job_queue_id
           where queue.queue_name = 'test')`,
        [priority],
      );
    }
    await owner.end();
    const jobs = runner();
    await jobs.start();
    await until(() => log.length === 3);
    await jobs.stop();
    expect(log).toEqual(['turn 1', 'turn 2', 'turn 3']);
  });

  it('that failed leaves the work to one that was asked for meanwhile', async () => {
    const first = await asMember((db) => enqueueJob(db, overtaken, { first: true }, { key: 'overtaken' }));
    const jobs = runner();
    await jobs.runWaiting();
    await jobs.stop();
    expect(await statusOf(first)).toBe('failed');
    const { body } = await users.member.get('/jobs');
    const all = body.items.filter(({ kind }: { kind: string }) => kind === 'test.overtaken');
    expect(all.map(({ status, attempt }: never) => [status, attempt])).toEqual([
      ['done', 1],
      ['failed', 1],
    ]);
  });

  it('of another user is not there for those who may not see it', async () => {
    const jobId = await asMember((db) => enqueueJob(db, adds, { a: 1, b: 1 }));
    for (const path of [`/jobs/${jobId}`, `/jobs/${jobId}/events`]) {
      expect((await users.manager.get(path)).body.code).toBe('jobs.not_found');
    }
    expect((await users.manager.post(`/jobs/${jobId}/cancel`)).body.code).toBe('jobs.not_found');
    expect((await users.administrator.get(`/jobs/${jobId}`)).status).toBe(200);
    expect((await users.member.post(`/jobs/${jobId}/cancel`)).body.status).toBe('cancelled');
  });

  it('with a key waits once', async () => {
    const ask = () => asMember((db) => enqueueJob(db, adds, { a: 2, b: 2 }, { key: 'one' }));
    expect(await ask()).toBe(await ask());
  });

  it('that fails for a reason we know is not asked again, and says why in the language of the reader', async () => {
    log.length = 0;
    const jobId = await asMember((db) => enqueueJob(db, fails, { foreseen: true }));
    const jobs = runner();
    await jobs.runWaiting();
    await jobs.stop();
    expect(log).toEqual(['attempt 1']);
    expect((await users.member.get(`/jobs/${jobId}`)).body).toMatchObject({
      status: 'failed',
      error: { code: 'files.not_found', detail: '没有这个文件。' },
    });
  });

  it('that fails for a reason we do not know is asked again and tells nothing of it', async () => {
    log.length = 0;
    const jobId = await asMember((db) => enqueueJob(db, fails, { foreseen: false }));
    for (let round = 0; round < 3; round++) {
      const jobs = runner();
      await jobs.start();
      await until(() => log.length > round);
      await until(async () => (await statusOf(jobId)) !== 'running');
      await jobs.stop();
    }
    expect(log).toEqual(['attempt 1', 'attempt 2', 'attempt 3']);
    const { body } = await users.member.get(`/jobs/${jobId}`);
    expect([body.status, body.error.code]).toEqual(['failed', 'app.internal']);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('is cancelled while it runs', async () => {
    gate.opened = new Promise((done) => (gate.open = done));
    const jobId = await asMember((db) => enqueueJob(db, waits, {}));
    const jobs = runner();
    await jobs.start();
    await gate.opened;
    expect((await users.member.post(`/jobs/${jobId}/cancel`)).status).toBe(200);
    await until(async () => (await statusOf(jobId)) === 'cancelled');
    await jobs.stop();
  });

  it('goes on after the program has stopped in the middle', async () => {
    log.length = 0;
    gate.opened = new Promise((done) => (gate.open = done));
    const jobId = await asMember((db) => enqueueJob(db, waits, {}));
    const first = runner();
    await first.start();
    await gate.opened;
    await first.stop();
    expect(await statusOf(jobId)).toBe('queued');
    gate.opened = new Promise((done) => (gate.open = done));
    const second = runner();
    await second.start();
    await gate.opened;
    expect(log).toEqual(['waits 1', 'waits 2']);
    await users.member.post(`/jobs/${jobId}/cancel`);
    await until(async () => (await statusOf(jobId)) === 'cancelled');
    await second.stop();
  });
});

describe('an event', () => {
  it('is heard after the commit, and again when the listener failed', async () => {
    await expect(
      asMember(async (db) => {
        await emitEvent(db, 'user.changed', { userId: 1 });
        throw new Error('undo');
      }),
    ).rejects.toThrow('undo');
    await asMember((db) => emitEvent(db, 'user.changed', { userId: 7 }));
    const jobs = runner();
    await jobs.start();
    await until(() => Promise.resolve(heard.length >= 1));
    await jobs.stop();
    const again = runner();
    await again.start();
    await until(() => Promise.resolve(heard.length >= 2));
    await again.stop();
    expect(heard.slice(0, 2)).toEqual([7, 7]);
  });
});
