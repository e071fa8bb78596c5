import type { ImportBatch, ImportColumn, ImportCounts, ImportRowError } from '@kezi/contract';
import { Button } from 'antd';
import { useMemo } from 'react';
import { api } from '../../../../lib/api.js';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { DataGrid } from '../../../../ui/data-grid/data-grid.js';
import type { GridColumn } from '../../../../ui/data-grid/grid-columns.js';
import { useWindowedRows } from '../../../../ui/data-grid/windowed-rows.js';
import { Icon } from '../../../../ui/icon.js';
import { Panel } from '../../../../ui/panel.js';
import { fetchRowErrors } from '../api/imports.js';
import { useWords } from '../words.js';
import styles from './counts-view.module.css';

/** Rejected rows by reason, most frequent first. */
export function ReasonsPanel({ counts }: { counts: ImportCounts }) {
  const t = useWords();
  const say = useAnyWord();
  const f = useFormats();
  const reasons = Object.entries(counts.reasons ?? {}).sort((one, other) => other[1] - one[1]);
  return (
    <Panel title={t('imports.reasons')}>
      <ul className={styles['reasons']}>
        {reasons.map(([code, count]) => {
          const key = `imports.reason.${code}`;
          const word = say(key);
          return (
            <li key={code} className={styles['reason']}>
              <span>{word === key ? t('imports.reasonOther', { code }) : word}</span>
              <span className={styles['count']}>{f.count(count)}</span>
              <span className={styles['track']} aria-hidden="true">
                <span
                  className={styles['fill']}
                  style={{ width: `${(count / Math.max(counts.rejected, 1)) * 100}%` }}
                />
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** Line and reason, then the columns of the file with the faulty cell marked. */
function errorColumns(
  columns: readonly ImportColumn[],
  t: ReturnType<typeof useWords>,
  f: ReturnType<typeof useFormats>,
): GridColumn<ImportRowError>[] {
  return [
    { id: 'line', header: t('imports.line'), width: 72, align: 'end', cell: (row) => f.count(row.line) },
    {
      id: 'reason',
      header: t('imports.why'),
      width: 440,
      title: (row) => row.detail,
      cell: (row) => <span className={styles['why']}>{row.detail}</span>,
    },
    ...columns.map((column) => fileColumn(column)),
  ];
}

function fileColumn({ index, name }: ImportColumn): GridColumn<ImportRowError> {
  const textOf = (row: ImportRowError) => row.cells[index - 1] ?? '';
  return {
    id: `column-${index}`,
    header: name,
    width: 132,
    title: textOf,
    cell: (row) => <Cell row={row} text={textOf(row)} column={name} />,
  };
}

/** Pixels: head, foot and a row each, ten rows at most. */
const gridHeight = (rows: number) => 44 + 42 + Math.min(rows, 10) * 36 + 16;

/** The rows that were not taken, as they stand in the file, with line, column and reason; and all of them as a workbook. */
export function RejectedRowsPanel({ batch, rejected }: { batch: ImportBatch; rejected: number }) {
  const t = useWords();
  const f = useFormats();
  const { importBatchId: id, columns } = batch;
  const rows = useWindowedRows<ImportRowError>({
    queryKey: ['imports', 'errors', id, batch.finishedAt],
    fetchPage: (request) => fetchRowErrors(id, request),
    total: rejected,
  });
  const shown = useMemo(() => errorColumns(columns, t, f), [columns, t, f]);
  return (
    <Panel
      className={styles['head'] ?? ''}
      title={t('imports.rejectedRows')}
      hint={t('imports.rejectedRows.hint')}
      extra={
        <Button
          href={api.url(`/imports/${id}/errors.xlsx`)}
          download
          icon={<Icon name="download" size={16} />}
        >
          {t('imports.download')}
        </Button>
      }
    >
      <div className={styles['grid']} style={{ height: gridHeight(rejected) }}>
        <DataGrid
          id={`imports.errors.${batch.kind}`}
          label={t('imports.rejectedRows')}
          rows={rows}
          rowKey={(row) => row.line}
          columns={shown}
        />
      </div>
    </Panel>
  );
}

function Cell({ row, text, column }: { row: ImportRowError; text: string; column: string }) {
  const t = useWords();
  const isFaulty = row.column === column;
  if (text === '') {
    return (
      <span className={isFaulty ? styles['cell'] : styles['faint']}>
        {isFaulty ? t('imports.emptyCell') : ''}
      </span>
    );
  }
  return isFaulty ? <span className={styles['cell']}>{text}</span> : text;
}
