#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../bundle/main.js', import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  process.stderr.write(
    'Kezi 还没有构建，请先在项目目录运行 npm run build（npm start 也会构建）。\nKezi is not built yet: run npm run build in the project folder first (npm start does it too).\n',
  );
  process.exitCode = 1;
}
