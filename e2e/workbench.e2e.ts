import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, seen, takePicture } from './support/browser.js';
import { makeDemoFolder, signInAtDemo } from './support/demo-company.js';
import { until } from './support/drill-company.js';
import { removeDataFolder, startProgram, type RunningProgram } from './support/program.js';

/** The workbench of those who sell and those who lead, on the made-up company. */
describe('the workbench', () => {
  let folder: string;
  let program: RunningProgram;
  let browser: Browser;
  let page: Page;
  let errors: string[];
  let posted = 0;

  const get = async <Body>(path: string) => {
    const answer = await page.request.get(`/api/v1${path}`);
    if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
  const send = async (method: 'post' | 'patch', path: string, data: unknown) => {
    const answer = await page.request[method](`/api/v1${path}`, {
      data,
      headers: { origin: program.url, 'idempotency-key': `workbench-${++posted}` },
    });
    if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
    const text = await answer.text();
    return (text === '' ? {} : JSON.parse(text)) as { jobId?: number };
  };
  const finished = async (jobId: number) =>
    until('The job is done', async () => (await get<{ status: string }>(`/jobs/${jobId}`)).status === 'done');

  beforeAll(async () => {
    folder = await makeDemoFolder();
    program = await startProgram(folder);
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, program.url));
    await signInAtDemo(page, program.url);
    const { jobId } = await send('post', '/warnings/runs', undefined);
    await finished(jobId ?? 0);
    await until('There are warnings', async () =>
      (await get<{ items: { detectorId: string }[] }>('/warnings?limit=200')).items.some(
        ({ detectorId }) => detectorId === 'contract-ending',
      ),
    );
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    await removeDataFolder(folder);
  });

  it('asks of a warning what the tier is worth', async () => {
    await page.goto('/action/detectors');
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: '逾期未付' }) });
    await card.getByRole('button', { name: '按等级设置' }).click();
    const dialog = page.getByRole('dialog', { name: '逾期未付' });
    await dialog.getByRole('spinbutton', { name: '战略客户 几天内处理' }).fill('1');
    await dialog.getByRole('textbox', { name: '战略客户 建议做法' }).fill('总监亲自打电话，当天约定回款日');
    await takePicture(page, 'workbench-2-policy-zh');
    await dialog.getByRole('button', { name: '保存' }).click();
    await seen(card.getByText('1 个等级单独设置'));
    expect(errors).toEqual([]);
  });

  it('makes tasks by rule and shows them by the month', async () => {
    await page.goto('/action/task-rules');
    await page.getByRole('textbox', { name: '做什么' }).fill('进入有风险：三天内打电话');
    await page.getByRole('button', { name: '添加阶段任务' }).click();
    await seen(page.getByRole('heading', { name: '进入有风险：三天内打电话' }));
    await takePicture(page, 'workbench-3-rules-zh');
    await until('A rule has made tasks', async () =>
      (await get<{ rules: { open: number }[] }>('/task-rules')).rules.some(({ open }) => open > 0),
    );
    const today = new Date().toISOString().slice(0, 10);
    await send('post', '/tasks', { title: '准备季度复盘', dueOn: today });
    await page.goto('/today/week?view=month&whose=mine');
    await seen(page.getByText('准备季度复盘'));
    await takePicture(page, 'workbench-4-month-zh');
    expect(errors).toEqual([]);
  });

  it('shows the team its load', async () => {
    await page.goto('/today/team');
    await seen(page.getByRole('heading', { name: '价值变化评价' }));
    await seen(page.getByRole('row').nth(2));
    await takePicture(page, 'workbench-5-team-zh');
    expect(errors).toEqual([]);
  });

  it('packs what is known for a negotiation, on a page and on paper', async () => {
    const { items } = await get<{ items: { customerId: number; detectorId: string }[] }>(
      '/warnings?limit=200',
    );
    const customerId = items.find(({ detectorId }) => detectorId === 'contract-ending')?.customerId ?? 0;
    await page.goto(`/customers/${customerId}?tab=warnings`);
    await page.getByRole('link', { name: '谈判包' }).click();
    await seen(page.getByText('亏本线', { exact: true }));
    await takePicture(page, 'workbench-6-pack-zh');
    const pdf = await page.request.get(`/api/v1/customers/${customerId}/pack.pdf`);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    expect(errors).toEqual([]);
  });

  it('names who may be won over and who may rise', async () => {
    await page.goto('/action/prospects');
    await seen(page.getByRole('heading', { name: '挖角风险' }));
    await page.getByText(/^准不准/).click();
    await seen(page.getByRole('cell', { name: '竞争对手在场' }));
    await takePicture(page, 'workbench-7-prospects-zh');
    await page.getByText(/^成长候选 \d+$/).click();
    await seen(page.getByRole('heading', { name: '成长候选' }));
    expect(errors).toEqual([]);
  });

  it('reads in English, and on a phone in the dark', async () => {
    await send('patch', '/me/preferences', { language: 'en-US', theme: 'dark' });
    const state = await page.context().storageState();
    const open = async (width: number, height: number, colorScheme: 'light' | 'dark') => {
      const context = await browser.newContext({
        baseURL: program.url,
        storageState: state,
        viewport: { width, height },
        colorScheme,
        locale: 'en-US',
      });
      return context.newPage();
    };
    const { items } = await get<{ items: { customerId: number; detectorId: string }[] }>(
      '/warnings?limit=200',
    );
    const customerId = items.find(({ detectorId }) => detectorId === 'contract-ending')?.customerId ?? 0;
    const desk = await open(1440, 900, 'light');
    await desk.goto(`/customers/${customerId}/pack`);
    await seen(desk.getByText('At a loss beyond', { exact: true }));
    await takePicture(desk, 'workbench-6-pack-en');
    await desk.goto('/today/team');
    await seen(desk.getByRole('row').nth(2));
    await takePicture(desk, 'workbench-5-team-en');
    const phone = await open(390, 844, 'dark');
    await phone.goto('/today/week?view=month&whose=mine');
    await seen(phone.getByText('准备季度复盘'));
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await takePicture(phone, 'workbench-4-month-phone-en');
  });
});
