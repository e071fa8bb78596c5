import { tierRunWord, type TierRun } from '@kezi/contract';
import { Button } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { Panel } from '../../../../ui/panel.js';
import { RunError } from '../../../../ui/run-error.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useEndRun } from '../api/tiers.js';
import { useMay } from '../use-may.js';
import { useWords } from '../words.js';
import { MovesChart } from './moves-chart.js';
import { TierTable } from './tier-table.js';
import styles from './tiers.module.css';

/** A run that is not in force: what it would do, and the ways out. One that was accepted can be given up until its day. */
export function ProposedRun({ run, fromTiers }: { run: TierRun; fromTiers: TierRun['tiers'] }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const confirm = useConfirm();
  const end = useEndRun();
  const mayDecide = useMay('tiers:approve');
  const act = async (how: 'enforce' | 'withdraw') => {
    if (how === 'withdraw') {
      const sure = await confirm({
        title: t('tiers.withdrawTitle'),
        text: t('tiers.withdrawText'),
        action: t('tiers.withdraw'),
        danger: true,
      });
      if (!sure) return;
    }
    end.mutate({ id: run.tierRunId, how }, { onError: (error) => toast.failed(error) });
  };
  return (
    <Panel
      title={t('tiers.proposed', { policy: run.policyName, version: run.versionNo ?? 0 })}
      hint={t('tiers.proposedHint', { date: f.date(run.effectiveOn), asOf: f.date(run.asOf) })}
      extra={
        <div className={styles['row']}>
          {run.status === 'proposed' && mayDecide ? null : <RunState run={run} />}
          {mayDecide ? (
            <Button disabled={end.isPending} onClick={() => void act('withdraw')}>
              {t('tiers.withdraw')}
            </Button>
          ) : null}
          {mayDecide && run.status === 'proposed' ? (
            <Button type="primary" loading={end.isPending} onClick={() => void act('enforce')}>
              {t('tiers.enforce')}
            </Button>
          ) : null}
        </div>
      }
    >
      <div className={styles['stack']}>
        {run.waitingDemotions > 0 ? (
          <p className={styles['warn']}>
            {t('tiers.demotionsWait', { count: f.count(run.waitingDemotions) })}{' '}
            <AppLink to="/grading/decisions">{t('tiers.toDecisions')}</AppLink>
          </p>
        ) : null}
        {run.summary ? (
          <>
            <TierTable tiers={run.summary.tiers} names={run.tiers} />
            <MovesChart moves={run.summary.moves} from={fromTiers} to={run.tiers} />
          </>
        ) : null}
      </div>
    </Panel>
  );
}

const tones = {
  waiting: 'neutral',
  running: 'accent',
  proposed: 'warn',
  scheduled: 'accent',
  in_force: 'good',
  replaced: 'neutral',
  withdrawn: 'neutral',
  failed: 'bad',
  cancelled: 'neutral',
} as const;

export function RunState({ run }: { run: TierRun }) {
  const { language } = useFormats();
  return (
    <>
      <Tag tone={tones[run.status]}>{tierRunWord(run.status, language)}</Tag>
      {run.error ? <RunError error={run.error} /> : null}
    </>
  );
}
