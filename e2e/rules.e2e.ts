import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage, seen, signIn, takePicture } from './support/browser.js';
import { demoPassword as password, makeDemoFolder, signInAtDemo } from './support/demo-company.js';
import { removeDataFolder, startProgram, type RunningProgram } from './support/program.js';

interface Tiers {
  run: { status: string; tierPolicyId: number } | null;
  tiers: { tierId: number; name: string; customers: number }[];
}
interface Customer {
  customerId: number;
  name: string;
  clv: number | null;
  ownerId: number | null;
}

/** By which rules customers are graded, whose they are and who sees them: as a director and two who sell work with it. */
describe('the rules', () => {
  let folder: string;
  let program: RunningProgram;
  let browser: Browser;
  /** The administrator, who sees all. */
  let page: Page;
  let errors: string[];
  /** 吴晓彤 of 工业客户组, who sees her own customers. */
  let seller: Page;
  let sellerErrors: string[];
  let sellerId = 0;
  let posted = 0;
  /** The customers that go into the pool and the one that is claimed. */
  let pooled: Customer[] = [];
  let explained = 0;
  let poolPath = '';

  const get = async <Body>(path: string, who = page) => {
    const answer = await who.request.get(`/api/v1${path}`);
    if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
  const send = async (method: 'post' | 'patch', path: string, data: unknown, who = page) => {
    const answer = await who.request[method](`/api/v1${path}`, {
      data,
      headers: { origin: program.url, 'idempotency-key': `rules-${++posted}` },
    });
    if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
  };
  const customers = async (query: string, who = page) =>
    (await get<{ items: Customer[] }>(`/customers?${query}`, who)).items;
  const countOf = async (who: Page) => (await get<{ count: number }>('/customers/count', who)).count;
  const tierCount = async (name: string) =>
    (await get<Tiers>('/tiers')).tiers.find((tier) => tier.name === name)?.customers ?? 0;
  /** Chooses in a list that unfolds. */
  const choose = async (where: Page, label: string | RegExp, option: string, typed = '') => {
    await where.getByRole('combobox', { name: label }).click();
    if (typed !== '') await where.keyboard.type(typed);
    const choice = where.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option });
    await choice.first().click();
  };
  const userNamed = async (name: string) => {
    const { items } = await get<{ items: { id: number; name: string; email: string }[] }>('/users?limit=200');
    const user = items.find((one) => one.name === name);
    if (!user) throw new Error(`The demo has nobody called ${name}.`);
    return user;
  };
  /** Opens a window of somebody of the demo, who gets a password first. */
  const asUser = async (name: string) => {
    const user = await userNamed(name);
    await send('patch', `/users/${user.id}`, { password });
    const opened = await openPage(browser, program.url);
    await signIn(opened.page, user.email, password);
    return { ...opened, id: user.id };
  };

  beforeAll(async () => {
    folder = await makeDemoFolder();
    program = await startProgram(folder);
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, program.url));
    await signInAtDemo(page, program.url);
    const other = await asUser('吴晓彤');
    seller = other.page;
    sellerErrors = other.errors;
    sellerId = other.id;
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    await removeDataFolder(folder);
  });

  it('tries a policy on the customers of today before it is anybody’s tier', async () => {
    const before = await tierCount('战略客户');
    await page.goto('/grading');
    await seen(page.getByRole('region', { name: '升级候选' }).getByRole('row').nth(1));
    await takePicture(page, 'grading-1-tiers-zh');
    await page.getByRole('link', { name: '查看政策' }).first().click();
    await seen(page.getByText('已发布的版本不再改动'));
    // To be read, not a form that nobody can fill in.
    await seen(page.getByText('前 5 %'));
    expect(await page.getByRole('spinbutton', { name: '战略客户的门槛' }).count()).toBe(0);
    await page.getByRole('button', { name: '建新版本' }).click();
    await seen(page.getByText('改动会马上在右边试算'));
    const tried = page.getByRole('region', { name: '试算' });
    const top = tried.getByRole('row').filter({ hasText: '战略客户' }).first().getByRole('cell').nth(2);
    expect(Number(await top.innerText())).toBe(before);
    const weight = page.getByRole('spinbutton', { name: '价值的权重', exact: true });
    await weight.fill('60');
    await seen(page.getByText('权重合计 110%，应为 100%。'));
    await weight.fill('50');
    await page.getByRole('spinbutton', { name: '战略客户的门槛' }).fill('15');
    await page.keyboard.press('Tab');
    await expect.poll(async () => Number(await top.innerText())).toBeGreaterThan(2 * before);
    await seen(tried.getByText(/^升级 [1-9]/));
    await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
    await takePicture(page, 'grading-2-policy-zh');
    expect(await tierCount('战略客户')).toBe(before); // nothing has happened yet
    expect(await page.getByRole('button', { name: '发布' }).isDisabled()).toBe(true);
  });

  it('publishes it, and grades by it when somebody has looked at what it does', async () => {
    const before = await tierCount('战略客户');
    await page.getByRole('button', { name: '保存' }).click();
    await seen(page.getByText('已保存'));
    await page.getByRole('button', { name: '发布' }).click();
    await page.getByRole('dialog', { name: '发布' }).getByRole('button', { name: '发布' }).click();
    await page.waitForURL(/\/grading$/);
    await seen(page.getByRole('heading', { name: /^新的分级结果/ }));
    await seen(page.getByRole('button', { name: '生效' }));
    expect(await tierCount('战略客户')).toBe(before);
    await page.getByRole('button', { name: '生效' }).click();
    await page.getByRole('button', { name: '生效' }).waitFor({ state: 'detached' });
    await expect.poll(() => tierCount('战略客户')).toBeGreaterThan(2 * before);
    const { items } = await get<{ items: { customerId: number; next: { name: string } }[] }>(
      '/tiers/candidates?limit=1',
    );
    explained = items[0]?.customerId ?? 0;
    await page.goto(`/customers/${explained}?tab=tier`);
    const why = page.getByRole('region', { name: /^为什么是“/ });
    await seen(why.getByText(new RegExp(`^到“${items[0]?.next.name}”要`)));
    const points = (await why.getByRole('row').locator('td:nth-child(5)').allInnerTexts()).map(Number);
    const score = Number((await why.getByText(/^[\d.]+ 分$/).innerText()).replace(' 分', ''));
    expect(points.reduce((sum, each) => sum + each, 0)).toBeCloseTo(score, 0);
    await takePicture(page, 'grading-3-why-zh');
  });

  it('puts customers into a pool, where one who sells takes as many as its terms allow', async () => {
    const { items: pools } = await get<{ items: { poolId: number; teamName: string }[] }>('/pools');
    poolPath = `/customers/pools?pool=${pools.find((one) => one.teamName === '工业客户组')?.poolId}`;
    await page.goto(poolPath);
    await page.getByRole('button', { name: '公海规定' }).click();
    const dialog = page.getByRole('dialog', { name: '工业客户组公海' });
    await dialog.getByLabel('每人每天最多领取').fill('1');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'detached' });
    const colleague = await userNamed('郑伟民');
    pooled = await customers(`ownerId=${colleague.id}&sort=clv&order=desc&limit=3`);
    await page.goto(`/customers?ownerId=${colleague.id}`);
    for (const one of pooled) {
      const row = page.getByRole('row').filter({ hasText: one.name });
      await row.getByRole('checkbox', { name: '选中这一行' }).check();
    }
    await seen(page.getByText('已选 3 行'));
    await page.getByRole('button', { name: '转移' }).click();
    await seen(page.getByText('共 3 个客户'));
    await page.getByRole('radio', { name: '部门公海' }).check();
    await choose(page, '部门', '工业客户组');
    await page.getByRole('button', { name: '转移' }).click();
    await seen(page.getByText('请写明原因'));
    await page.getByRole('textbox', { name: '原因' }).fill('郑伟民改做大客户，先放回公海');
    await page.getByRole('button', { name: '转移' }).click();
    await seen(page.getByText('3 个客户 → 工业客户组公海'));

    await seller.goto(poolPath);
    const [wanted, second] = pooled;
    await seen(seller.getByRole('button', { name: `领取 ${second?.name}` }));
    await takePicture(seller, 'ownership-2-pool-zh');
    await seller.getByRole('button', { name: `领取 ${wanted?.name}` }).click();
    // Beside the list, from which the next one is claimed.
    await seller.waitForURL(`**/customers/pools?*customer=${wanted?.customerId}`);
    await seen(seller.getByRole('complementary', { name: wanted?.name ?? '' }));
    await seen(seller.getByText(/今日已领取\s*1\s*\/\s*1/));
    await seller.getByRole('button', { name: `领取 ${second?.name}` }).click();
    await seen(seller.getByRole('status').getByText(/1/));
    const owners = await Promise.all(
      pooled.map(async ({ customerId }) => (await get<Customer>(`/customers/${customerId}`)).ownerId),
    );
    expect(owners).toEqual([sellerId, null, null]);
  });

  it('remembers through whose hands a customer went, and takes a transfer back but for what was claimed', async () => {
    const [claimed, second] = pooled;
    await seller.goto(`/customers/${claimed?.customerId}?tab=ownership`);
    const history = seller.getByRole('region', { name: '归属记录' });
    await seen(history.getByText(/^从公海领取/));
    await seen(history.getByText('原因：郑伟民改做大客户，先放回公海'));
    await takePicture(seller, 'ownership-1-history-zh');
    await page.goto('/customers/transfers');
    await page.getByRole('button', { name: '撤销' }).last().click();
    await seen(page.getByText('已撤销'));
    const former = await userNamed('郑伟民');
    const ownerOf = async (one: Customer | undefined) =>
      (await get<Customer>(`/customers/${one?.customerId}`)).ownerId;
    await expect.poll(() => ownerOf(second)).toBe(former.id);
    expect(await ownerOf(claimed)).toBe(sellerId);
  });

  it('simulates a rule before it takes customers away', async () => {
    await page.goto(poolPath);
    await page.getByRole('link', { name: '回收规则' }).click();
    await page.getByRole('button', { name: '新建规则' }).first().click();
    const dialog = page.getByRole('dialog', { name: '新建规则' });
    await dialog.getByLabel(/^规则名称/).fill('久未下单');
    await dialog.getByRole('button', { name: '保存' }).click();
    await seen(dialog.getByText('至少填一个时间条件'));
    await dialog.getByLabel(/^多少天没有下单/).fill('180');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'detached' });
    const rule = page.getByRole('listitem').filter({ hasText: '久未下单' });
    await rule.getByRole('button', { name: '试算' }).click();
    const simulation = page.getByRole('region', { name: '试算：久未下单' });
    const [due, all] = (await simulation.getByText(/^\d+ \/ \d+ 个$/).innerText()).match(/\d+/g) ?? [];
    expect(Number(all)).toBeGreaterThan(Number(due));
    await seen(simulation.getByRole('figure').locator('canvas, svg'));
    await seen(rule.getByText('未启用'));
    await takePicture(page, 'ownership-3-simulation-zh');
  });

  it('weighs both sides of a dispute, and can take the decision back', async () => {
    const claimed = pooled[0];
    const former = await asUser('郑伟民');
    await send(
      'post',
      '/disputes',
      { customerId: claimed?.customerId, grounds: '去年的框架协议是我谈下来的。' },
      former.page,
    );
    await former.page.context().close();
    await page.goto('/customers/disputes');
    await page.getByRole('button', { name: claimed?.name ?? '' }).click();
    const panel = page.getByRole('complementary', { name: '归属争议' });
    await seen(panel.getByText('去年的框架协议是我谈下来的。'));
    await seen(panel.getByText(/^负责期间订单/));
    await takePicture(page, 'ownership-4-dispute-zh');
    await panel.getByRole('button', { name: '裁定' }).click();
    const dialog = page.getByRole('dialog', { name: '裁定' });
    await dialog.getByRole('radio', { name: '归主张人' }).check();
    await dialog.getByRole('textbox', { name: '裁定理由' }).fill('协议由他签，客户也是他开的。');
    await dialog.getByRole('button', { name: '裁定' }).click();
    await seen(panel.getByText('周明 裁定：归主张人'));
    const ownerOf = async () => (await get<Customer>(`/customers/${claimed?.customerId}`)).ownerId;
    expect(await ownerOf()).toBe(former.id);
    await panel.getByRole('button', { name: '撤销裁定' }).click();
    await expect.poll(ownerOf).toBe(sellerId);
    expect([...errors, ...sellerErrors, ...former.errors]).toEqual([]);
  });

  it('widens what somebody sees, and says to how many customers', async () => {
    const own = await countOf(seller);
    await page.goto('/settings/placement');
    const row = page.getByRole('row').filter({ hasText: '吴晓彤' });
    await row.getByRole('button', { name: '调整' }).click();
    const dialog = page.getByRole('dialog', { name: '调整 吴晓彤 的部门与范围' });
    await seen(dialog.getByText(`现在能看到 ${own} 个客户`));
    await choose(page, '数据范围', '本部门');
    await takePicture(page, 'permissions-1-placement-zh');
    await dialog.getByRole('button', { name: '保存' }).click();
    const told = await page.getByText(/^已生效：吴晓彤 能看到 \d+ 个客户$/).innerText();
    const sight = await countOf(seller);
    expect(sight).toBeGreaterThan(own);
    expect(told).toContain(`能看到 ${sight} 个客户`);
    await seller.goto('/customers');
    await seen(seller.getByText(`${sight} 个客户`));
  });

  it('keeps a field from a role: not on a page, not in an answer', async () => {
    const [valued] = await customers(`ownerId=${sellerId}&sort=clv&order=desc&limit=1`);
    await seller.goto('/customers');
    await seen(seller.getByRole('columnheader', { name: /^客户价值/ }));
    await page.goto('/settings/wall');
    await choose(page, '客户价值（CLV） 成员', '隐藏');
    await takePicture(page, 'permissions-3-fields-zh');
    await page.getByRole('button', { name: '保存' }).click();
    await seen(page.getByText('已生效'));
    const known = await get<Customer & { score: unknown }>(`/customers/${valued?.customerId}`, seller);
    expect(known.score).toBeNull();
    const name = valued?.name ?? '';
    await seller.goto(`/customers?q=${encodeURIComponent(name)}`);
    await seen(seller.getByText(name));
    expect(await seller.getByRole('columnheader', { name: /^客户价值/ }).count()).toBe(0);
    const refused = await seller.request.get('/api/v1/customers?clvMin=1');
    expect(((await refused.json()) as { code: string }).code).toBe('fields.restricted_forbidden');
    await choose(page, '客户价值（CLV） 成员', '可见');
    await page.getByRole('button', { name: '保存' }).click();
    await expect
      .poll(async () => (await get<{ score: unknown }>(`/customers/${valued?.customerId}`, seller)).score)
      .not.toBeNull();
    await page.goto('/settings/fields');
    await seen(page.getByText('采购方式'));
    await takePicture(page, 'fields-1-own-zh');
  });

  it('lends a customer to a colleague and takes it back at once', async () => {
    const elsewhere = await userNamed('叶知秋');
    const [lent] = await customers(`ownerId=${elsewhere.id}&limit=1`);
    const path = `/customers/${lent?.customerId}`;
    expect((await seller.request.get(`/api/v1${path}`)).status()).toBe(404);
    await page.goto(`${path}?tab=access`);
    await page.getByRole('button', { name: '分享', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '分享客户' });
    await choose(page, '分享给', '吴晓彤', '吴晓');
    await dialog.getByLabel(/^原因/).fill('联合拜访');
    await dialog.getByRole('button', { name: '分享' }).click();
    await seen(page.getByRole('row').filter({ hasText: '吴晓彤' }).getByText('分享'));
    await takePicture(page, 'permissions-2-access-zh');
    await seller.goto(path);
    await seen(seller.getByRole('heading', { name: lent?.name ?? '', level: 1 }));
    await page.getByRole('button', { name: '收回' }).click();
    await seen(page.getByText('没有分享给任何人'));
    await seller.reload();
    await seen(seller.getByText('customers.not_found'));
    expect([...errors, ...sellerErrors]).toEqual([]);
  });

  it('says the same in English', async () => {
    await send('patch', '/me/preferences', { language: 'en-US' });
    const state = await page.context().storageState();
    const desk = await openPage(browser, program.url, { language: 'en-US' });
    await desk.page.context().addCookies(state.cookies);
    const { page: english } = desk;
    const policyId = (await get<Tiers>('/tiers')).run?.tierPolicyId;
    const show = async (path: string, text: string | RegExp, name: string) => {
      await english.goto(path);
      await seen(english.getByText(text));
      await takePicture(english, name);
    };
    await show('/grading', 'Upgrade candidates', 'grading-1-tiers-en');
    await show(`/grading/policies/${policyId}`, 'Of the whole', 'grading-2-policy-en');
    await show(`/customers/${explained}?tab=tier`, /^Why "/, 'grading-3-why-en');
    await show(
      `/customers/${pooled[0]?.customerId}?tab=ownership`,
      'Ownership history',
      'ownership-1-history-en',
    );
    await show(poolPath, 'cool-down 30 days', 'ownership-2-pool-en');
    await english.getByRole('link', { name: 'Recycle rules' }).click();
    await english.getByRole('button', { name: 'Simulate' }).last().click();
    await seen(english.getByRole('figure').locator('canvas, svg'));
    await takePicture(english, 'ownership-3-simulation-en');
    await english.goto('/customers/disputes');
    await english.getByRole('button', { name: pooled[0]?.name ?? '' }).click();
    await seen(english.getByRole('heading', { name: 'Evidence' }));
    await takePicture(english, 'ownership-4-dispute-en');
    await show(`/customers/${explained}?tab=access`, 'Who sees this customer', 'permissions-2-access-en');
    await english.goto('/settings/placement');
    const row = english.getByRole('row').filter({ hasText: '吴晓彤' });
    await row.getByRole('button', { name: 'Change' }).click();
    await seen(english.getByText(/^Sees \d+ customers now/));
    await takePicture(english, 'permissions-1-placement-en');
    await english.goto('/settings/wall');
    await choose(english, 'Customer value (CLV) Member', 'Hidden');
    await takePicture(english, 'permissions-3-fields-en');
    await show('/settings/fields', 'Fields in use', 'fields-1-own-en');
    expect([...errors, ...sellerErrors, ...desk.errors]).toEqual([]);
  });
});
