import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, seen, takePicture } from './support/browser.js';
import {
  makeStartedFolder,
  removeDataFolder,
  runProgram,
  startProgram,
  type RunningProgram,
} from './support/program.js';

const names = ['海岳精工', '远航科技', '明德医疗', 'Baltic Marine', '星辰电子', '江南纺织'];
const goodRows = 60;

/** Orders of six customers, day before month, with a return; then three rows that cannot be taken. */
function ordersFile(): string {
  const rows = Array.from({ length: goodRows }, (_, index) => {
    const customer = index % names.length;
    const day = `${String((index % 12) + 1).padStart(2, '0')}/0${(index % 9) + 1}/2026`;
    const quantity = index === 7 ? -2 : (index % 5) + 1;
    return `SO-${1001 + index},C00${customer + 1},${names[customer]},${day},轴承,${quantity},"${quantity * 1200}.00",直销`;
  });
  const bad = [
    'SO-2001,C001,海岳精工,31/02/2026,轴承,1,1200.00,直销',
    'SO-2002,,远航科技,05/03/2026,齿轮,1,880.00,直销',
    'SO-2003,C003,明德医疗,06/03/2026,电机,1,=1+1,直销',
  ];
  const header = '订单号,客户编号,客户名称,下单日期,产品名称,数量,金额,销售渠道';
  return [header, ...rows, ...bad].join('\n');
}

/** A hundred orders of ten customers, for the command line to value. */
function plainOrders(): string {
  const rows = Array.from({ length: 100 }, (_, index) => {
    const customer = index % 10;
    const month = 1 + Math.floor(index / 10);
    return `V0${customer},2026-${String(month).padStart(2, '0')}-${String(3 + customer + month)},${900 + index * 7}`;
  });
  return ['客户编号,下单日期,金额', ...rows].join('\n');
}

/** A person brings orders in, sees what becomes of them, and takes them back. */
describe('import', () => {
  let folder: string;
  let files: string;
  let program: RunningProgram;
  let browser: Browser;
  let page: Page;
  let errors: string[];
  const orders = () => join(files, '订单 2026.csv');

  beforeAll(async () => {
    folder = await makeStartedFolder();
    files = await mkdtemp(join(tmpdir(), 'kezi-files-'));
    await writeFile(orders(), ordersFile());
    program = await startProgram(folder);
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, program.url));
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    await removeDataFolder(folder);
    await rm(files, { recursive: true, force: true });
  });

  it('leads from the first run to the upload, with the demo still at hand', async () => {
    await page.goto('/');
    await page.getByLabel('公司名称').fill('海岳精工有限公司');
    await page.getByLabel('你的姓名').fill('周明');
    await page.getByLabel('邮箱').fill('zhou@haiyue.example');
    await page.getByLabel('设置密码').fill('一句话最好记，不是吗');
    await page.getByRole('button', { name: '建立并登录' }).click();
    await page.getByText('导入我的订单').click();
    await seen(page.getByRole('heading', { name: '导入数据' }));
    expect(await page.getByRole('radio', { name: /订单/ }).isChecked()).toBe(true);
    await seen(page.getByRole('link', { name: '载入演示公司' }));
    await takePicture(page, 'import-1-upload-zh');
  });

  /** Somebody to whom customers can be given. */
  const addColleague = async () => {
    const answer = await page.request.post('/api/v1/users', {
      data: { name: '李新', email: 'li@haiyue.example', password: '一句话最好记，不是吗' },
      headers: { origin: program.url },
    });
    expect(answer.status()).toBe(201);
  };

  it('refuses in words what it cannot read', async () => {
    const input = page.locator('input[type=file]');
    await input.setInputFiles({ name: '报告.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
    await seen(page.getByText('不支持“报告.pdf”这种文件'));
    await input.setInputFiles({ name: '空.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
    await seen(page.getByText('文件里没有数据'));
    expect(await page.getByRole('alert').textContent()).toContain('tabular.empty_file');
  });

  it('guesses the columns and asks whether day or month comes first', async () => {
    await page.locator('input[type=file]').setInputFiles(orders());
    await seen(page.getByText('需要你来确认'));
    expect(await page.getByRole('button', { name: '开始试运行' }).isDisabled()).toBe(true);
    await takePicture(page, 'import-2-question-zh');
    await page.getByRole('button', { name: /日在前/ }).click();
    await page.getByText('需要你来确认').waitFor({ state: 'detached' });
    await seen(page.getByRole('combobox', { name: '“客户名称”这一列是什么' }));
    await seen(page.getByRole('region', { name: '预览' }).getByText('2026-01-01'));
  });

  it('keeps its state over a reload, and does not go on without what it needs', async () => {
    await page.reload();
    const amount = page.getByRole('combobox', { name: '“金额”这一列是什么' });
    await amount.click();
    await amount.fill('不导入');
    await amount.press('Enter');
    await seen(page.getByText('还缺：金额（或数量和单价）'));
    expect(await page.getByRole('button', { name: '开始试运行' }).isDisabled()).toBe(true);
    await amount.click();
    await amount.fill('金额');
    await amount.press('Enter');
    await seen(page.getByText('下一步试运行'));
    // The answer to the question has outlived the change of another column.
    expect(await page.getByText('需要你来确认').count()).toBe(0);
    await takePicture(page, 'import-3-columns-zh');
  });

  it('counts in a dry run what would happen, row by row', async () => {
    await page.getByRole('button', { name: '开始试运行' }).click();
    await seen(page.getByRole('button', { name: '导入没有问题的 60 行' }));
    expect(await metric(page, '文件共有行')).toBe('63');
    expect(await metric(page, '可以导入')).toBe('60');
    expect(await metric(page, '有问题')).toBe('3');
    expect(await metric(page, '退货与负数行')).toBe('1');
    expect(await page.getByRole('row', { name: /^客户/ }).textContent()).toBe('客户600');
    expect(await page.getByRole('row', { name: /^订单/ }).first().textContent()).toBe('订单6000');
    await seen(page.getByText('“31/02/2026”这一天不存在。'));
    await seen(page.getByText('这一格必须填写。'));
    await takePicture(page, 'import-4-check-zh');
    const customers = (await (await page.request.get('/api/v1/customers')).json()) as { items: unknown[] };
    expect(customers.items).toEqual([]);
  });

  it('imports the good rows and hands back the others as a workbook', async () => {
    await page.getByRole('button', { name: '导入没有问题的 60 行' }).click();
    await seen(page.getByText('导入完成，60 行已入库'));
    await takePicture(page, 'import-5-done-zh');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载问题行（Excel）' }).click();
    const workbook = await readFile(await (await download).path());
    expect(workbook.subarray(0, 2).toString()).toBe('PK');
    expect(workbook.length).toBeGreaterThan(3000);
    await page.getByRole('button', { name: '查看客户' }).click();
    await seen(page.getByText('远航科技'));
  });

  it("adds nothing when the same file comes again, and offers no demo beside one's own customers", async () => {
    const counted = page.waitForResponse((response) => response.url().includes('/customers?limit=1'));
    await page.goto('/imports/new?kind=orders');
    await counted;
    expect(await page.getByRole('link', { name: '载入演示公司' }).count()).toBe(0);
    await page.locator('input[type=file]').setInputFiles(orders());
    await page.getByRole('button', { name: /日在前/ }).click();
    await page.getByRole('button', { name: '开始试运行' }).click();
    await seen(page.getByText('导入不会改变什么'));
    expect(await page.getByRole('row', { name: /^订单/ }).first().textContent()).toBe('订单0060');
  });

  it('takes the whole import back', async () => {
    await page.goto('/imports');
    await seen(page.getByText('新增 66，更新 0'));
    await takePicture(page, 'import-6-list-zh');
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await seen(page.getByRole('dialog').getByText('这次新增的 66 条记录会删除'));
    await page.getByRole('dialog').getByRole('button', { name: '撤销这次导入' }).click();
    await seen(page.getByText('已撤销', { exact: true }));
    const customers = (await (await page.request.get('/api/v1/customers')).json()) as { items: unknown[] };
    expect(customers.items).toEqual([]);
  });

  it('takes a Parquet file, and gives its new customers to whom the reader says', async () => {
    await addColleague();
    const plain = join(files, 'orders.csv');
    const values = join(files, '客户价值.parquet');
    await writeFile(plain, plainOrders());
    expect((await runProgram(['value', plain, '--out', values, '--format', 'json'])).code).toBe(0);
    await page.goto('/imports/new?kind=customers');
    await page.locator('input[type=file]').setInputFiles(values);
    await seen(page.getByText(/^Parquet · \d+ 列$/));
    await seen(page.getByRole('combobox', { name: '“customer_id”这一列是什么' }));
    const segment = page.getByRole('combobox', { name: '“rfm_segment”这一列是什么' });
    await segment.click();
    await segment.fill('rfm_segment');
    await segment.press('Enter');
    await page.getByRole('combobox', { name: '负责人', exact: true }).click();
    await page.getByTitle('李新').click();
    await seen(page.getByText('这些行都没有问题'));
    await takePicture(page, 'import-7-parquet-zh');
    await page.getByRole('button', { name: '开始试运行' }).click();
    await page.getByRole('button', { name: '导入全部 10 行' }).click();
    await seen(page.getByText('导入完成，10 行已入库'));
    const answer = await page.request.get('/api/v1/customers?q=V0');
    const { items } = (await answer.json()) as { items: { ownerName: string }[] };
    expect(items.map((item) => item.ownerName)).toEqual(Array.from({ length: 10 }, () => '李新'));
  });

  it('deletes an upload that was never imported, once its name is typed', async () => {
    await page.goto('/imports/new?kind=orders');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '传错了.csv', mimeType: 'text/csv', buffer: Buffer.from(plainOrders()) });
    await seen(page.getByText('下一步试运行'));
    await page.getByRole('button', { name: '删除这个文件' }).click();
    const dialog = page.getByRole('dialog');
    const sure = dialog.getByRole('button', { name: '删除这个文件' });
    expect(await sure.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('传错了.csv');
    await takePicture(page, 'import-8-delete-zh');
    await sure.click();
    await seen(page.getByText('文件已删除'));
    await seen(page.getByRole('heading', { name: '导入记录' }));
    expect(await page.getByRole('link', { name: '传错了.csv' }).count()).toBe(0);
  });

  it('says the same in English, and on a phone', async () => {
    await page.request.patch('/api/v1/me/preferences', {
      data: { language: 'en-US', theme: 'dark' },
      headers: { origin: program.url },
    });
    const { cookies } = await page.context().storageState();
    const desk = await openPage(browser, program.url, { language: 'en-US' });
    await desk.page.context().addCookies(cookies);
    await desk.page.goto('/imports/2?step=check');
    await seen(desk.page.getByText('Rows with a problem'));
    await takePicture(desk.page, 'import-4-check-en');
    await desk.page.goto('/imports/2?step=map');
    await seen(desk.page.getByText('What each column is'));
    await takePicture(desk.page, 'import-3-columns-en');
    await desk.page.goto('/imports/new');
    await seen(desk.page.getByText('What the file holds'));
    await takePicture(desk.page, 'import-1-upload-en');
    await desk.page.goto('/imports/3');
    await seen(desk.page.getByText('Import finished: 10 rows are in'));
    await takePicture(desk.page, 'import-5-done-en');
    const phone = await openPage(browser, program.url, { language: 'en-US', width: 360, height: 780 });
    await phone.page.context().addCookies(cookies);
    const pages = [
      ['/imports', 'Undone'],
      ['/imports/new', 'What the file holds'],
      ['/imports/2?step=map', 'What each column is'],
      ['/imports/2?step=check', 'What would change'],
    ] as const;
    for (const [path, text] of pages) {
      await phone.page.goto(path);
      await seen(phone.page.getByText(text));
      const overflow = await phone.page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect({ path, overflow }).toEqual({ path, overflow: 0 });
    }
    await takePicture(phone.page, 'import-4-check-phone-en');
    expect([...errors, ...desk.errors, ...phone.errors]).toEqual([]);
  });
});

/** The figure under a label. */
async function metric(page: Page, label: string): Promise<string | null> {
  const term = page.locator('dt', { hasText: new RegExp(`^${label}$`) });
  return term.locator('xpath=following-sibling::dd//span').first().textContent();
}
