import type { NoticeKind, NoticeRow } from '@kezi/contract';
import { AppLink } from '../../../../lib/navigate.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { Tag } from '../../../../ui/tag.js';
import { useWords } from '../words.js';
import styles from './delivery.module.css';

/** Where a notice leads. */
function pathOf(kind: NoticeKind, subjectId: number | null): string {
  switch (kind) {
    case 'warning.raised':
      return subjectId === null ? '/action/warnings' : `/customers/${subjectId}?tab=warnings`;
    case 'task.assigned':
      return '/today';
    case 'customer.received':
    case 'tier.changed':
      return subjectId === null ? '/customers' : `/customers/${subjectId}`;
    case 'customer.recycling':
      return '/customers';
    case 'dispute.changed':
      return '/customers/disputes';
    case 'import.finished':
      return subjectId === null ? '/imports' : `/imports/${subjectId}`;
    case 'valuation.published':
      return '/value';
    case 'webhook.paused':
      return '/settings/outbound';
    default:
      return kind satisfies never;
  }
}

function useSentence({ kind, name, count }: NoticeRow): string {
  const t = useWords();
  if (count > 1) return t(`delivery.many.${kind}`, { count });
  return name === null ? t(`delivery.one.${kind}`) : t(`delivery.named.${kind}`, { name });
}

/** One notice: what happened, when, and the way there. */
export function NoticeLine({ notice, onRead }: { notice: NoticeRow; onRead: (id: number) => void }) {
  const t = useWords();
  const sentence = useSentence(notice);
  const isNew = notice.readAt === null;
  return (
    <li className={`${styles['notice']} ${isNew ? styles['new'] : ''}`}>
      <AppLink
        to={pathOf(notice.kind, notice.subjectId)}
        onClick={() => (isNew ? onRead(notice.noticeId) : undefined)}
      >
        {sentence}
      </AppLink>
      {notice.isUrgent ? <Tag tone="warn">{t('delivery.urgent')}</Tag> : null}
      {isNew ? <Tag tone="accent">{t('delivery.new')}</Tag> : null}
      <span className={styles['when']}>
        <DateText value={notice.createdAt} relative />
      </span>
    </li>
  );
}
