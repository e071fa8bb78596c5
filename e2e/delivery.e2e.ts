import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, seen, takePicture } from './support/browser.js';
import { makeStartedFolder, removeDataFolder, startProgram, type RunningProgram } from './support/program.js';

const password = '一句话最好记，不是吗';

/** What goes out, and what one is told of. */
describe('notices and connections', () => {
  let folder: string;
  let program: RunningProgram;
  let browser: Browser;
  let page: Page;
  let errors: string[];
  let place: Server;
  const heard: string[] = [];

  const send = async (method: 'post' | 'patch', path: string, data: unknown, by = page) => {
    const answer = await by.request[method](`/api/v1${path}`, { data, headers: { origin: program.url } });
    if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
    const text = await answer.text();
    return (text === '' ? {} : JSON.parse(text)) as { id: number; rowVersion: number; customerId: number };
  };

  beforeAll(async () => {
    place = createServer((request, response) => {
      heard.push(String(request.headers['kezi-signature']));
      response.end('{"errcode":0}');
    });
    await new Promise<void>((resolve) => place.listen(0, '127.0.0.1', resolve));
    folder = await makeStartedFolder();
    program = await startProgram(folder);
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, program.url, { height: 1250 }));
    await send('post', '/setup', {
      email: 'zhou@haiyue.example',
      name: '周明',
      password,
      organisationName: '海岳精工有限公司',
    });
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    place?.close();
    await removeDataFolder(folder);
  });

  it('sets the way out up, and tries it', async () => {
    const host = `127.0.0.1:${(place.address() as AddressInfo).port}`;
    await page.goto('/settings/outbound');
    await seen(page.getByText('还没有设置，所以不会发出任何邮件'));
    await page.getByLabel('主机', { exact: true }).fill('smtp.haiyue.example');
    await page.getByLabel('发件人地址').fill('kezi@haiyue.example');
    await page.getByLabel('允许访问的内网主机').fill(host);
    await page.getByRole('button', { name: '保存' }).click();
    await seen(page.getByRole('heading', { name: '测试邮件' }));

    await page.getByRole('button', { name: '新建 Webhook' }).first().click();
    const hook = page.getByRole('dialog', { name: '新建 Webhook' });
    await hook.getByLabel('名称').fill('订单系统');
    await hook.getByLabel('接收地址').fill('https://127.1/kezi');
    await hook.getByRole('button', { name: '创建' }).click();
    await seen(hook.getByText('指向本机或内部网络'));
    await hook.getByLabel('接收地址').fill(`http://${host}/kezi`);
    await hook.getByRole('button', { name: '创建' }).click();
    await seen(hook.getByText(/whsec_/));
    await hook.getByRole('button', { name: '关闭' }).last().click();
    const line = page.getByRole('listitem').filter({ hasText: '订单系统' }).first();
    await line.getByRole('button', { name: '发送测试' }).click();
    await seen(line.getByText('已送达'));
    expect(heard.at(-1)).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);

    await page.getByRole('button', { name: '添加群机器人' }).first().click();
    const robot = page.getByRole('dialog', { name: '添加群机器人' });
    await robot.getByLabel('名称').fill('销售群');
    await robot.getByLabel('机器人地址').fill(`http://${host}/send?key=k9x2`);
    await robot.getByRole('button', { name: '创建' }).click();
    await robot.waitFor({ state: 'hidden' });
    await line.getByRole('button', { name: '投递记录' }).click();
    await seen(line.getByText('test', { exact: true }));
    await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
    await takePicture(page, 'delivery-1-outbound-zh');
    expect(errors).toEqual([]);
  });

  it('lets a person choose, and tells them as it happens', async () => {
    await page.goto('/settings/notices');
    await page.getByLabel('有任务交给我 · 邮件').check();
    await page.getByLabel('开启免打扰').check();
    await takePicture(page, 'delivery-2-mine-zh');
    await page.getByRole('button', { name: '保存' }).click();
    await seen(page.getByText('已保存'));
    await page.goto('/notices');
    await seen(page.getByText('没有通知'));
    const { id } = await send('post', '/users', {
      email: 'lin@haiyue.example',
      name: '林岚',
      role: 'director',
      password,
    });
    expect(id).toBeGreaterThan(0);
    const other = await openPage(browser, program.url);
    await send('post', '/auth/sign-in', { email: 'lin@haiyue.example', password }, other.page);
    const { customerId } = await send(
      'post',
      '/customers',
      { customerNo: 'K-1', name: '华东机械有限公司' },
      other.page,
    );
    const me = (await (await page.request.get('/api/v1/me')).json()) as { id: number };
    for (const title of ['拜访采购总监', '准备年度报价']) {
      const task = { title, dueOn: new Date().toISOString().slice(0, 10), customerId, assigneeId: me.id };
      await send('post', '/tasks', task, other.page);
    }
    // The page hears of it by itself.
    await seen(page.getByRole('link', { name: '通知：2 条未读' }));
    await seen(page.getByText('有一项任务交给了你：准备年度报价'));
    await takePicture(page, 'delivery-3-notices-zh');
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await seen(page.getByRole('link', { name: '通知', exact: true }));
    await other.page.context().close();
    expect(errors).toEqual([]);
  });

  it('reads in English, and on a phone in the dark', async () => {
    await send('patch', '/me/preferences', { language: 'en-US', theme: 'dark' });
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of ['/settings/notices', '/notices', '/settings/outbound']) {
      await page.goto(path);
      await seen(page.getByRole('heading', { level: 1 }));
      await seen(page.getByRole('button').nth(5));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await takePicture(page, `delivery-phone${path.replaceAll('/', '-')}-en`);
    }
    expect(errors).toEqual([]);
  });
});
