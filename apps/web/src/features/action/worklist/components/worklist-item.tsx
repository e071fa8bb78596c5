import { Button } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { Tag } from '../../../../ui/tag.js';
import type { WorklistItem } from '../api/worklist.js';
import { useTaskWords } from '../use-task-words.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';
import { useFinish } from './finish-host.js';
import { LaterMenu } from './later-menu.js';
import styles from './worklist.module.css';

interface ItemProps {
  item: WorklistItem;
  today: string;
  /** Whose it is, where the list is not one's own. */
  withName: boolean;
}

/** A line of the worklist: who, why, how much, by when; and the buttons that end it. */
export function WorklistLine({ item, today, withName }: ItemProps) {
  const t = useWords();
  const f = useFormats();
  const words = useWarningWords();
  const taskWords = useTaskWords();
  const finish = useFinish();
  const { task, warning, customerId } = item;
  const title = task ? taskWords(task) : warning ? words.play(warning) : '';
  return (
    <li className={styles['item']} data-late={item.dueOn < today} data-line tabIndex={-1}>
      <div className={styles['main']}>
        <div className={styles['who']}>
          {customerId === null ? (
            <strong>{title}</strong>
          ) : (
            <CustomerLink to={`/customers/${customerId}`}>{item.customerName ?? title}</CustomerLink>
          )}
          {warning ? <Tag tone="warn">{words.name(warning)}</Tag> : null}
          {task?.kind === 'next-step' ? <Tag>{t('worklist.nextStep')}</Tag> : null}
          {task?.made ? <Tag>{taskWords.kind(task.kind)}</Tag> : null}
          {withName ? (
            <span className={styles['soft']}>{item.assigneeName ?? t('worklist.nobody')}</span>
          ) : null}
        </div>
        {customerId === null ? null : <p className={styles['title']}>{title}</p>}
        {warning ? <p className={styles['soft']}>{words.reason(warning)}</p> : null}
        {item.also.map((other) => (
          <p key={other.warningId} className={styles['soft']}>
            {t('worklist.also', { name: words.name(other), reason: words.reason(other) })}
          </p>
        ))}
      </div>
      <dl className={styles['figures']}>
        <div>
          <dt>{t(warning ? 'worklist.atRisk' : 'worklist.gain')}</dt>
          <dd title={t('worklist.anHour', { value: f.money(f.minorOf(item.valueAnHour)) })}>
            {f.valueShort(item.value)}
          </dd>
        </div>
        <div>
          <dt>{t('worklist.due')}</dt>
          <dd className={item.dueOn < today ? styles['late'] : ''} title={f.date(item.dueOn)}>
            {f.nearDay(item.dueOn)}
          </dd>
        </div>
        <div>
          <dt>{t('worklist.takes')}</dt>
          <dd>{t('worklist.inMinutes', { minutes: item.minutes })}</dd>
        </div>
      </dl>
      <div className={styles['buttons']}>
        <Button type="primary" onClick={() => finish(item)}>
          {t('worklist.finish')}
        </Button>
        <LaterMenu {...{ task, warning, today }} withOthers={item.also.length > 0} />
      </div>
    </li>
  );
}
