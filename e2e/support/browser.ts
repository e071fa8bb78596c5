import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Quiet flags: no network of its own, no sandbox (the tests also run as root, where Chromium has none). */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['KEZI_CHROMIUM'] ?? '/usr/bin/chromium',
    args: flags,
  });
}

interface Look {
  language?: 'zh-CN' | 'en-US';
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

/**
 * A page as a person would have it: language, theme and size. Errors of the page's own scripts fail the test that asks for
 * them.
 */
export async function openPage(
  browser: Browser,
  url: string,
  look: Look = {},
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({
    baseURL: url,
    locale: look.language ?? 'zh-CN',
    colorScheme: look.theme ?? 'light',
    viewport: { width: look.width ?? 1440, height: look.height ?? 900 },
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  // A machine with other work is slow, and that is nobody's fault.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, errors };
}

/** Waits until it can be seen. What it looks for may stand in more places than one: the page of a second later says it twice. */
export async function seen(what: Locator): Promise<void> {
  await what.first().waitFor();
}

const pictureFolders: Readonly<Record<string, string>> = { write: 'docs/guide/images', look: 'e2e/output' };

/**
 * Takes a picture where one is asked for. The guide's pictures are made by the tests: with KEZI_PICTURES=write they go to
 * docs/guide/images, with KEZI_PICTURES=look to e2e/output. Otherwise none is taken: it proves nothing and takes half a
 * second.
 */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = pictureFolders[process.env['KEZI_PICTURES'] ?? ''];
  if (folder === undefined) return;
  const path = join(root, folder, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path });
}

/** Signs in on the page for it and waits for the day's first page. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('邮箱').fill(email);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL(/\/today/);
}
