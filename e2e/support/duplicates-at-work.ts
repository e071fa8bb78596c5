import type { Page } from 'playwright-core';
import { takePicture } from './browser.js';

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
  await page.getByText('很可能就是：').waitFor();
  await page.getByRole('link', { name: '宁波海联国际贸易有限公司' }).waitFor();
  await page.getByRole('textbox', { name: /^统一社会信用代码/ }).fill('91440300708461137T');
  await page.getByText('校验码不对，多半有一位写错了').waitFor();
  await page.getByRole('textbox', { name: /^统一社会信用代码/ }).fill('９１４４０３００７０８４６１１３６t');
  await page.getByRole('textbox', { name: /^客户编号/ }).fill('DUP2');
  await takePicture(page, 'duplicates-2-form-zh');
  await page.getByRole('button', { name: '新建', exact: true }).click();
  await page.getByText(/^已新建/).waitFor();
  await page.goto('/duplicates');
  await page.getByRole('button', { name: '全部查重' }).click();
  const pair = page.getByRole('listitem').filter({ hasText: 'DUP2' });
  await pair.getByText('很像').waitFor();
  await page.getByText(/组可能重复/).waitFor();
  await takePicture(page, 'duplicates-1-pairs-zh');
  await pair.getByRole('button', { name: '合并…' }).click();
  const panel = page.getByRole('complementary', { name: '合并客户' });
  await panel.getByText('不同的字段').waitFor();
  await takePicture(page, 'duplicates-3-merge-zh');
  await panel.getByRole('button', { name: '合并', exact: true }).click();
  await page.getByText(/已并入/).waitFor();
  await pair.waitFor({ state: 'detached' });
  await page.getByText('合并记录').click();
  await page.getByRole('button', { name: '撤销合并' }).click();
  await page.getByText(/^已撤销，/).waitFor();
}

/** Measures the records, and holds them to a rule. */
export async function keepQuality(page: Page): Promise<void> {
  await page.goto('/quality');
  await page.getByRole('button', { name: '重新计算' }).click();
  await page.getByRole('region', { name: '最该补的客户' }).getByRole('row').nth(1).waitFor();
  await page.getByRole('textbox', { name: /^只管这些行业/ }).fill('航天');
  await page.getByRole('button', { name: '添加规则' }).click();
  await page.getByText('地区 必填（行业是 航天 时）').waitFor();
  await takePicture(page, 'quality-1-page-zh');
}

/** The same pages in English, for the guide. */
export async function pictureQualityInEnglish(page: Page): Promise<void> {
  await page.goto('/duplicates');
  await page.getByText('Likely').first().waitFor();
  await takePicture(page, 'duplicates-1-pairs-en');
  await page.goto('/quality');
  await page
    .getByRole('region', { name: 'Records that need somebody most' })
    .getByRole('row')
    .nth(1)
    .waitFor();
  await takePicture(page, 'quality-1-page-en');
}
