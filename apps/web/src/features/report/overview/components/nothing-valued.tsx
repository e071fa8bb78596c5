import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useJob, useRunningJobs } from '../../../../lib/jobs.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { JobProgress } from '../../../../ui/job-progress.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';

/** Milliseconds between looks for work that has begun. */
const lookMs = 3000;
const coming = new Set(['imports.demo', 'imports.run', 'valuation.run']);

/** Before the first run: the work that is under way, or the one next step, which depends on whether there is anything to value. */
export function NothingValued({ customers }: { customers: number }) {
  const t = useWords();
  const f = useFormats();
  const canRun = useCan('valuation:run');
  const canImport = useCan('imports:write');
  const canLoadDemo = useCan('demo:load');
  const client = useQueryClient();
  // What was loaded is valued by itself, a moment later: whoever waits here sees that work begin.
  useEffect(() => {
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: ['jobs', 'running'] }), lookMs);
    return () => clearInterval(timer);
  }, [client]);
  const work = useRunningJobs().find((job) => coming.has(job.kind));
  const job = useJob(work?.id ?? null).data ?? work;
  if (job) {
    const kind = job.kind === 'valuation.run' ? 'valuing' : 'loading';
    return (
      <Panel title={t(`overview.${kind}`)} hint={t(`overview.${kind}Text`)}>
        <JobProgress job={job} asShare />
      </Panel>
    );
  }
  if (customers === 0) {
    return (
      <EmptyState
        picture="file"
        title={t('overview.noCustomers')}
        text={t('overview.noCustomersText')}
        {...(canImport ? { action: { label: t('overview.import'), to: '/imports/new' } } : {})}
        example={canLoadDemo ? <AppLink to="/imports/demo">{t('overview.demo')}</AppLink> : undefined}
      />
    );
  }
  return (
    <EmptyState
      picture="chart"
      title={t('overview.notValued')}
      text={t('overview.notValuedText', { customers: f.count(customers) })}
      {...(canRun ? { action: { label: t('overview.toRuns'), to: '/value/runs' } } : {})}
    />
  );
}
