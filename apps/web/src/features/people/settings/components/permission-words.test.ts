import { keyScopes } from '@kezi/contract';
import { expect, it } from 'vitest';
import english from '../locale/en-US.js';
import chinese from '../locale/zh-CN.js';

it.each([
  ['zh-CN', chinese],
  ['en-US', english],
])('every permission that a key may have is called something in %s', (_, words: Record<string, string>) => {
  const parts = new Set(keyScopes.flatMap((scope) => scope.split(':')));
  expect([...parts].filter((part) => words[`settings.permission.${part}`] === undefined)).toEqual([]);
});
