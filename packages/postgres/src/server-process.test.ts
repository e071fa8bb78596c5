import { expect, it } from 'vitest';
import { logSettings } from './server-process.js';

const megabyte = 2 ** 20;

it.each([
  ['a full disk', 0, '64MB', '32MB'],
  ['a disk of 512 MB', 400 * megabyte, '64MB', '32MB'],
  ['2 GB left', 2048 * megabyte, '204MB', '51MB'],
  ['20 GB left', 20_480 * megabyte, '2048MB', '80MB'],
  ['1 TB left', 2 ** 40, '4096MB', '80MB'],
])('the log of the database takes a tenth of what is free: %s', (_, free, most, least) => {
  expect(logSettings(free)).toEqual({ max_wal_size: most, min_wal_size: least });
});
