import type { Page } from 'playwright-core';
import { makeApiClient, type ApiClient } from './api-client.js';
import { until } from './drill-company.js';
import { startProgram } from './program.js';
import { copyOfTemplate, keyOf } from './template-folder.js';

/** Who works with the made-up company. */
const administrator = {
  email: 'zhou@haiyue.example',
  name: '周明',
  password: '一句话最好记，不是吗',
  organisationName: '海岳精工有限公司',
};
export const demoPassword = administrator.password;

/** The company goes by the day: one that was made yesterday has other tasks today. */
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

async function loadDemo(api: ApiClient): Promise<void> {
  const get = async <Body>(path: string) => {
    const { status, body } = await api.get<Body>(path);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const { status, body } = await api.post('/demo', { customers: 300, months: 30, seed: 7 });
  if (status !== 202) throw new Error(`The demo was refused: ${JSON.stringify(body)}`);
  await until(
    'The demo company is valued and graded',
    async () => {
      const { items } = await get<{ items: { status: string }[] }>('/valuation/runs');
      const isValued = items.length === 2 && items.every((run) => run.status === 'published');
      return isValued && (await get<{ run: unknown }>('/tiers')).run !== null;
    },
    300_000,
  );
  // One thing leads to another: quiet is when nothing has waited or run for a second.
  let quietSince = performance.now();
  await until(
    'Nothing is under way',
    async () => {
      const { items } = await get<{ items: { status: string }[] }>('/jobs?limit=50');
      if (items.some(({ status }) => status === 'queued' || status === 'running'))
        quietSince = performance.now();
      return performance.now() - quietSince > 1000;
    },
    300_000,
  );
}

/** A data folder with the made-up company of 300 customers: valued, graded, nothing under way. Made once for each build. */
export function makeDemoFolder(): Promise<string> {
  return copyOfTemplate({
    name: 'demo',
    key: keyOf('apps/cli/bundle', today()),
    async fill(folder) {
      const program = await startProgram(folder);
      try {
        const api = makeApiClient(() => program.url, administrator);
        await api.signIn();
        await loadDemo(api);
      } finally {
        await program.stop();
      }
    },
  });
}

/** Signs the administrator of the made-up company in, without the page for it. */
export async function signInAtDemo(page: Page, url: string): Promise<void> {
  const { email, password } = administrator;
  const answer = await page.request.post('/api/v1/auth/sign-in', {
    data: { email, password },
    headers: { origin: url },
  });
  if (answer.status() !== 204) throw new Error(`Sign-in was refused: ${await answer.text()}`);
}
