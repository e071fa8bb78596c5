import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';

import { detectDateFormat } from './detect-date-format.js';
import { parseDate } from './parse-date.js';

const one: readonly [string, string[]][] = [
  ['iso', ['2024-01-02', '2024-03-04']],
  ['iso', ['2010-12-01T08:26:00Z', '2011-12-09T12:50:00Z']],
  ['slash', ['2024/1/2', '2024/12/31 10:00']],
  ['dot', ['2024.1.2', '2024.12.31']],
  ['chinese', ['2024年1月2日', '']],
  ['roc', ['民國113年1月2日', '民國113年2月3日']],
  ['roc', ['113/01/02', '113/12/31']],
  ['compact', ['19970101', '19970112']],
  ['dmy', ['13/01/2024', '02/01/2024']],
  ['mdy', ['01/13/2024', '01/02/2024']],
  ['english', ['2 Jan 2024', 'Mar 4, 2024']],
  ['excel-1900', ['45293', '45294.5']],
  ['epoch-s', ['1704153600', '1704240000']],
  ['epoch-ms', ['1704153600000', '1704240000000']],
  // Bad cells do not hide the format.
  ['dmy', ['13/01/2024', '31/02/2024', '25/12/2023', 'n/a']],
  ['iso', ['2024-01-02', '2024-02-30', '2024-03-04']],
];

describe('detectDateFormat', () => {
  it.each(one)('finds %s in %j', (name, samples) => {
    expect(detectDateFormat(samples)).toMatchObject({ outcome: 'one', format: { name } });
  });

  it('asks where day and month cannot be told', () => {
    const found = detectDateFormat(['01/02/2024', '03/04/2024', '05/05/2024']);
    expect(found.outcome).toBe('ambiguous');
    expect(found.outcome === 'ambiguous' && found.candidates.map((format) => format.name).sort()).toEqual([
      'dmy',
      'mdy',
    ]);
  });

  it('reports mixed columns with an example of each', () => {
    expect(detectDateFormat(['13/01/2024', '01/13/2024'])).toMatchObject({ outcome: 'mixed' });
    expect(detectDateFormat(['2024-01-02', '2024/1/3', '2024-01-04'])).toMatchObject({
      outcome: 'mixed',
      examples: ['2024-01-02', '2024/1/3'],
    });
  });

  it.each([[[]], [['']], [['abc', 'def']], [['12', '13', '14']], [['1e5']], [['17850', '9', 'C5']]])(
    'finds no dates in %j',
    (samples) => {
      expect(detectDateFormat(samples).outcome).toBe('none');
    },
  );

  it('says what a SQL engine may do', () => {
    const formatOf = (samples: string[]) => {
      const found = detectDateFormat(samples);
      return found.outcome === 'one' ? found.format : null;
    };
    expect(formatOf(['2024-01-02'])).toMatchObject({ plainIso: true, zoned: false, strptime: '%Y-%m-%d' });
    expect(formatOf(['2024-01-02 24:00:00'])).toMatchObject({ plainIso: false });
    expect(formatOf(['2024-1-2'])).toMatchObject({ plainIso: false, strptime: '%Y-%m-%d' });
    expect(formatOf(['2010-12-01T08:26:00Z'])).toMatchObject({
      plainIso: false,
      plainZonedIso: true,
      zoned: true,
      strptime: null,
    });
    expect(formatOf(['2024/1/2', '2024/1/2 10:00'])).toMatchObject({ strptime: null });
  });

  it('gives patterns that DuckDB reads to the same day', async () => {
    const columns = [
      ['2024-01-02', '2024-12-31'],
      ['2024-1-2', '2024-12-31'],
      ['2024/1/2', '2024/12/31'],
      ['2024/1/2 9:05', '2024/12/31 23:59'],
      ['2024/1/2 9:05:01', '2024/12/31 23:59:59'],
      ['2024.1.2', '2024.12.31'],
      ['2024年1月2日', '2024年12月31日'],
      ['20240102', '20241231'],
      ['13/1/2024', '2/12/2024'],
      ['13.01.2024 10:00', '02.12.2024 11:30'],
      ['1/13/2024', '12/2/2024'],
      ['12/1/2010 8:26', '12/13/2010 18:26'],
      ['1/13/2024 3:15 PM', '12/2/2024 12:00 AM'],
      ['2024-01-02T08:26:00', '2024-12-31T23:59:59'],
    ];
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    for (const samples of columns) {
      const found = detectDateFormat(samples);
      if (found.outcome !== 'one' || found.format.strptime === null)
        throw new Error(`no pattern for ${samples[0]}`);
      for (const text of samples) {
        const reader = await connection.runAndReadAll(
          'select cast(cast(try_strptime($1, $2) as date) as varchar)',
          [text, found.format.strptime],
        );
        const theirs = { ok: true, value: reader.getRows()[0]?.[0] };
        expect({ text, read: parseDate(text, found.format) }).toEqual({ text, read: theirs });
      }
    }
    connection.closeSync();
    instance.closeSync();
  });
});
