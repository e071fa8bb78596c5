import type { ImportBatch, ImportPreview } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../../lib/formats.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Icon } from '../../../../ui/icon.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { previewQuery } from '../api/imports.js';
import { numberFields } from '../fields.js';
import { missingNeeds } from '../map-columns.js';
import { useWords } from '../words.js';
import type { Word } from '../words.js';
import styles from './preview-panel.module.css';

type PreviewRow = ImportPreview['rows'][number];

/** The first rows as they would be taken in; what is wrong stands in its cell, in words. */
export function PreviewPanel({ batch }: { batch: ImportBatch }) {
  const t = useWords();
  const f = useFormats();
  const query = useQuery(previewQuery(batch));
  const rows = query.data?.rows ?? [];
  const faulty = rows.filter((row) => row.cells.some((cell) => cell.code !== null)).length;
  return (
    <Panel
      className={styles['head'] ?? ''}
      title={t('imports.preview')}
      hint={t('imports.preview.hint', { count: rows.length })}
      padding="none"
      extra={
        // Of rows that lack a column it would be too much to say.
        rows.length === 0 || (faulty === 0 && missingNeeds(batch).length > 0) ? null : faulty === 0 ? (
          <span className={styles['fine']}>
            <Icon name="check" size={16} />
            {t('imports.preview.fine')}
          </span>
        ) : (
          <span className={styles['faulty']}>
            <Icon name="warning" size={16} />
            {t('imports.preview.faulty', { count: f.count(faulty) })}
          </span>
        )
      }
    >
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={6} columns={6} />}
        empty={(data) => data.fields.length === 0 || data.rows.length === 0}
        emptyView={
          <EmptyState picture="file" title={t('imports.preview.none')} text={t('imports.preview.noneText')} />
        }
      >
        {(data) => <PreviewTable batch={batch} preview={data} stale={query.isPlaceholderData} />}
      </QueryView>
    </Panel>
  );
}

interface PreviewTableProps {
  batch: ImportBatch;
  preview: ImportPreview;
  stale: boolean;
}

function PreviewTable({ batch, preview, stale }: PreviewTableProps) {
  const t = useWords();
  const at = (field: string) => batch.mapping.columns[field] ?? Number.MAX_SAFE_INTEGER;
  // In the order of the file's own columns.
  const order = preview.fields
    .map((field, index) => ({ field, index }))
    .sort((a, b) => at(a.field) - at(b.field));
  const nameOf = (field: string) =>
    field.startsWith('custom:') ? field.slice('custom:'.length) : t(`imports.field.${field}` as Word);
  const columnName = (field: string) => batch.columns.find((one) => one.index === at(field))?.name ?? '';
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keys
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('imports.preview')}>
      <table className={styles['table']} aria-busy={stale}>
        <thead>
          <tr>
            <th className={styles['line']}>{t('imports.line')}</th>
            {order.map(({ field }) => (
              <th key={field} className={numberFields.has(field) ? styles['number'] : undefined}>
                {nameOf(field)}
                <span className={styles['source']}>{columnName(field)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.line} className={row.cells.some((cell) => cell.code !== null) ? styles['bad'] : ''}>
              <td className={styles['line']}>{row.line}</td>
              {order.map(({ field, index }) => (
                <PreviewCell key={field} cell={row.cells[index]} isNumber={numberFields.has(field)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PreviewCell({
  cell,
  isNumber,
}: {
  cell: PreviewRow['cells'][number] | undefined;
  isNumber: boolean;
}) {
  const t = useWords();
  if (!cell) return null;
  const side = isNumber ? styles['number'] : undefined;
  if (cell.code !== null) {
    return (
      <td className={styles['wrong']}>
        <span className={styles['text']}>{cell.text === '' ? t('imports.emptyCell') : cell.text}</span>
        <span className={styles['why']}>{cell.detail}</span>
      </td>
    );
  }
  const changed = cell.value !== null && cell.value !== cell.text;
  return (
    <td className={side} title={changed ? t('imports.written', { text: cell.text }) : undefined}>
      {cell.value}
    </td>
  );
}
