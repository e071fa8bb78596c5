import type { Job } from '../lib/jobs.js';
import { useFormats } from '../lib/formats.js';
import { ProgressBar } from '../ui/progress-bar.js';
import { useCommonWords } from '../ui/words.js';
import type zhCn from './locale/zh-CN.js';
import { useWords } from './words.js';

const known = new Set([
  'imports.run',
  'imports.check',
  'imports.undo',
  'valuation.run',
  'churn.run',
  'imports.demo',
  'alerts.run',
  'lifecycle.run',
  'lifecycle.try',
  'segments.cluster',
]);

/** One running job in the top bar: what it is and how far. */
export function JobLine({ job }: { job: Job }) {
  const t = useWords();
  const c = useCommonWords();
  const f = useFormats();
  const name = t((known.has(job.kind) ? `app.job.${job.kind}` : 'app.job.other') as keyof typeof zhCn);
  const { done = 0, total = null } = job.progress ?? {};
  const said =
    total === null || total === 0
      ? c(job.status === 'queued' ? 'job.queued' : 'job.running')
      : f.percent(Math.min(done / total, 1), 0);
  return <ProgressBar label={name} done={done} total={total} note={said} />;
}
