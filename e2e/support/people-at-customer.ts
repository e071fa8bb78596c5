import type { Page } from 'playwright-core';
import { seen, takePicture } from './browser.js';
import { until } from './drill-company.js';

/**
 * Adds people to a customer on its page, by hand and from outside; changes, deletes and brings back.
 * @returns the customer: one at whom nobody is known, as the demo knows somebody at the best
 */
export async function keepContacts(
  page: Page,
  post: (path: string, data: unknown) => Promise<void>,
): Promise<number> {
  const best = (await (await page.request.get('/api/v1/customers?limit=32')).json()) as {
    items: { customerId: number }[];
  };
  const customerId = best.items.at(-1)!.customerId;
  await page.goto(`/customers/${customerId}?tab=contacts`);
  await seen(page.getByText('还没有联系人'));
  await page.getByRole('button', { name: '添加联系人' }).click();
  await page.getByLabel('姓名').fill('王建国');
  const phone = page.getByLabel(/^电话/);
  await phone.fill('1381234567');
  await page.getByRole('button', { name: '添加', exact: true }).click();
  await seen(page.getByText(/不像电话号码/));
  await phone.fill('138 1234 5678');
  await page.keyboard.press('Enter');
  const boss = page.getByRole('article', { name: '王建国' });
  await seen(boss.getByText('138****5678'));
  await boss.getByRole('button', { name: '显示' }).click();
  await seen(boss.getByText('138 1234 5678'));
  const { items } = (await (await page.request.get(`/api/v1/customers/${customerId}/contacts`)).json()) as {
    items: { contactId: number }[];
  };
  const reportsToId = items[0]?.contactId;
  for (const person of [
    {
      name: '李娜',
      title: '采购总监',
      decisionRole: 'gatekeeper',
      influence: 4,
      attitude: -1,
      reportsToId,
    },
    { name: '赵磊', title: '生产经理', decisionRole: 'user', influence: 3, attitude: 2, reportsToId },
    { name: '吴芳', title: '前采购经理', leftOn: '2025-12-31', attitude: 1, reportsToId },
  ]) {
    await post(`/customers/${customerId}/contacts`, person);
  }
  await page.reload();
  await page.getByRole('button', { name: '修改 王建国' }).click();
  await page.getByLabel(/^职务/).fill('总经理');
  await page.getByText('首要联系人（一个客户一位）').click();
  await page.getByRole('button', { name: '保存' }).click();
  await seen(boss.getByText('总经理'));
  await seen(boss.getByText('首要联系人'));
  await page.reload(); // without the notes of what was done
  await seen(page.getByRole('figure', { name: '关系图' }).locator('canvas, svg'));
  await takePicture(page, 'contacts-1-people-zh');
  const gone = page.getByRole('article', { name: '赵磊' });
  await gone.getByRole('button', { name: '删除 赵磊' }).click();
  await gone.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '撤销' }).click();
  await seen(gone);
  return customerId;
}

/** Writes a call down with one field, and scrolls and filters through all that happened. */
export async function logCall(page: Page, customerId: number): Promise<void> {
  await page.goto(`/customers/${customerId}?tab=timeline`);
  const entries = page.locator('article');
  await seen(entries);
  const before = await entries.count();
  const text = page.getByLabel('发生了什么');
  await text.fill('很'.repeat(20_001));
  await seen(page.getByText('有 20,001 字，最多 20,000 字'));
  await text.fill('李娜问账期能不能从 30 天放到 60 天');
  await page.getByRole('button', { name: '时间、参与人、下一步' }).click();
  await page.getByLabel(/^下一步(?!日期)/).fill('和财务商量后回复');
  await text.focus();
  await page.keyboard.press('Control+Enter');
  const logged = entries.filter({ hasText: '李娜问账期' });
  await seen(logged.getByText('下一步：和财务商量后回复'));
  await seen(logged.getByText('周明 记录'));
  await page.reload();
  await seen(logged);
  await takePicture(page, 'timeline-1-page-zh');
  await page.getByRole('button', { name: '更早的动态' }).scrollIntoViewIfNeeded();
  await until('An earlier page has come', async () => (await entries.count()) > before + 1);
  await page.getByRole('button', { name: '估值', exact: true }).click();
  await until('Only the two valuations are left', async () => (await entries.count()) === 2);
}

/** The same two tabs in English, for the guide. */
export async function pictureInEnglish(page: Page, known: number, visited: number): Promise<void> {
  await page.goto(`/customers/${known}?tab=contacts`);
  const map = page.getByRole('figure', { name: 'Relationship map' });
  await seen(map.locator('canvas, svg'));
  await takePicture(page, 'contacts-1-people-en');
  await page.goto(`/customers/${visited}?tab=timeline`);
  await seen(page.getByText('Logged by'));
  await takePicture(page, 'timeline-1-page-en');
}

/** What the timeline is narrowed to outlives a reload, and back takes it off again. */
export async function narrowTimeline(page: Page, entry: string): Promise<void> {
  await seen(page.getByText(entry));
  await page.getByRole('button', { name: '合同', exact: true }).click();
  await page.getByText(entry).waitFor({ state: 'hidden' });
  await page.reload();
  await seen(page.locator('button[aria-pressed=true]', { hasText: '合同' }));
  await page.goBack();
  await seen(page.getByText(entry));
}
