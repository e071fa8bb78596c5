import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';

await ensureInstalled();
await ensureBuilt();
const wanted = process.argv.slice(2);
let failed = 0;
for (const file of readdirSync(resolve(root, 'bench')).filter((name) => name.endsWith('.bench.ts'))) {
  if (wanted.length > 0 && !wanted.some((word) => file.includes(word))) continue;
  process.stdout.write(`\n— ${file}\n`);
  const { code } = await run(process.execPath, ['--import', 'tsx', '--expose-gc', `bench/${file}`]);
  if (code !== 0) failed++;
}
process.exit(failed > 0 ? 1 : 0);
