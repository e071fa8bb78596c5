import { describe, expect, it } from 'vitest';
import { mostTableRows } from '@kezi/contract';
import { readTable, textOfTable } from './read-table.js';

describe('a pasted table', () => {
  it.each([
    ['cells of a spreadsheet', 'frequency\tbranch\n2\t上海\n0\t北京\n'],
    ['a CSV file with a mark', '\uFEFFfrequency,branch\r\n2,上海\r\n0,北京\r\n'],
    ['full-width digits and quotes', 'frequency;branch\n２;"上海"\n\n0;北京'],
  ])('is read from %s', (_, text) => {
    expect(readTable(text)).toEqual({
      columns: ['frequency', 'branch'],
      rows: [
        { frequency: 2, branch: '上海' },
        { frequency: 0, branch: '北京' },
      ],
    });
  });

  it('keeps words words, and reads thousands', () => {
    expect(readTable('a,b\n"1,234.5","x ""y"""\n12月,-3')).toMatchObject({
      rows: [
        { a: 1234.5, b: 'x "y"' },
        { a: '12月', b: -3 },
      ],
    });
  });

  it.each([
    ['', { fault: 'empty' }],
    ['a,b\n', { fault: 'no-rows' }],
    ['a,b,a\n1,2,3', { fault: 'column-twice', column: 'a' }],
    ['a,b\n1,2\n3', { fault: 'cells', line: 2, cells: 1, columns: 2 }],
    [
      `a\n${'1\n'.repeat(mostTableRows + 1)}`,
      { fault: 'too-many-rows', rows: mostTableRows + 1, most: mostTableRows },
    ],
  ])('says what is wrong with it', (text, fault) => expect(readTable(text)).toEqual(fault));

  it('of a file is written so that it reads as it was', () => {
    const columns = ['客户', '备注'];
    const rows = [
      ['甲', '说"好"'],
      ['乙', '一\t二\n三'],
      ['', '-1,200.5'],
    ];
    expect(readTable(textOfTable({ columns, rows }))).toEqual({
      columns,
      rows: [
        { 客户: '甲', 备注: '说"好"' },
        { 客户: '乙', 备注: '一\t二\n三' },
        { 客户: '', 备注: -1200.5 },
      ],
    });
  });
});
