import type { TransferRow } from '@kezi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { cancelJob, useJob } from '../../../../lib/jobs.js';
import { useGo } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { JobProgress } from '../../../../ui/job-progress.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { transfersQuery, useUndoTransfer } from '../api/transfers.js';
import styles from '../components/ownership.module.css';
import { useStaying } from '../components/use-staying.js';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchInfiniteQuery(transfersQuery);
}

/** What was given to whom, and the way back. */
export default function ListTransfers() {
  const t = useWords();
  const go = useGo();
  const mayHandOver = useCan('ownership:handover');
  const query = useInfiniteQuery(transfersQuery);
  useEvents(['customer.transferred'], () => void query.refetch());
  return (
    <Page
      title={t('ownership.transfers')}
      subtitle={t('ownership.transfersHint')}
      width="reading"
      actions={
        mayHandOver ? (
          <Button onClick={() => go('/customers/handover')}>{t('ownership.handover')}</Button>
        ) : undefined
      }
    >
      <Panel padding="none">
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={4} columns={3} />}
          empty={(data) => data.pages[0]?.items.length === 0}
          emptyView={
            <EmptyState
              picture="people"
              title={t('ownership.transfersNone')}
              text={t('ownership.transfersNoneText')}
              action={{ label: t('ownership.toRegister'), to: '/customers' }}
            />
          }
        >
          {(data) => (
            <ol className={styles['list']}>
              {data.pages
                .flatMap((page) => page.items)
                .map((row) => (
                  <Transfer key={row.transferId} row={row} onOver={() => void query.refetch()} />
                ))}
            </ol>
          )}
        </QueryView>
        <MoreRows query={query} />
      </Panel>
    </Page>
  );
}

const tones = {
  queued: 'accent',
  running: 'accent',
  undoing: 'accent',
  done: 'good',
  cancelled: 'warn',
  failed: 'bad',
  undone: 'neutral',
} as const;

function Transfer({ row, onOver }: { row: TransferRow; onOver: () => void }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const undo = useUndoTransfer();
  const staying = useStaying();
  const isOpen = row.status === 'queued' || row.status === 'running' || row.status === 'undoing';
  const to = row.toOwnerName ?? (row.toTeamName ? t('ownership.poolOf', { team: row.toTeamName }) : '–');
  const takeBack = () =>
    undo.mutate(row.transferId, {
      onSuccess: () => toast.done(t('ownership.undone')),
      onError: (error) => toast.failed(error),
    });
  return (
    <li className={styles['item']}>
      <div className={styles['line']}>
        <strong className={styles['name']}>
          {t('ownership.movedTo', { count: f.count(row.wanted ?? row.moved), to })}
        </strong>
        <Tag tone={tones[row.status]}>{t(`ownership.status.${row.status}`)}</Tag>
        {row.canUndo ? (
          <span className={styles['end']}>
            <Button size="small" loading={undo.isPending} onClick={takeBack}>
              {t('ownership.takeBack')}
            </Button>
          </span>
        ) : null}
      </div>
      <p className={styles['reason']}>{t('ownership.reasonOf', { reason: row.reason })}</p>
      <p className={styles['faint']}>
        <DateText value={row.createdAt} time />
        {row.createdByName === null ? null : ` · ${t('ownership.byName', { name: row.createdByName })}`}
        {row.status === 'cancelled' || row.status === 'undone'
          ? ` · ${t('ownership.stillMoved', { count: f.count(row.moved) })}`
          : null}
        {staying(row).map((phrase) => ` · ${phrase}`)}
      </p>
      {isOpen ? <Progress jobId={row.undoJobId ?? row.jobId} onOver={onOver} /> : null}
    </li>
  );
}

function Progress({ jobId, onOver }: { jobId: number | null; onOver: () => void }) {
  const { data: job } = useJob(jobId);
  useEvents(['customer.transferred'], onOver);
  if (job === undefined) return null;
  if (job.status === 'queued' || job.status === 'running') {
    return <JobProgress job={job} onCancel={() => void cancelJob(job.id).then(onOver)} />;
  }
  return <Ended onOver={onOver} />;
}

/** The list is asked again once, when the job it shows has ended. */
function Ended({ onOver }: { onOver: () => void }) {
  const t = useWords();
  return (
    <Button size="small" onClick={onOver}>
      {t('ownership.refresh')}
    </Button>
  );
}
