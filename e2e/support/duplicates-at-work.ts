import type { Page } from 'playwright-core';
import { seen, takePicture } from './browser.js';

type Post = (path: string, data: unknown) => Promise<void>;

/** Types in a customer that is there already, is warned, keeps it all the same, finds the pair and merges the two. */
export async function mergeDuplicates(page: Page, post: Post): Promise<void> {
  for (const [customerNo, name] of [
    ['DUP1', '宁波海联国际贸易有限公司'],
    ['DUP3', '苏州盛泰自动化设备有限公司'],
    ['DUP4', '蘇州盛泰自動化設備有限公司'],
  ] as const) {
    await post('/customers', { customerNo, name, custom: { phone: '0574-87654321' } });
  }
  await page.goto('/customers?new=true');
  await page.getByRole('textbox', { name: '客户名称' }).fill('海聯國際貿易（寧波）有限公司');
  await seen(page.getByText('很可能就是：'));
  await seen(page.getByRole('link', { name: '宁波海联国际贸易有限公司' }));
  await page.getByRole('textbox', { name: /^统一社会信用代码/ }).fill('91440300708461137T');
  await seen(page.getByText('校验码不对，多半有一位写错了'));
  await page.getByRole('textbox', { name: /^统一社会信用代码/ }).fill('９１４４０３００７０８４６１１３６t');
  await page.getByRole('textbox', { name: /^客户编号/ }).fill('DUP2');
  await takePicture(page, 'duplicates-2-form-zh');
  await page.getByRole('button', { name: '新建', exact: true }).click();
  await seen(page.getByText(/^已新建/));
  await page.goto('/duplicates');
  await page.getByRole('button', { name: '全部查重' }).click();
  const pair = page.getByRole('listitem').filter({ hasText: 'DUP2' });
  await seen(pair.getByText('很像'));
  await seen(page.getByText(/组可能重复/));
  await takePicture(page, 'duplicates-1-pairs-zh');
  await pair.getByRole('button', { name: '合并…' }).click();
  const panel = page.getByRole('complementary', { name: '合并客户' });
  await seen(panel.getByText('不同的字段'));
  await takePicture(page, 'duplicates-3-merge-zh');
  await panel.getByRole('button', { name: '合并', exact: true }).click();
  await seen(page.getByText(/已并入/));
  await pair.waitFor({ state: 'detached' });
  await page.getByText('合并记录').click();
  await page.getByRole('button', { name: '撤销合并' }).click();
  await seen(page.getByText(/^已撤销，/));
}

/** Measures the records, and holds them to a rule. */
export async function keepQuality(page: Page): Promise<void> {
  await page.goto('/quality');
  await page.getByRole('button', { name: '重新计算' }).click();
  await seen(page.getByRole('region', { name: '最该补的客户' }).getByRole('row').nth(1));
  await page.getByRole('button', { name: '添加规则' }).click();
  const form = page.getByRole('form', { name: '添加规则' });
  await form.getByLabel('管哪些客户').click();
  await page.getByTitle('按行业', { exact: true }).click();
  await form.getByLabel('值是其中之一').fill('航天');
  await page.keyboard.press('Enter');
  await form.getByRole('button', { name: '添加' }).click();
  await seen(page.getByText('地区 必填（行业是 航天 时）'));
  await takePicture(page, 'quality-1-page-zh');
}

/** The same pages in English, for the guide. */
export async function pictureQualityInEnglish(page: Page): Promise<void> {
  await page.goto('/duplicates');
  await seen(page.getByText('Likely'));
  await takePicture(page, 'duplicates-1-pairs-en');
  await page.goto('/quality');
  await seen(page.getByRole('region', { name: 'Records that need somebody most' }).getByRole('row').nth(1));
  await takePicture(page, 'quality-1-page-en');
}
