import { existsSync } from 'node:fs';
import { run } from './run.mjs';

const places = [
  process.env.KEZI_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const find = () => places.find((place) => place && existsSync(place));

/** The browser for the tests: the one there is, or Debian's package where this user may install it. */
export async function ensureChromium() {
  const found = find();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('正在安装 Chromium… Installing Chromium from the system packages…\n');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { quiet: true, env });
    const { output } = await run(
      'apt-get',
      ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
      {
        quiet: true,
        env,
      },
    );
    const installed = find();
    if (installed) return installed;
    process.stderr.write(output);
  }
  throw new Error(
    '浏览器测试需要 Chromium：请安装系统包 chromium 与 fonts-noto-cjk，或用 KEZI_CHROMIUM 指明其路径。\n' +
      'The browser tests need Chromium: install the system packages chromium and fonts-noto-cjk, or name its path in KEZI_CHROMIUM.',
  );
}
