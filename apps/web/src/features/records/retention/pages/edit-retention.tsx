import {
  retentionGraceDays,
  retentionKinds,
  retentionNoticeDays,
  type Retention,
  type RetentionPeriods,
} from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import lists from '../../../../ui/list-table.module.css';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { retentionQuery, useSetRetention } from '../api/retention.js';
import styles from '../components/retention.module.css';
import { useWords } from '../words.js';

const periodsOf = ({ periods }: Retention): RetentionPeriods =>
  Object.fromEntries(periods.map(({ kind, months }) => [kind, months]));

/** Months after which persons are erased by night, whom that concerns, and what other months would do. */
export default function EditRetention() {
  const query = useQuery(retentionQuery());
  return (
    <QueryView query={query} skeleton={<SkeletonLines n={8} />}>
      {(set) => <RetentionForm key={JSON.stringify(set.periods)} set={set} />}
    </QueryView>
  );
}

function RetentionForm({ set }: { set: Retention }) {
  const t = useWords();
  const c = useCommonWords();
  const f = useFormats();
  const toast = useToast();
  const mayWrite = useCan('retention:write');
  const before = periodsOf(set);
  const [draft, setDraft] = useState(before);
  const isChanged = retentionKinds.some((kind) => draft[kind] !== before[kind]);
  const write = useSetRetention(() => toast.done(t('retention.saved', { days: retentionGraceDays })));
  // Nothing to ask for where no period is left.
  const isAsked = isChanged && retentionKinds.some((kind) => draft[kind] !== undefined);
  const asked = useQuery({ ...retentionQuery(draft), enabled: isAsked });
  const shown = isChanged ? (isAsked ? asked.data : undefined) : set;
  const save = () => write.mutate(draft, { onError: (error) => toast.failed(error) });
  const isWaiting = isAsked && asked.isPending;
  return (
    <Page
      title={t('retention.title')}
      subtitle={t('retention.hint')}
      width="reading"
      actions={
        mayWrite ? (
          <Button type="primary" disabled={!isChanged || isWaiting} loading={write.isPending} onClick={save}>
            {c('common.save')}
          </Button>
        ) : undefined
      }
    >
      <Panel title={t('retention.periods')} hint={t('retention.periodsHint')} padding="none">
        <ul className={styles['periods']}>
          {retentionKinds.map((kind) => (
            <li key={kind} className={styles['period']}>
              <span className={styles['what']}>
                {t(`retention.kind.${kind}`)}
                <span className={styles['faint']}>{t(`retention.since.${kind}`)}</span>
              </span>
              <InputNumber<number>
                className={styles['months'] ?? ''}
                aria-label={t(`retention.kind.${kind}`)}
                min={1}
                max={240}
                precision={0}
                disabled={!mayWrite}
                placeholder={t('retention.forever')}
                suffix={t('retention.months')}
                value={draft[kind] ?? null}
                onChange={(months) => setDraft({ ...draft, [kind]: months ?? undefined })}
              />
              <Effect shown={shown} kind={kind} isWaiting={isWaiting} />
            </li>
          ))}
        </ul>
      </Panel>
      {asked.isError && isAsked ? <p role="alert">{asked.error.message}</p> : null}
      <Panel
        title={t(isChanged ? 'retention.nextThen' : 'retention.next')}
        hint={t('retention.nextHint', { days: retentionNoticeDays })}
        padding="none"
      >
        {isWaiting ? <SkeletonLines n={4} /> : <NextPersons next={shown?.next ?? []} />}
      </Panel>
      {set.lastRun === null ? null : (
        <p className={styles['faint']}>
          {t('retention.lastRun', { time: f.dateTime(set.lastRun.at), count: set.lastRun.erased })}
        </p>
      )}
    </Page>
  );
}

interface EffectProps {
  shown: Retention | undefined;
  kind: Retention['periods'][number]['kind'];
  isWaiting: boolean;
}

/** What one period does. */
function Effect({ shown, kind, isWaiting }: EffectProps) {
  const t = useWords();
  const f = useFormats();
  const period = shown?.periods.find((one) => one.kind === kind);
  if (isWaiting) return <SkeletonLines n={1} />;
  if (period === undefined) return <span className={styles['effect']}>{t('retention.none')}</span>;
  const { dueNow, dueSoon, strikesOn } = period;
  return (
    <span className={styles['effect']} data-many={dueNow > 0}>
      {t('retention.effect', { now: dueNow, soon: dueSoon, days: retentionNoticeDays })}
      {strikesOn === null ? null : (
        <span className={styles['faint']}>{t('retention.strikesOn', { day: f.date(strikesOn) })}</span>
      )}
    </span>
  );
}

function NextPersons({ next }: { next: Retention['next'] }) {
  const t = useWords();
  const f = useFormats();
  if (next.length === 0) return <EmptyState title={t('retention.nobody')} text={t('retention.nobodyText')} />;
  return (
    <div className={lists['scroll']}>
      <table className={`${lists['table']} ${lists['cards']}`}>
        <thead>
          <tr>
            <th scope="col">{t('retention.person')}</th>
            <th scope="col">{t('retention.customer')}</th>
            <th scope="col">{t('retention.why')}</th>
            <th scope="col">{t('retention.dueOn')}</th>
          </tr>
        </thead>
        <tbody>
          {next.map(({ contactId, name, customerId, customerName, kind, dueOn }) => (
            <tr key={contactId}>
              <td>{name}</td>
              <td>
                <CustomerLink to={`/customers/${customerId}?tab=contacts`}>{customerName}</CustomerLink>
              </td>
              <td data-label={t('retention.why')}>{t(`retention.kind.${kind}`)}</td>
              <td data-label={t('retention.dueOn')}>{f.date(dueOn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
