import type { DetectorBacktestRow, DetectorPatch, DetectorRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Switch } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ApiError } from '../../../../lib/api-error.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { QueryView } from '../../../../ui/query-view.js';
import { Running } from '../../../../ui/running.js';
import { orStaleNote } from '../../../../ui/stale-note.js';
import { useToast } from '../../../../ui/toast.js';
import { backtestQuery, useSetDetector } from '../api/warnings.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

const TierPolicyDialog = lazy(() => orStaleNote(() => import('./tier-policy-dialog.js')));

/** A detector: what it watches, how it did, its settings; and what it would have done in the past. */
export function DetectorCard({ detector }: { detector: DetectorRow }) {
  const t = useWords();
  const f = useFormats();
  const words = useWarningWords();
  const canSet = useCan('alerts:configure');
  const [isTested, setTested] = useState(false);
  const warnings = `/action/warnings?detector=${detector.detectorId}`;
  return (
    <li className={styles['detector']}>
      <div className={styles['head']}>
        <h3>{words.name(detector)}</h3>
        <Settings detector={detector} canSet={canSet} />
      </div>
      <p>{words.about(detector)}</p>
      <p className={styles['soft']}>{t('alerts.recommended', { play: words.play(detector) })}</p>
      <div className={styles['facts']}>
        <span>{t('alerts.dueIn', { days: detector.dueDays })}</span>
        {detector.tiers.length > 0 ? (
          <span>{t('alerts.tiersDiffer', { count: detector.tiers.length })}</span>
        ) : null}
        <AppLink to={`${warnings}&status=open`}>
          {t('alerts.openNow', { count: f.count(detector.open) })}
        </AppLink>
        <AppLink to={`${warnings}&status=handled`}>
          {t('alerts.handledSoFar', { count: f.count(detector.handled) })}
        </AppLink>
        <AppLink to={`${warnings}&status=false-alarm`}>
          {t('alerts.falseSoFar', { count: f.count(detector.falseAlarms) })}
        </AppLink>
        {detector.precision === null ? (
          <span>{t('alerts.noPrecision')}</span>
        ) : (
          <span>{t('alerts.precision', { share: f.percent(detector.precision, 0) })}</span>
        )}
        {detector.leadDays === null ? null : (
          <span>{t('alerts.lead', { days: f.decimal(detector.leadDays, 0) })}</span>
        )}
      </div>
      {detector.isBacktestable && canSet ? (
        <div>
          <Button size="small" aria-expanded={isTested} onClick={() => setTested(!isTested)}>
            {t('alerts.backtest')}
          </Button>
        </div>
      ) : null}
      {isTested ? <Backtest detectorId={detector.detectorId} onCancel={() => setTested(false)} /> : null}
      {detector.calibration === null ? null : <Calibration tenths={detector.calibration} />}
    </li>
  );
}

/** Whether the chances that a model gives come true. */
function Calibration({ tenths }: { tenths: NonNullable<DetectorRow['calibration']> }) {
  const t = useWords();
  const f = useFormats();
  return (
    <details>
      <summary>{t('alerts.calibration')}</summary>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('alerts.predicted')}</th>
              <th scope="col">{t('alerts.observed')}</th>
              <th scope="col">{t('alerts.customersCount')}</th>
            </tr>
          </thead>
          <tbody>
            {tenths.map(({ rows, meanPredicted, rate }) => (
              <tr key={`${meanPredicted} ${rows} ${rate}`}>
                <td>{f.percent(meanPredicted)}</td>
                <td>{f.percent(rate)}</td>
                <td>{f.count(rows)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Settings({ detector, canSet }: { detector: DetectorRow; canSet: boolean }) {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const set = useSetDetector();
  const [isOpen, setOpen] = useState(false);
  const { detectorId, rowVersion } = detector;
  const send = (patch: Omit<DetectorPatch, 'rowVersion'>) =>
    set.mutate(
      { detectorId, rowVersion, ...patch },
      {
        onSuccess: () => {
          setOpen(false);
          toast.done(t('alerts.saved'));
        },
        onError: (error) => {
          if (error.code === 'alerts.storm_conflict') void askAgain(error.message, patch);
          else toast.failed(error);
        },
      },
    );
  /** A storm is shown before it breaks. */
  const askAgain = async (text: string, patch: Parameters<typeof send>[0]) => {
    const yes = await confirm({ title: t('alerts.storm'), text, action: t('alerts.stormYes') });
    if (yes) send({ ...patch, confirmed: true });
  };
  return (
    <>
      {detector.isYesNo ? null : (
        <InputNumber
          aria-label={t('alerts.threshold')}
          title={t('alerts.thresholdHint')}
          prefix={t('alerts.threshold')}
          suffix={t('alerts.thresholdUnit')}
          className={styles['threshold'] ?? ''}
          min={0.1}
          max={10}
          step={0.1}
          disabled={!canSet || set.isPending}
          value={detector.threshold}
          onBlur={(event) => {
            const threshold = Number(event.target.value);
            if (threshold >= 0.1 && threshold <= 10 && threshold !== detector.threshold) send({ threshold });
          }}
        />
      )}
      <Switch
        aria-label={t('alerts.onOff')}
        checked={detector.isOn}
        disabled={!canSet}
        loading={set.isPending}
        checkedChildren={t('alerts.on')}
        unCheckedChildren={t('alerts.off')}
        onChange={(isOn) => send({ isOn })}
      />
      {canSet ? <Button onClick={() => setOpen(true)}>{t('alerts.byTier')}</Button> : null}
      <Suspense>
        {isOpen ? (
          <TierPolicyDialog
            detector={detector}
            isSaving={set.isPending}
            onSave={send}
            onClose={() => setOpen(false)}
          />
        ) : null}
      </Suspense>
    </>
  );
}

/** Seconds that the server takes for it at most. */
const patience = 120;

/** Closed while it runs, it is ended: the server stops once nobody waits. */
function Backtest({ detectorId, onCancel }: { detectorId: string; onCancel: () => void }) {
  const t = useWords();
  const query = useQuery(backtestQuery(detectorId));
  const [since] = useState(() => performance.now());
  // That the past is too short is an answer, and no breakdown.
  if (query.error instanceof ApiError && query.error.status === 422) {
    return <p className={styles['soft']}>{query.error.message}</p>;
  }
  return (
    <QueryView
      query={query}
      skeleton={
        <Running label={t('alerts.backtesting')} since={since} patience={patience} onCancel={onCancel} />
      }
    >
      {(report) => <BacktestTable report={report} />}
    </QueryView>
  );
}

function BacktestTable({ report }: { report: DetectorBacktestRow }) {
  const t = useWords();
  const f = useFormats();
  const { yardstick, equalRecall: equal, own } = report;
  const share = (value: number | null) => (value === null ? '–' : f.percent(value));
  const points = (value: number) => f.decimal(100 * value, 1);
  const rows = [
    { name: t(report.yardstickDays === null ? 'alerts.halfSpend' : 'alerts.ninetyDays'), rule: yardstick },
    ...(equal ? [{ name: t('alerts.equalRecall', { cut: f.decimal(equal.cut, 2) }), rule: equal }] : []),
    { name: t('alerts.ownCut', { threshold: f.decimal(report.threshold, 2) }), rule: own },
  ];
  return (
    <div>
      <p className={styles['soft']}>
        {t(report.detector === 'overdue' ? 'alerts.testedSilence' : 'alerts.testedSpend', {
          from: f.date(report.from),
          to: f.date(report.to),
          looks: report.looks,
          customers: f.count(report.customers),
          days: report.outcomeDays,
          rate: share(report.baseRate),
        })}
      </p>
      {report.tiersOfToday === null ? null : (
        <p className={styles['soft']}>
          {t(report.tiersOfToday === 0 ? 'alerts.tiersThen' : 'alerts.tiersToday', {
            days: report.tiersOfToday,
          })}
        </p>
      )}
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('alerts.rule')}</th>
              <th scope="col">{t('alerts.alarms')}</th>
              <th scope="col">{t('alerts.precisionName')}</th>
              <th scope="col">{t('alerts.recallName')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, rule }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>{f.count(rule.alarms)}</td>
                <td>{share(rule.precision)}</td>
                <td>{share(rule.recall)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {equal ? (
        <p>
          {t(`alerts.verdict.${equal.verdict}`, {
            gain: points(equal.gain),
            low: points(equal.gainLow),
            high: points(equal.gainHigh),
          })}
        </p>
      ) : null}
      <p className={styles['soft']}>
        {t('alerts.load', {
          week: f.decimal(own.warningsAWeek * report.scale, 1),
          precision: share(own.warningPrecision),
        })}
        {own.leadDays === null
          ? ''
          : t(own.leadDays < 0 ? 'alerts.later' : 'alerts.earlier', {
              days: f.decimal(Math.abs(own.leadDays), 0),
            })}
      </p>
    </div>
  );
}
