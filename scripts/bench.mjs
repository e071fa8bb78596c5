import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';

const all = readdirSync(resolve(root, 'bench')).filter((name) => name.endsWith('.bench.ts'));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((word) => !all.some((file) => file.includes(word)));
if (unknown.length > 0) {
  const names = all.map((file) => file.replace('.bench.ts', '')).join(' ');
  process.stderr.write(`There is no bench called ${unknown.join(', ')}. There are: ${names}\n`);
  process.exit(2);
}

await ensureInstalled();
await ensureBuilt();
let failed = 0;
for (const file of all) {
  if (wanted.length > 0 && !wanted.some((word) => file.includes(word))) continue;
  process.stdout.write(`\n— ${file}\n`);
  const { code } = await run(process.execPath, ['--import', 'tsx', '--expose-gc', `bench/${file}`]);
  if (code !== 0) failed++;
}
process.exit(failed > 0 ? 1 : 0);
