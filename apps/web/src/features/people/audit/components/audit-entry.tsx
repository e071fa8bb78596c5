import type { AuditEntry } from '@kezi/contract';
import { DateText } from '../../../../ui/figure-texts.js';
import { KeyValues } from '../../../../ui/key-values.js';
import { changesOf } from '../changes-of.js';
import { useWords } from '../words.js';
import styles from './audit.module.css';
import { useAuditWords } from './use-audit-words.js';
import { useVia } from './use-via.js';

/** One entry whole: who, when, from where, and every field before and after. */
export function AuditEntryView({ entry }: { entry: AuditEntry }) {
  const t = useWords();
  const word = useAuditWords();
  const via = useVia();
  const changes = changesOf(entry.changes);
  const record = [word('subject', entry.subject), entry.subjectId, entry.subjectName]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className={styles['facts']}>
      <KeyValues
        items={[
          { id: 'at', label: t('audit.at'), value: <DateText value={entry.recordedAt} time /> },
          { id: 'who', label: t('audit.who'), value: entry.userName ?? t('audit.program') },
          { id: 'record', label: t('audit.record'), value: record },
          { id: 'address', label: t('audit.address'), value: entry.address ?? '–' },
          { id: 'via', label: t('audit.via'), value: via(entry.via) },
          { id: 'request', label: t('audit.request'), value: entry.requestId ?? '–' },
          {
            id: 'sealed',
            label: t('audit.chain'),
            value: entry.isSealed ? t('audit.sealed') : t('audit.unsealed'),
          },
        ]}
      />
      {entry.erasedAt === null ? null : <p className={styles['note']}>{t('audit.erased')}</p>}
      {changes.length === 0 ? (
        <p className={styles['note']}>{t('audit.no_changes')}</p>
      ) : (
        <table className={styles['changes']}>
          <thead>
            <tr>
              <th scope="col">{t('audit.field')}</th>
              <th scope="col">{t('audit.before')}</th>
              <th scope="col">{t('audit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, before, after }) => (
              <tr key={field}>
                <td>{word('field', field)}</td>
                <td className={styles['before']}>{before ?? '–'}</td>
                <td>{after ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
