import { importCounts } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { ApiError } from '../../../../lib/api-error.js';
import { cancelJob, useJob, useRunningJobs } from '../../../../lib/jobs.js';
import type { Job } from '../../../../lib/jobs.js';
import { useGo } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { JobProgress } from '../../../../ui/job-progress.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { useToast } from '../../../../ui/toast.js';
import { demoJobQuery, useLoadDemo } from '../api/load-demo.js';
import { DemoResult } from '../components/demo-result.js';
import { useWords } from '../words.js';
import styles from './imports.module.css';

const stages = ['organisation', 'customers', 'products', 'orders'] as const;
const demoResult = z.record(z.string(), importCounts);

/** The made-up company: begin, watch it come in, and go on from there. */
export default function LoadDemo() {
  const t = useWords();
  const query = useQuery(demoJobQuery);
  return (
    <Page title={t('imports.demo')} subtitle={t('imports.demo.subtitle')} back="/imports" width="reading">
      <QueryView query={query}>{(job) => (job ? <DemoJob first={job} /> : <Begin />)}</QueryView>
    </Page>
  );
}

function Begin() {
  const t = useWords();
  const load = useLoadDemo();
  return (
    <Panel>
      {load.isError ? <ErrorState error={load.error} size="band" /> : null}
      <EmptyState
        picture="people"
        title={t('imports.demo.title')}
        text={t('imports.demo.text')}
        {...(load.isPending
          ? {}
          : { action: { label: t('imports.demo.start'), onClick: () => load.mutate(undefined) } })}
      />
    </Panel>
  );
}

/** Milliseconds after which what follows has begun, on a slow machine too. */
const followsMs = 60_000;

/** What goes on by itself; nothing any more once that has been done. */
function Follows({ job }: { job: Job }) {
  const t = useWords();
  const isWorking = useRunningJobs().length > 0;
  const [openedAt] = useState(() => Date.now());
  const [hasWorked, setHasWorked] = useState(false);
  if (job.status !== 'done') return <p className={styles['soft']}>{t('imports.demo.mayLeave')}</p>;
  if (isWorking && !hasWorked) setHasWorked(true);
  const isOld = job.finishedAt !== null && openedAt - Date.parse(job.finishedAt) > followsMs;
  if (!isWorking && (hasWorked || isOld)) return null;
  return <p className={styles['soft']}>{t('imports.demo.valuing')}</p>;
}

function DemoJob({ first }: { first: Job }) {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const canSee = useCan('overview:read');
  const job = useJob(first.id).data ?? first;
  if (job.status === 'cancelled') return <Begin />;
  if (job.status === 'failed') {
    return (
      <>
        <ErrorState size="band" error={new ApiError({ status: 422, code: 'web.broken', ...job.error })} />
        <Begin />
      </>
    );
  }
  const result = job.status === 'done' ? demoResult.safeParse(job.result) : undefined;
  return (
    <>
      <Panel title={t(job.status === 'done' ? 'imports.demo.done' : 'imports.demo.loading')}>
        <JobProgress
          job={job}
          asShare
          stages={stages.map((id) => ({ id, label: t(`imports.demo.stage.${id}`) }))}
          onCancel={() => void cancelJob(job.id).catch((error: unknown) => toast.failed(error))}
        />
        <Follows job={job} />
      </Panel>
      {result?.success ? <DemoResult counts={result.data} /> : null}
      {job.status === 'done' ? (
        <div className={styles['actions']}>
          {canSee ? (
            <>
              <Button type="primary" onClick={() => go('/today')}>
                {t('imports.demo.today')}
              </Button>
              <Button onClick={() => go('/value/churn')}>{t('imports.demo.leaving')}</Button>
              <Button onClick={() => go('/value')}>{t('imports.demo.value')}</Button>
            </>
          ) : null}
          <Button onClick={() => go('/customers')}>{t('imports.seeCustomers')}</Button>
        </div>
      ) : null}
    </>
  );
}
