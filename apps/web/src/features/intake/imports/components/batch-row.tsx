import { Button } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { Tag } from '../../../../ui/tag.js';
import type { BatchLine } from '../api/imports.js';
import { useWords } from '../words.js';
import styles from './batch-row.module.css';
import { useDelete } from './use-delete.js';
import { useUndo } from './use-undo.js';

const tones = {
  uploaded: 'neutral',
  checking: 'accent',
  checked: 'accent',
  importing: 'accent',
  imported: 'good',
  failed: 'bad',
  cancelled: 'neutral',
  undoing: 'accent',
  undone: 'neutral',
} as const;

/** One import of the list. */
export function BatchRow({ batch }: { batch: BatchLine }) {
  const t = useWords();
  const f = useFormats();
  const canUndo = useCan('imports:undo');
  const undo = useUndo();
  const remove = useDelete();
  return (
    <li className={styles['row']}>
      <div className={styles['file']}>
        <AppLink to={`/imports/${batch.importBatchId}`} className={styles['name'] ?? ''}>
          {batch.fileName}
        </AppLink>
        <span className={styles['soft']}>
          {`${t(`imports.kind.${batch.kind}`)} · ${f.bytes(batch.fileSize)}`}
        </span>
      </div>
      <div>
        <Tag tone={tones[batch.status]}>{t(`imports.status.${batch.status}`)}</Tag>
      </div>
      <Outcome batch={batch} />
      <span className={styles['who']}>
        {batch.createdByName} <DateText value={batch.createdAt} relative />
      </span>
      <div className={styles['act']}>
        {batch.status === 'imported' && canUndo ? (
          <Button size="small" loading={undo.isPending} onClick={() => undo.ask(batch)}>
            {t('imports.undoShort')}
          </Button>
        ) : null}
        {remove.can(batch) ? (
          <Button
            size="small"
            loading={remove.isPending}
            aria-label={t('imports.delete.title', { name: batch.fileName })}
            onClick={() => remove.ask(batch)}
          >
            {t('imports.deleteShort')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

function Outcome({ batch }: { batch: BatchLine }) {
  const t = useWords();
  const f = useFormats();
  const { counts, error } = batch;
  if (error) return <span className={styles['bad']}>{error.detail ?? error.code}</span>;
  if (!counts || batch.status === 'undone') return <span />;
  const records = Object.values(counts.records);
  const added = records.reduce((sum, record) => sum + record.added, 0);
  const changed = records.reduce((sum, record) => sum + record.changed, 0);
  return (
    <span className={styles['outcome']}>
      <span>{t('imports.line.accepted', { count: f.count(counts.accepted) })}</span>
      {counts.rejected > 0 ? (
        <span className={styles['bad']}>
          {t('imports.line.rejected', { count: f.count(counts.rejected) })}
        </span>
      ) : null}
      {batch.status === 'imported' ? (
        <span className={styles['soft']}>
          {t('imports.line.records', { added: f.count(added), changed: f.count(changed) })}
        </span>
      ) : null}
    </span>
  );
}
