import type { ValuationOptions } from '@kezi/contract';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useGo } from '../../../../lib/navigate.js';
import { Panel } from '../../../../ui/panel.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { orStaleNote } from '../../../../ui/stale-note.js';
import { useToast } from '../../../../ui/toast.js';
import { useStartRun } from '../api/runs.js';
import styles from './new-run-form.module.css';
import { useWords } from '../words.js';

const RunOptions = lazy(() => orStaleNote(() => import('./run-options.js')));

/** Starts a run. Everything has a default that suits most companies; the rest is folded away. */
export function NewRunForm() {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const start = useStartRun();
  const [open, setOpen] = useState(false);
  const [options, setOptions] = useState<Partial<ValuationOptions>>({});
  const change = (part: Partial<ValuationOptions>) => setOptions({ ...options, ...part });
  const submit = () =>
    start.mutate(withoutEmpty(options), {
      onSuccess: (run) => go(`/value/runs/${run.valuationRunId}`),
      onError: (error) => toast.failed(error),
    });
  return (
    <Panel
      title={t('valuation.new')}
      hint={t('valuation.newHint')}
      padding={open ? 'normal' : 'none'}
      className={open ? '' : (styles['closed'] ?? '')}
      extra={
        <>
          <Button type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'valuation.fewer' : 'valuation.options')}
          </Button>
          <Button type="primary" loading={start.isPending} onClick={submit}>
            {t('valuation.start')}
          </Button>
        </>
      }
    >
      {open ? (
        <Suspense fallback={<SkeletonLines n={2} />}>
          <RunOptions options={options} onChange={change} />
        </Suspense>
      ) : null}
    </Panel>
  );
}

function withoutEmpty(options: Partial<ValuationOptions>): Partial<ValuationOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
