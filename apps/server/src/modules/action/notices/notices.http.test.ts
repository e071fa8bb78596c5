import { noticePage, noticeSettings, type NoticeSettingsPatch } from '@kezi/contract';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { queueDue } from '../../../platform/outbound/put-delivery.js';
import { made } from '../../../testing/customer-records.js';
import { mailPlace } from '../../../testing/mail-place.js';
import { outsidePlace } from '../../../testing/outside-place.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';
import { sendDigests } from './daily-digest.js';

// Ten in the morning in Shanghai.
const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { users, clock } = server;
const mail = await mailPlace();
const group = await outsidePlace();
group.answers(200, '{"errcode":0}');

const outbound = async (change: object) => {
  const { rowVersion } = (await users.administrator.get('/outbound')).body;
  const { status, body } = await users.administrator.patch('/outbound', { ...change, rowVersion });
  expect([status, body.code]).toEqual([200, undefined]);
};
const goTo = async (moment: string) => {
  clock.set(moment);
  await server.asSystem((db) => queueDue(db, clock.now()));
  await server.runJobs();
};
const settingsOf = async (client: TestClient) =>
  noticeSettings.parse((await client.get('/me/notice-settings')).body);
const wish = async (client: TestClient, change: Omit<NoticeSettingsPatch, 'rowVersion'>) => {
  const { rowVersion } = await settingsOf(client);
  const { status } = await client.patch('/me/notice-settings', { ...change, rowVersion });
  expect(status).toBe(200);
};
const noticesOf = async (client: TestClient) => noticePage.parse((await client.get('/me/notices')).body);

const customerId = (await made(users.member)).customerId as number;
let tasks = 0;
const assign = async (dueOn = '2026-03-20') => {
  const title = `<b>拜访</b> ${++tasks}`;
  const assigneeId = users.member.userId;
  const { status } = await users.manager.post('/tasks', { title, dueOn, customerId, assigneeId });
  expect(status).toBe(201);
  await server.runJobs();
  return title;
};

describe('where no mail server is set up', () => {
  it('says so, sends nothing, and tells in the page alone', async () => {
    expect((await settingsOf(users.member)).hasMail).toBe(false);
    const test = await users.administrator.post('/outbound/mail-test', {});
    expect([test.status, test.body.code]).toEqual([409, 'outbound.mail_missing_conflict']);
    await wish(users.member, { channels: { 'task.assigned': ['page', 'mail'] } });
    const title = await assign();
    expect(await noticesOf(users.member)).toMatchObject({
      unread: 1,
      items: [{ kind: 'task.assigned', name: title, count: 1, readAt: null }],
    });
    const link = await users.administrator.post(`/users/${users.member.userId}/link`);
    expect(link.body.isMailed).toBe(false);
    expect((await users.administrator.get('/deliveries')).body.items).toEqual([]);
  });

  it('shows a person his own, and lets him say that he has read them', async () => {
    expect((await noticesOf(users.administrator)).items).toEqual([]);
    const { items } = await noticesOf(users.member);
    const noticeIds = items.map(({ noticeId }) => noticeId);
    expect((await users.stranger.post('/me/notices/read', { noticeIds })).status).toBe(204);
    expect((await noticesOf(users.member)).unread).toBe(1);
    expect((await users.member.post('/me/notices/read', { noticeIds })).status).toBe(204);
    expect((await noticesOf(users.member)).unread).toBe(0);
  });
});

describe('mail', () => {
  it('is tested by the administrator, and its password is never read back', async () => {
    await outbound({
      mailHost: '127.0.0.1',
      mailPort: mail.port,
      mailSecurity: 'none',
      mailFrom: 'kezi@example.com',
      pageAddress: 'https://kezi.example/',
      allowedHosts: [group.host],
    });
    expect((await users.administrator.post('/outbound/mail-test', {})).body).toMatchObject({ ok: true });
    expect(mail.mails()).toHaveLength(1);
    mail.refuses(true);
    const refused = (await users.administrator.post('/outbound/mail-test', { to: 'x@example.com' })).body;
    expect(refused).toMatchObject({ ok: false, status: 550, error: 'outbound.mail_refused' });
    mail.refuses(false);
    await outbound({ mailPassword: 'geheim' });
    expect((await users.administrator.get('/outbound')).raw.body).not.toContain('geheim');
    const [row] = await server.asSystem((db) =>
      db.selectFrom('outbound_setting').select('mail_password').execute(),
    );
    expect(row!.mail_password).not.toContain('geheim');
    await outbound({ mailPassword: null });
  });

  it('carries the link by which a person gets in, and forgets it', async () => {
    const { body } = await users.administrator.post(`/users/${users.stranger.userId}/link`);
    expect(body.isMailed).toBe(true);
    await server.runJobs();
    expect(mail.mails().at(-1)).toContain(`https://kezi.example/enter#${body.token}`);
    const [delivery] = await server.asSystem((db) =>
      db.selectFrom('delivery').selectAll().where('kind', '=', 'reset').execute(),
    );
    expect(delivery).toMatchObject({ status: 'sent', sealed: null });
    expect(JSON.stringify(delivery)).not.toContain(body.token);
    const access = async () =>
      (await users.administrator.get(`/users/${users.stranger.userId}/access`)).body.linkMail;
    expect(await access()).toEqual({ state: 'sent', error: null, problem: null });
    // Whoever invites is told that a mail did not go out.
    mail.refuses(true);
    clock.advance(1000);
    await users.administrator.post(`/users/${users.stranger.userId}/link`);
    expect(await access()).toEqual({ state: 'waiting', error: null, problem: null });
    await server.runJobs();
    expect(await access()).toMatchObject({
      error: 'outbound.mail_refused',
      problem: expect.stringContaining('发信服务器不接受'),
    });
    mail.refuses(false);
  });

  it('carries the newest link alone, where several were made while no mail went out', async () => {
    const before = mail.mails().length;
    const made = [];
    for (let count = 0; count < 3; count++) {
      clock.advance(1000);
      made.push(
        (await users.administrator.post(`/users/${users.stranger.userId}/link`)).body.token as string,
      );
    }
    await server.runJobs();
    const sent = mail.mails().slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain(made[2]);
  });

  it('bundles what is not urgent, and keeps what a person typed as text', async () => {
    const before = mail.mails().length;
    const titles = [await assign(), await assign()];
    expect(mail.mails()).toHaveLength(before);
    await goTo('2026-03-02T02:06:00Z');
    expect(mail.mails()).toHaveLength(before + 1);
    const text = mail.mails().at(-1)!;
    for (const title of titles) expect(text).toContain(title);
    expect(text).toContain('&lt;b&gt;拜访&lt;/b&gt;');
    expect(text).toContain('https://kezi.example/today');
  });

  it('waits for the end of quiet hours, and what was read meanwhile is not sent', async () => {
    await wish(users.member, { quietFrom: '22:00', quietUntil: '08:00', urgentPasses: false });
    await goTo('2026-03-02T15:00:00Z');
    const before = mail.mails().length;
    await assign('2026-03-02');
    await goTo('2026-03-02T23:55:00Z');
    expect(mail.mails()).toHaveLength(before);
    await goTo('2026-03-03T00:00:30Z');
    expect(mail.mails()).toHaveLength(before + 1);
    await goTo('2026-03-03T15:00:00Z');
    await assign();
    clock.advance(60_000);
    await users.member.post('/me/notices/read', {});
    await goTo('2026-03-04T00:01:00Z');
    expect(mail.mails()).toHaveLength(before + 1);
  });

  it('sums up the day at its hour, once', async () => {
    await wish(users.member, { digestHour: 9 });
    const { customerId: warned } = await made(users.member, { name: '恒昌机械' });
    await server.asSystem(async (db) => {
      for (const [detectorId, atRisk] of [
        ['overdue', 9],
        ['concentration', 8],
      ] as const) {
        await sql`
          insert into warning (customer_id, owner_id, team_id, detector_id, status, score, value_at_risk, clv, raised_on, due_on,
            seen_on)
          select customer_id, owner_id, team_id, ${detectorId}, 'open', 1, ${atRisk}, 10, '2026-03-01', '2026-03-09', '2026-03-01'
          from customer where customer_id = ${warned}::bigint`.execute(db);
      }
    });
    await sendDigests(server.platform);
    await goTo('2026-03-04T00:30:00Z');
    const before = mail.mails().length;
    clock.set('2026-03-04T01:02:00Z');
    for (let i = 0; i < 2; i++) await sendDigests(server.platform);
    await server.runJobs();
    expect(mail.mails()).toHaveLength(before + 1);
    expect(mail.mails().at(-1)).toContain('到期的任务 1 项');
    // A customer is named once, with all that it was warned of.
    expect(mail.mails().at(-1)).toContain('恒昌机械：该来未来、过于集中');
  });

  it('refuses settings that were changed elsewhere', async () => {
    const { status, body } = await users.member.patch('/me/notice-settings', {
      digestHour: 7,
      rowVersion: 1,
    });
    expect([status, body.code]).toEqual([409, 'notices.changed']);
  });
});

describe('robots of groups', () => {
  const url = `http://${group.host}/robot/send?access_token=topsecret`;
  const robot = { name: '北方群', vendor: 'dingtalk', url, secret: 'SEC1', kinds: ['warning.raised'] };

  it('are of a team that their maker sees, and lead to the vendor alone', async () => {
    const { north1, south } = users.teams;
    const bad = { ...robot, url: 'https://example.com/robot/send' };
    expect((await users.manager.post('/robots', { ...bad, teamId: north1 })).body.code).toBe(
      'robots.host_refused',
    );
    expect((await users.manager.post('/robots', { ...robot, teamId: south })).body.code).toBe(
      'robots.team_forbidden',
    );
    expect((await users.manager.post('/robots', { ...robot, teamId: null })).body.code).toBe(
      'robots.team_forbidden',
    );
    const ok = await users.manager.post('/robots', { ...robot, teamId: north1 });
    expect(ok.status).toBe(201);
    expect(ok.raw.body).not.toContain('topsecret');
    expect((await users.member.get('/robots')).body.items).toHaveLength(1);
    expect((await users.stranger.get('/robots')).body.items).toEqual([]);
    const test = await users.manager.post(`/robots/${ok.body.robotId}/test`);
    expect(test.body).toMatchObject({ ok: true });
    expect(group.heard.at(-1)!.url).toMatch(/access_token=topsecret&timestamp=\d+&sign=/);
    group.answers(200, '{"errcode":310000,"errmsg":"sign not match"}');
    expect((await users.manager.post(`/robots/${ok.body.robotId}/test`)).body).toMatchObject({
      ok: false,
      error: 'robots.answered_error',
    });
    group.answers(200, '{"errcode":0}');
  });

  it('speak 20 times a minute at most; the rest comes later', async () => {
    const { robotId } = (await users.member.get('/robots')).body.items[0];
    await wish(users.member, {
      robotId,
      channels: { 'task.assigned': ['robot'] },
      quietFrom: null,
      quietUntil: null,
      urgentPasses: true,
    });
    const before = group.heard.length;
    // Due today, so that each goes at once.
    for (let i = 0; i < 22; i++) await assign('2026-03-01');
    expect(group.heard.length - before).toBe(20);
    await goTo('2026-03-04T01:04:00Z');
    expect(group.heard.length - before).toBe(22);
    expect((await noticesOf(users.member)).unread).toBe(0);
  });
});
