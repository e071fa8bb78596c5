import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { afterAll, expect, it } from 'vitest';
import { sniffFile } from '../sniff/sniff-file.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi-sniff-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['one line', [['填表说明：金额含税']]],
  ['lines of one column', [['填表说明'], ['金额含税'], ['日期写到日']]],
])('takes the table, and not the sheet of notes before it with %s', async (_, notes) => {
  const made = new exceljs.Workbook();
  made.addWorksheet('说明').addRows(notes);
  const orders = made.addWorksheet('订单');
  orders.addRows([['2026 年订单'], ['订单号', '客户编号', '金额'], ['SO1', 'C1', 10], ['SO2', 'C2', 20]]);
  const path = join(folder, 'notes.xlsx');
  await made.xlsx.writeFile(path);
  const found = await sniffFile(path);
  expect(found).toMatchObject({ sheet: '订单', sheets: ['说明', '订单'], headerLine: 2 });
  expect(found.sampleRows).toEqual([
    ['SO1', 'C1', '10'],
    ['SO2', 'C2', '20'],
  ]);
});

it('takes a list of one column where there is nothing else', async () => {
  const made = new exceljs.Workbook();
  made.addWorksheet('空').addRow(['客户编号']);
  made.addWorksheet('名单').addRows([['客户编号'], ['C1'], ['C2']]);
  const path = join(folder, 'list.xlsx');
  await made.xlsx.writeFile(path);
  expect(await sniffFile(path)).toMatchObject({ sheet: '名单', sampleRows: [['C1'], ['C2']] });
});
