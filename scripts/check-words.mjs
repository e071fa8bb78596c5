import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';

// A key in one language only, or a placeholder that differs, is a defect: both files of every locale folder are read. So is a
// date that touches a Chinese character: a date is figures, and figures have a blank beside them.
const folders = [];
const walk = (folder) => {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = resolve(folder, entry.name);
    if (entry.name === 'locale') folders.push(path);
    else walk(path);
  }
};
for (const folder of ['apps', 'packages']) walk(resolve(root, folder));

const script = `
  const placeholders = (text) => [...String(text).matchAll(/\\{\\{\\s*([\\w]+)/g)].map((m) => m[1]).sort().join();
  const dateBesideWord = /\\p{Script=Han}\\{\\{(?:date|day|on|at|since|until|asOf|effectiveOn|today)\\}\\}|\\{\\{(?:date|day|on|at|since|until|asOf|effectiveOn|today)\\}\\}\\p{Script=Han}/u;
  let wrong = 0;
  for (const folder of ${JSON.stringify(folders)}) {
    const zh = (await import('file://' + encodeURI(folder) + '/zh-CN.ts')).default;
    const en = (await import('file://' + encodeURI(folder) + '/en-US.ts')).default;
    for (const key of new Set([...Object.keys(zh), ...Object.keys(en)])) {
      if (dateBesideWord.test(String(zh[key] ?? ''))) { wrong++; console.log(folder + ': ' + key + ' has a date without a blank beside it'); }
      // What is said of exactly one thing: Chinese says it as of many.
      if (key.endsWith('_one') && key.slice(0, -4) in zh) continue;
      if (!(key in zh) || !(key in en)) { wrong++; console.log(folder + ': ' + key + ' is missing in ' + (key in zh ? 'en-US' : 'zh-CN')); }
      else if (placeholders(zh[key]) !== placeholders(en[key])) { wrong++; console.log(folder + ': ' + key + ' has other placeholders in en-US'); }
    }
  }
  process.exit(wrong > 0 ? 1 : 0);
`;
const { code, output } = await run(
  process.execPath,
  ['--import', 'tsx', '--input-type=module', '-e', script],
  { quiet: true },
);
process.stdout.write(output);
process.exit(code);
