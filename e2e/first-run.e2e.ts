import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, seen, takePicture } from './support/browser.js';
import { makeDataFolder, removeDataFolder, startProgram, type RunningProgram } from './support/program.js';

interface Seen {
  sawForm: (text: string) => void;
}

/** From nothing to a valued company, as the first person who starts the program sees it. */
describe('first run', () => {
  let folder: string;
  let program: RunningProgram;
  let browser: Browser;
  let page: Page;
  let errors: string[];
  /** The interval of the total, as the overview says it. */
  let totalText = '';

  beforeAll(async () => {
    folder = await makeDataFolder();
    program = await startProgram(folder);
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, program.url));
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    await removeDataFolder(folder);
  });

  it('asks for the administrator, with no default password', async () => {
    const english = await openPage(browser, program.url, { language: 'en-US' });
    await english.page.goto('/');
    // It speaks the browser's language until somebody chooses another.
    await english.page.getByRole('button', { name: '中文' }).click();
    await seen(english.page.getByLabel('公司名称'));
    await english.page.getByRole('button', { name: 'English' }).click();
    await english.page.getByLabel('Company').fill('Haiyue Precision');
    await english.page.getByLabel('Your name').fill('Ming Zhou');
    await english.page.getByLabel('Email').fill('zhou@haiyue.example');
    await english.page.getByLabel('Choose a password').fill('one long sentence is enough');
    await takePicture(english.page, 'start-1-setup-en');
    await english.page.context().close();
    expect(english.errors).toEqual([]);
    await page.goto('/');
    await page.getByLabel('公司名称').fill('海岳精工有限公司');
    await page.getByLabel('你的姓名').fill('周明');
    await page.getByLabel('邮箱').fill('zhou@haiyue.example');
    await page.getByLabel('设置密码').fill('一句话最好记，不是吗');
    await takePicture(page, 'start-1-setup-zh');
    await page.getByRole('button', { name: '建立并登录' }).click();
    await seen(page.getByText('载入演示公司'));
    expect(new URL(page.url()).pathname).not.toBe('/sign-in');
    await takePicture(page, 'start-2-data-zh');
  });

  it('shows the demo coming in, stage by stage, and does not fall back to the first form on the way', async () => {
    const forms: string[] = [];
    await page.exposeFunction('sawForm', (text: string) => forms.push(text));
    await page.evaluate(() => {
      const look = () => {
        if (document.querySelector('input[type=password]')) (window as never as Seen).sawForm('password');
      };
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    });
    await page.getByText('载入演示公司').click();
    await seen(page.getByText('正在载入演示公司'));
    await seen(page.getByRole('progressbar'));
    await seen(page.getByRole('listitem').filter({ hasText: '订单' }));
    await takePicture(page, 'start-3-demo-zh');
    await page.getByText('演示公司已载入').waitFor({ timeout: 150_000 });
    await seen(page.getByRole('button', { name: '查看客户价值' }));
    expect(forms).toEqual([]);
  });

  it('values the demo, with nothing more to do', async () => {
    await expect
      .poll(
        async () => {
          const answer = await page.request.get('/api/v1/valuation/runs');
          const { items } = (await answer.json()) as { items: { status: string }[] };
          return items.map((run) => run.status);
        },
        { timeout: 170_000, interval: 1000 },
      )
      .toEqual(['published', 'published']);
  });

  it('shows what all customers are worth together, and how sure that is', async () => {
    await page.goto('/value');
    await seen(page.getByRole('heading', { name: '客户资产' }));
    const overview = (await (await page.request.get('/api/v1/overview')).json()) as {
      customers: number;
      total: { customers: number; clv: number; clvLow: number; clvHigh: number };
      top: { name: string }[];
    };
    expect(overview.customers).toBe(2000);
    expect(overview.total.clvLow).toBeLessThan(overview.total.clv);
    await seen(page.getByText(overview.top[0]?.name ?? ''));
    await seen(page.getByText('2,000', { exact: true }));
    const valued = overview.total.customers.toLocaleString('en-US');
    await seen(page.getByText(`已估值 ${valued} 个`));
    await seen(page.getByText('集中度'));
    totalText =
      (await page
        .getByText(/^[\d,]+\s万 至 [\d,]+\s万$/)
        .first()
        .textContent()) ?? '';
    await takePicture(page, 'valuation-2-overview-zh');
  });

  it('has a card for the run, with its models and its back-test', async () => {
    await page.goto('/value/runs');
    await seen(page.getByText('已发布'));
    await page.getByRole('link', { name: /^截至/ }).first().click();
    await seen(page.getByText('Gamma-Gamma'));
    await seen(page.getByRole('columnheader', { name: /^排序相关/ }));
    expect(await page.getByText('已收敛').count()).toBeGreaterThan(0);
    await seen(page.locator('span', { hasText: totalText }).last());
    await takePicture(page, 'valuation-1-run-zh');
  });

  it('says which models were compared, why one is in use, and draws how right it is', async () => {
    const table = page.getByRole('table', { name: '比较过的模型' });
    const names = (await table.getByRole('rowheader').allInnerTexts()).map((text) => text.split('\n')[0]);
    const models = ['BG/CNBD-k', 'BG/NBD', 'MBG/CNBD-k', 'MBG/NBD', 'NBD（不含流失）', 'Pareto/NBD'];
    expect(new Set(names)).toEqual(new Set([...models, '照旧法则', '重演法则']));
    expect(await table.getByText('在用', { exact: true }).count()).toBe(1);
    await seen(page.getByText(`用的是 ${names[0]}：`));
    await table.scrollIntoViewIfNeeded();
    await takePicture(page, 'valuation-3-candidates-zh');
    for (const name of ['累计订单', '分十组校准', '复购次数分布', '活跃概率准不准']) {
      await seen(page.getByRole('figure', { name, exact: true }).locator('canvas, svg'));
    }
    await page.getByRole('region', { name: '模型对不对' }).scrollIntoViewIfNeeded();
    await takePicture(page, 'valuation-4-plots-zh');
    const tracking = page.getByRole('figure', { name: '累计订单' });
    await tracking.hover();
    await tracking.getByRole('button', { name: /^累计订单/ }).click();
    await page.getByRole('menuitem', { name: '查看数据表' }).click();
    const figures = tracking.getByRole('table', { name: '累计订单' });
    expect(await figures.getByRole('row').count()).toBeGreaterThan(50);
  });

  it('lets one ask for any model', async () => {
    await page.goto('/value/runs');
    await page.getByRole('button', { name: '更多选项' }).click();
    await page.getByRole('combobox', { name: '购买模型' }).click();
    const offered = page.locator('.ant-select-item-option-content');
    await seen(offered);
    expect(await offered.allInnerTexts()).toContain('Pareto/NBD');
  });

  it('fits a model to a small table, draws its curves beside what was seen, and asks it about rows', async () => {
    await page.goto('/value/models?model=sbg');
    await page.getByLabel('数据', { exact: true }).fill('period,survivors\n0,1000\n1,1200');
    await page.getByRole('button', { name: '拟合', exact: true }).click();
    await seen(page.getByRole('alert').getByText('第 2 行'));
    await page.getByRole('button', { name: '用示例数据' }).click();
    await page.getByRole('button', { name: '拟合', exact: true }).click();
    // Fader & Hardie (2007), high end: alpha 0.668, beta 3.806.
    await seen(page.getByRole('row', { name: /^alpha 0\.66/ }));
    await seen(page.getByRole('figure', { name: '每期留存率' }).locator('canvas'));
    await page.getByRole('heading', { name: '模型台' }).scrollIntoViewIfNeeded();
    await takePicture(page, 'models-1-fit-zh');
    await page.getByRole('heading', { name: '曲线' }).scrollIntoViewIfNeeded();
    await takePicture(page, 'models-2-curves-zh');
    await page.getByRole('button', { name: '用拟合的数据' }).click();
    await page.getByRole('button', { name: '计算', exact: true }).click();
    await seen(page.getByText('8 行的回答'));
    await seen(page.getByRole('columnheader', { name: 'expected_renewals' }));
    await page.getByRole('radio', { name: /^Cox/ }).check();
    await seen(page.getByText('还要选：时长列'));
    expect(new URL(page.url()).search).toBe('?model=cox');
  });

  it('begins the day with what to do first, and warns with reasons', async () => {
    await expect
      .poll(
        async () => {
          const list = (await (await page.request.get('/api/v1/warnings')).json()) as {
            total: { count: number };
          };
          const stages = (await (await page.request.get('/api/v1/lifecycle')).json()) as {
            asOf: string | null;
          };
          return list.total.count > 0 && stages.asOf !== null;
        },
        { timeout: 170_000, interval: 1000 },
      )
      .toBe(true);
    await page.goto('/');
    await seen(page.getByRole('heading', { name: '今天', exact: true }));
    expect(new URL(page.url()).pathname).toBe('/today');
    const first = page.getByRole('listitem').filter({ hasText: '该来未来' }).first();
    await seen(first.getByText(/^已 \d+ 天没有下单/));
    await takePicture(page, 'warnings-1-today-zh');
    const before = await page.getByRole('listitem').filter({ hasText: '风险金额' }).count();
    await first.getByRole('button', { name: '完成' }).click();
    await page.getByLabel('谈了什么').fill('电话里说下周补单');
    await page.getByRole('button', { name: '记下并完成' }).click();
    await seen(page.getByText('已完成'));
    expect(before).toBeGreaterThan(10);
    const handled = (await (await page.request.get('/api/v1/warnings?status=handled')).json()) as {
      items: { customerId: number; note: string }[];
    };
    expect(handled.items[0]?.note).toBe('电话里说下周补单');
    await page.goto(`/customers/${handled.items[0]?.customerId}?tab=timeline`);
    await seen(page.getByText('电话里说下周补单'));
    await page.goto('/grading/lifecycle');
    await seen(page.getByRole('figure', { name: '阶段流转' }).locator('canvas, svg'));
    await seen(page.getByRole('rowheader', { name: /^\d{4}Q\d$/ }));
    await takePicture(page, 'warnings-2-lifecycle-zh');
  });

  it('gathers customers into a segment, and shows the register of its members', async () => {
    await page.goto('/grading/segments');
    await page.getByRole('button', { name: /^老客户沉默 90 天/ }).click();
    await seen(page.getByRole('table', { name: '其中价值最高的' }).getByRole('link'));
    await takePicture(page, 'segments-1-builder-zh');
    await page.getByRole('button', { name: /^保\s?存$/ }).click();
    await seen(page.getByRole('heading', { name: '老客户沉默 90 天' }));
    await page.goto('/grading/segments');
    const kept = page.getByRole('row').filter({ hasText: '老客户沉默 90 天' });
    await kept.getByRole('link', { name: '查看客户' }).click();
    await seen(page.getByText('客群: 老客户沉默 90 天'));
    expect(new URL(page.url()).searchParams.get('segmentId')).not.toBeNull();
  });

  it('says the same in English, in the dark and on a phone', async () => {
    await page.request.patch('/api/v1/me/preferences', {
      data: { language: 'en-US', theme: 'dark' },
      headers: { origin: program.url },
    });
    const state = await page.context().storageState();
    const phone = await openPage(browser, program.url, {
      language: 'en-US',
      theme: 'dark',
      width: 360,
      height: 780,
    });
    await phone.page.context().addCookies(state.cookies);
    await phone.page.goto('/value');
    await seen(phone.page.getByRole('heading', { name: 'Customer assets' }));
    const overflow = await phone.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await takePicture(phone.page, 'valuation-2-overview-phone-en');
    const desk = await openPage(browser, program.url, { language: 'en-US' });
    await desk.page.context().addCookies(state.cookies);
    await desk.page.goto('/value');
    await seen(desk.page.getByText('Concentration'));
    await takePicture(desk.page, 'valuation-2-overview-en');
    await desk.page.goto('/imports/demo');
    await seen(desk.page.getByRole('button', { name: 'See what customers are worth' }));
    await takePicture(desk.page, 'start-3-demo-en');
    await desk.page.goto('/value/runs');
    await desk.page
      .getByRole('link', { name: /^Valuation as of/ })
      .first()
      .click();
    await seen(desk.page.getByRole('columnheader', { name: /^Rank correlation/ }));
    await takePicture(desk.page, 'valuation-1-run-en');
    await desk.page.getByRole('table', { name: 'Models compared' }).scrollIntoViewIfNeeded();
    await takePicture(desk.page, 'valuation-3-candidates-en');
    await desk.page.getByRole('region', { name: 'Is the model right?' }).scrollIntoViewIfNeeded();
    await takePicture(desk.page, 'valuation-4-plots-en');
    await desk.page.goto('/value/models?model=sbg');
    await desk.page.getByRole('button', { name: 'Use an example' }).click();
    await desk.page.getByRole('button', { name: 'Fit', exact: true }).click();
    await seen(desk.page.getByRole('row', { name: /^alpha 0\.66/ }));
    await takePicture(desk.page, 'models-1-fit-en');
    await seen(desk.page.getByRole('figure', { name: 'Retention' }).locator('canvas'));
    await desk.page.getByRole('heading', { name: 'Curves' }).scrollIntoViewIfNeeded();
    await takePicture(desk.page, 'models-2-curves-en');
    await desk.page.goto('/today');
    await seen(desk.page.getByText('Do these first'));
    await takePicture(desk.page, 'warnings-1-today-en');
    await desk.page.goto('/grading/lifecycle');
    await seen(desk.page.getByRole('figure', { name: 'Flow between stages' }).locator('canvas, svg'));
    await seen(desk.page.getByRole('rowheader', { name: /^\d{4}Q\d$/ }));
    await takePicture(desk.page, 'warnings-2-lifecycle-en');
    await desk.page.goto('/grading/segments/new?template=silent');
    await seen(desk.page.getByRole('table', { name: 'The most valuable of them' }));
    await takePicture(desk.page, 'segments-1-builder-en');
    await phone.page.goto('/today');
    await seen(phone.page.getByText('Do these first'));
    expect(
      await phone.page.evaluate('document.documentElement.scrollWidth - innerWidth'),
    ).toBeLessThanOrEqual(0);
    expect([...errors, ...phone.errors, ...desk.errors]).toEqual([]);
  });
});
