import { pathOfNotice, type NoticeRow } from '@kezi/contract';
import { AppLink } from '../../../../lib/navigate.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { Tag } from '../../../../ui/tag.js';
import { useWords } from '../words.js';
import styles from './delivery.module.css';

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
        to={pathOfNotice(notice.kind, notice.subjectId)}
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
