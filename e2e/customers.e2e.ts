import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, seen, signIn, takePicture } from './support/browser.js';
import { keepQuality, mergeDuplicates, pictureQualityInEnglish } from './support/duplicates-at-work.js';
import { keepContacts, logCall, narrowTimeline, pictureInEnglish } from './support/people-at-customer.js';
import { makeDemoFolder, signInAtDemo } from './support/demo-company.js';
import { removeDataFolder, startProgram, type RunningProgram } from './support/program.js';

interface Row {
  customerId: number;
  customerNo: string;
  name: string;
  industry: string | null;
  clv: number | null;
}

/** A name that a spreadsheet would run as a formula. */
const evil = "=cmd|'/c calc'!A1";

/** The register and the page of a customer, as a person works with them, on a small demo company. */
describe('customers', () => {
  let folder: string;
  let program: RunningProgram;
  let browser: Browser;
  let page: Page;
  let errors: string[];
  /** The most valuable customer. */
  let first: Row;
  let unvisited: number;
  let posted = 0;
  const post = async (path: string, data: unknown) => {
    const answer = await page.request.post(`/api/v1${path}`, {
      data,
      headers: { origin: program.url, 'idempotency-key': `e2e-${++posted}` },
    });
    if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
  };
  const list = async (query: string) => {
    const answer = await page.request.get(`/api/v1/customers?${query}`);
    return ((await answer.json()) as { items: Row[] }).items;
  };
  /** Waits until this name stands in the first row. */
  const seesFirst = async (name: string) => {
    await seen(page.locator('[role=row][aria-rowindex="2"]').getByText(name, { exact: true }));
  };

  beforeAll(async () => {
    folder = await makeDemoFolder();
    program = await startProgram(folder);
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, program.url, { width: 1440, height: 900 }));
    await signInAtDemo(page, program.url);
    await post('/customers', { customerNo: 'EVIL', name: evil, industry: '@SUM(A1)' });
    const [best] = await list('sort=clv&order=desc&limit=1');
    if (!best) throw new Error('The demo has no customers.');
    first = best;
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    await removeDataFolder(folder);
  });

  it('shows everyone, best value first, and sorts by another column', async () => {
    await page.goto('/customers');
    await seesFirst(first.name);
    await seen(page.getByText('301 个客户'));
    await takePicture(page, 'customers-1-register-zh');
    await page
      .getByRole('columnheader', { name: /订单数/ })
      .getByRole('button')
      .first()
      .click();
    await page.waitForURL(/sort=-?orders/);
    const order = page.url().includes('sort=-orders') ? 'desc' : 'asc';
    expect(await page.getByRole('columnheader', { name: /订单数/ }).getAttribute('aria-sort')).toMatch(
      order === 'desc' ? 'descending' : 'ascending',
    );
    const [top] = await list(`sort=orders&order=${order}&limit=1`);
    await seesFirst(top?.name ?? '');
  });

  it('narrows by industry and by value, and says so in the address', async () => {
    await page.goto('/customers');
    await page.getByRole('button', { name: '行业', exact: true }).click();
    const choices = page.getByRole('dialog', { name: '行业' });
    await choices.getByRole('checkbox', { name: first.industry ?? '', exact: true }).check();
    await page.keyboard.press('Escape');
    await choices.waitFor({ state: 'detached' });
    await seen(page.getByRole('button', { name: `行业: ${first.industry}` }));
    await page.getByRole('button', { name: '客户价值', exact: true }).click();
    // Full-width digits, as a Chinese keyboard types them.
    await page.getByRole('textbox', { name: '客户价值 最小' }).fill('１');
    await page.waitForURL(/clvMin=10000/);
    const industry = encodeURIComponent(first.industry ?? '');
    const fits = await list(`industry=${industry}&clvMin=10000&sort=clv&order=desc&limit=200`);
    expect(fits.length).toBeGreaterThan(0);
    expect(fits.length).toBeLessThan(300);
    await seen(page.getByText(`${fits.length} 个客户`));
    await seen(page.getByRole('button', { name: '客户价值 ≥ 1 万' }));
    const link = page.url();
    await page.goto('/value');
    await page.goto(link); // what a colleague gets who opens the link
    await seen(page.getByText(`${fits.length} 个客户`));
    await page.getByRole('button', { name: '清除筛选' }).click();
    await seen(page.getByText('301 个客户'));
  });

  it('finds by two characters of a name and by pinyin', async () => {
    const name = first.name;
    const two = name.slice(0, 2);
    const box = page.getByRole('searchbox', { name: '客户名、拼音、首字母或编号' });
    await page.goto('/customers');
    await box.fill(two);
    await page.waitForURL(/q=/);
    const found = await list(`q=${encodeURIComponent(two)}&sort=clv&order=desc&limit=200`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(300);
    await seen(page.getByText(`${found.length} 个客户`));
    await seesFirst(name);
    await post('/customers', { customerNo: 'PY-1', name: '景恒传动设备有限公司' });
    await box.fill('jingheng');
    await seesFirst('景恒传动设备有限公司');
    await box.fill('jhcd');
    await seesFirst('景恒传动设备有限公司');
    await box.press('Escape'); // clears it
    await seesFirst(name);
    expect(page.url()).not.toContain('q=');
  });

  it('keeps filters and columns as a view, and brings them back', async () => {
    await page.goto('/customers?segment=important-value');
    await page.getByRole('button', { name: '列设置' }).click();
    const columns = page.getByRole('dialog', { name: '列设置' });
    await columns.getByRole('checkbox', { name: '客户编号' }).check();
    await columns.getByRole('checkbox', { name: '近 12 个月' }).uncheck();
    await columns.getByRole('button', { name: '关闭' }).click();
    await seen(page.getByRole('columnheader', { name: '客户编号' }));
    expect(await page.getByRole('columnheader', { name: '近 12 个月' }).count()).toBe(0);
    await page.getByRole('button', { name: '视图' }).click();
    await page.getByRole('menuitem', { name: '存为新视图…' }).click();
    const dialog = page.getByRole('dialog', { name: '存为新视图' });
    await dialog.getByLabel('视图名称').fill('重要客户');
    await page.keyboard.press('Enter');
    await seen(page.getByText('已保存视图“重要客户”'));
    await page.goto('/customers');
    await page.getByRole('button', { name: '列设置' }).click();
    await columns.getByRole('button', { name: '恢复默认列' }).click();
    await columns.getByRole('button', { name: '关闭' }).click();
    await seen(page.getByRole('columnheader', { name: '近 12 个月' }));
    await page.getByRole('button', { name: '视图' }).click();
    await page.getByRole('menuitemradio', { name: '重要客户' }).click();
    await page.waitForURL(/segment=/);
    await seen(page.getByRole('columnheader', { name: '客户编号' }));
    const fits = await list('segment=important-value&limit=200');
    await seen(page.getByText(`${fits.length} 个客户`));
  });

  it('exports what is shown, with formulas made harmless', async () => {
    await page.goto('/customers?q=EVIL');
    await seen(page.getByText('1 个客户'));
    await page.getByRole('button', { name: '导出' }).click();
    await seen(page.getByText('按当前筛选、排序和列导出：1 个客户'));
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const [header, row, ...rest] = text
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n');
    expect(header).toContain('客户编号');
    expect(rest).toEqual([]);
    expect(row).toContain(`'${evil}`);
    expect(row).toContain(`'@SUM(A1)`);
    expect(row).not.toMatch(/(^|,)"?[=@+]/);
  });

  it('is worked with the keys alone: open, follow, full page, back', async () => {
    await page.goto('/customers');
    await seesFirst(first.name);
    const [one, two] = await list('sort=clv&order=desc&limit=2');
    await page.getByRole('grid').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: one?.name ?? '' });
    await seen(panel.getByText('为什么值这么多'));
    await page.keyboard.press('j'); // the open panel follows
    await seen(page.getByRole('complementary', { name: two?.name ?? '' }));
    await page.waitForURL(new RegExp(`customer=${two?.customerId}`));
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: two?.name ?? '' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('grid').evaluate((grid) => grid.matches(':focus'))).toBe(true);
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await seen(panel);
    await page.keyboard.press('o');
    await page.waitForURL(`**/customers/${one?.customerId}`);
    await seen(page.getByRole('heading', { name: one?.name ?? '', level: 1 }));
    await page.goBack();
    await seen(panel);
  });

  it('says what a customer is worth, how sure that is, and why', async () => {
    const answer = await page.request.get(`/api/v1/customers/${first.customerId}`);
    const { score } = (await answer.json()) as {
      score: {
        clv: number;
        clvLow: number;
        clvHigh: number;
        reasons: { contribution: number }[];
      };
    };
    expect(score.clvLow).toBeLessThan(score.clv);
    expect(score.clvHigh).toBeGreaterThan(score.clv);
    expect(score.reasons).toHaveLength(3);
    await page.goto(`/customers/${first.customerId}`);
    await seen(page.getByText(/^八成把握 .+ 至 .+/).filter({ visible: true }));
    await seen(page.getByText(/比中等客户（.+）多 .+，主要因为/));
    const why = page.getByRole('region', { name: '为什么值这么多' });
    for (const factor of ['还在不在', '下单多少', '每单大小']) await seen(why.getByText(factor));
    await seen(page.getByRole('paragraph').filter({ hasText: /通常每 \d+ 天下一单/ }));
    await seen(page.getByRole('figure', { name: '下单节奏' }).locator('canvas, svg'));
    await takePicture(page, 'customers-2-customer-zh');
    await page.getByRole('tab', { name: '交易' }).click();
    await seen(page.getByRole('table', { name: '订单' }).getByRole('row').nth(1));
    expect(page.url()).toContain('tab=orders');
    for (const key of ['Tab', 'ArrowRight']) await page.keyboard.press(key); // in the second row of tabs
    const products = page.getByRole('table', { name: '产品' });
    await seen(products.getByRole('row').nth(1));
    expect(page.url()).toContain('tab=products');
    expect(await page.getByRole('tab', { name: '产品' }).getAttribute('aria-selected')).toBe('true');
  });

  it('says what changed since the last run, step by step', async () => {
    const answer = await page.request.get(`/api/v1/customers/${first.customerId}/value-change`);
    const change = (await answer.json()) as {
      kind: string;
      changeMinor: number;
      parts: { contributionMinor: number }[];
    };
    expect(change.kind).toBe('compared');
    expect(change.parts.reduce((sum, part) => sum + part.contributionMinor, 0)).toBe(change.changeMinor);
    await page.goto(`/customers/${first.customerId}`);
    const panel = page.getByRole('region', { name: '较上次估值有什么变化' });
    await seen(panel.getByText(/^(从 .+ (涨|降)到 .+，主要因为.+|和上次（.+）几乎一样)。$/));
    await seen(panel.getByText(/^这 91 天里/));
    const steps = await panel.getByRole('listitem').allInnerTexts();
    expect(steps.map((step) => step.split('\n')[0])).toEqual([
      '上次',
      '还在不在',
      '下单多少',
      '每单大小',
      '这次',
    ]);
    await panel.scrollIntoViewIfNeeded();
    await takePicture(page, 'customers-3-change-zh');
  });

  it('keeps the people there, masked until asked for, and what was done with them', async () => {
    unvisited = await keepContacts(page, post);
    await logCall(page, first.customerId);
    expect(errors).toEqual([]);
  });

  it('is told and planned for from the head of the page, whatever stands below', async () => {
    await page.goto(`/customers/${first.customerId}`);
    await page.getByRole('button', { name: '记一笔' }).click();
    const dialog = page.locator('dialog[open]');
    await dialog.getByLabel('发生了什么').fill('答应下周回样品意见');
    await page.keyboard.press('Control+Enter');
    await seen(page.getByText('已记下'));
    await page.getByRole('button', { name: '新任务' }).click();
    await dialog.getByLabel('做什么').fill('问样品意见');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.goto(`/customers/${first.customerId}?tab=timeline`);
    await narrowTimeline(page, '答应下周回样品意见');
    await page.goto('/today?whose=mine');
    await seen(page.getByText('问样品意见'));
    expect(errors).toEqual([]);
  });

  it('warns of a customer that is there already, merges two and takes it back, and scores records', async () => {
    await mergeDuplicates(page, post);
    await keepQuality(page);
    expect(errors).toEqual([]);
  });

  it('edits a fact where it stands and takes it back', async () => {
    await page.goto(`/customers/${first.customerId}`);
    const short = async () => {
      const answer = await page.request.get(`/api/v1/customers/${first.customerId}`);
      return ((await answer.json()) as { shortName: string | null }).shortName;
    };
    const before = await short();
    await page.getByRole('button', { name: /^修改简称/ }).click();
    const input = page.getByRole('textbox', { name: '简称' });
    await input.fill('老朋友');
    await input.press('Enter');
    await seen(page.getByText('简称已保存'));
    await expect.poll(short).toBe('老朋友');
    await page.getByRole('button', { name: '撤销' }).click();
    await expect.poll(short).toBe(before);
    await page.getByRole('button', { name: /^修改负责人/ }).click();
    await seen(page.getByRole('combobox', { name: '负责人' }));
    await page.keyboard.press('Escape');
    await seen(page.getByRole('button', { name: /^修改负责人/ }));
  });

  it('narrows by days picked in the calendar, which Esc closes alone', async () => {
    await page.goto('/customers');
    await page.locator('button[aria-haspopup=dialog]', { hasText: '最近下单' }).click();
    const sheet = page.getByRole('dialog', { name: '最近下单' });
    const from = sheet.getByRole('textbox', { name: '最近下单 从' });
    await from.click();
    const calendar = page.locator('.ant-picker-dropdown:visible');
    await seen(calendar.getByText('今天'));
    const box = await calendar.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= 1440).toBe(true);
    await page.keyboard.press('Escape');
    await calendar.waitFor({ state: 'detached' }).catch(() => calendar.waitFor({ state: 'hidden' }));
    await seen(sheet);
    await from.fill('2026-01-05');
    await from.press('Enter');
    await page.waitForURL(/lastOrderFrom=2026-01-05/);
    await page.keyboard.press('Escape');
    await seen(page.locator('button[aria-haspopup=dialog]', { hasText: '最近下单 ≥ 2026-01-05' }));
  });

  it('says what is not there, who gives a right and who gives customers, and leads back', async () => {
    await post('/users', { name: '李新', email: 'li@haiyue.example', password: '一句话最好记，不是吗' });
    await page.goto('/nowhere');
    await seen(page.getByRole('heading', { name: '没有这个页面' }));
    await takePicture(page, 'edge-1-not-found-zh');
    await page.getByRole('button', { name: '返回首页' }).click();
    await page.waitForURL(/\/today/);
    const other = await openPage(browser, program.url);
    const theirs = other.page;
    await signIn(theirs, 'li@haiyue.example', '一句话最好记，不是吗');
    await theirs.goto('/customers');
    await seen(theirs.getByRole('heading', { name: '还没有分配给你的客户' }));
    await seen(theirs.getByText('请经理、总监或管理员把客户分配给你'));
    await theirs.goto(`/customers/${first.customerId}`);
    await seen(theirs.getByText('customers.not_found'));
    expect(await theirs.getByRole('tab').count()).toBe(0);
    await theirs.getByRole('button', { name: '返回列表' }).click();
    await theirs.waitForURL(/\/customers$/);
    await theirs.goto('/settings/organisation');
    await seen(theirs.getByRole('heading', { name: '没有查看权限' }));
    await seen(theirs.getByText('请让管理员在“设置 › 用户”里调整你的角色'));
    await takePicture(theirs, 'edge-2-no-right-zh');
    await theirs.getByRole('button', { name: '返回首页' }).click();
    await theirs.waitForURL(/\/today/);
    expect(other.errors).toEqual([]);
    await theirs.context().close();
  });

  it('says the same in English, in the dark and on a phone', async () => {
    await page.request.patch('/api/v1/me/preferences', {
      data: { language: 'en-US', theme: 'dark' },
      headers: { origin: program.url },
    });
    const { cookies } = await page.context().storageState();
    const desk = await openPage(browser, program.url, { language: 'en-US', theme: 'dark' });
    await desk.page.context().addCookies(cookies);
    await desk.page.goto('/customers');
    await seen(desk.page.getByText(first.name));
    await seen(desk.page.getByText('306 customers'));
    await takePicture(desk.page, 'customers-1-register-en');
    await desk.page.goto(`/customers/${first.customerId}`);
    await seen(desk.page.getByText('Why this value'));
    await seen(desk.page.getByRole('figure', { name: 'Order rhythm' }).locator('canvas, svg'));
    await takePicture(desk.page, 'customers-2-customer-en');
    await desk.page.getByRole('region', { name: 'What changed since the last run' }).scrollIntoViewIfNeeded();
    await takePicture(desk.page, 'customers-3-change-en');
    await pictureInEnglish(desk.page, unvisited, first.customerId);
    await pictureQualityInEnglish(desk.page);
    const phone = await openPage(browser, program.url, { language: 'en-US', width: 390, height: 844 });
    await phone.page.context().addCookies(cookies);
    for (const [path, text] of [
      ['/customers', first.name],
      [`/customers/${first.customerId}`, 'Why this value'],
      [`/customers/${first.customerId}?tab=products`, 'Product'],
      [`/customers/${unvisited}?tab=contacts`, 'First contact'],
      [`/customers/${first.customerId}?tab=timeline`, 'Logged by'],
    ] as const) {
      await phone.page.goto(path);
      await seen(phone.page.getByText(text));
      const overflow = await phone.page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect({ path, overflow }).toEqual({ path, overflow: 0 });
    }
    await phone.page.goto('/customers');
    await phone.page.getByText(first.name).first().click();
    await seen(phone.page.getByText('Why this value'));
    await seen(phone.page.getByRole('figure', { name: 'Order rhythm' }).locator('canvas, svg'));
    await takePicture(phone.page, 'customers-2-customer-phone-en');
    expect([...errors, ...desk.errors, ...phone.errors]).toEqual([]);
  });
});
