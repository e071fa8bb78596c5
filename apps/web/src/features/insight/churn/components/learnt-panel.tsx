import type { ChurnReport } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { Panel } from '../../../../ui/panel.js';
import { Tag } from '../../../../ui/tag.js';
import { Whisker } from '../../../../ui/whisker.js';
import { useWords } from '../words.js';
import styles from './churn.module.css';

/** Whether the model may be believed: how it did on orders that it had not seen, beside rules that need no model. */
export function LearntPanel({ report }: { report: ChurnReport }) {
  const t = useWords();
  const f = useFormats();
  const word = useAnyWord();
  const { model, silence, cuts, heldOut } = report;
  return (
    <Panel
      title={t('churn.proof')}
      hint={t('churn.proofHint', {
        training: f.date(cuts.training),
        test: f.date(cuts.test),
        rows: f.count(heldOut.rows),
        churned: f.count(heldOut.churned),
      })}
    >
      <p className={styles['lead']}>
        <Tag tone={model.trusted ? 'good' : 'warn'}>{word(`churn.model.${model.inUse}`)}</Tag>{' '}
        {model.reason === null ? t('churn.trusted') : word(`churn.distrust.${model.reason}`)}{' '}
        {t(`churn.silence.${silence.from}`, {
          days: silence.days,
          rhythm: silence.rhythmDays === null ? '–' : f.count(silence.rhythmDays),
        })}
      </p>
      <RuleTable candidates={report.candidates} />
    </Panel>
  );
}

function RuleTable({ candidates }: Pick<ChurnReport, 'candidates'>) {
  const t = useWords();
  const f = useFormats();
  const word = useAnyWord();
  const figure = (value: number | null, digits: number) => (value === null ? '–' : f.decimal(value, digits));
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('churn.rule')}</th>
            <th scope="col" title={t('churn.aucHelp')}>
              {t('churn.auc')}
            </th>
            <th scope="col" className={styles['picture']}>
              {t('churn.interval')}
            </th>
            <th scope="col" title={t('churn.liftHelp')}>
              {t('churn.lift')}
            </th>
            <th scope="col" title={t('churn.brierHelp')}>
              {t('churn.brier')}
            </th>
          </tr>
        </thead>
        <tbody>
          {candidates.map(({ name, auc, aucLow, aucHigh, topTenthLift, brier }) => (
            <tr key={name}>
              <th scope="row">{word(`churn.rule.${name}`)}</th>
              <td>{figure(auc, 3)}</td>
              <td className={styles['picture']}>
                {auc === null || aucLow === null || aucHigh === null ? (
                  '–'
                ) : (
                  <Whisker
                    low={aucLow}
                    value={auc}
                    high={aucHigh}
                    min={0.4}
                    max={1}
                    label={`${f.decimal(aucLow, 3)} – ${f.decimal(aucHigh, 3)}`}
                  />
                )}
              </td>
              <td>{figure(topTenthLift, 2)}</td>
              <td>{figure(brier, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What tells, and whether the probabilities hold: of those to whom 30 % was foretold, three in ten should leave. */
export function TellsPanel({ report }: { report: ChurnReport }) {
  const t = useWords();
  const f = useFormats();
  const word = useAnyWord();
  const group = ({ values, rate }: ChurnReport['features'][number]['most']) =>
    `${values === '' ? t('churn.missing') : values} · ${f.percent(rate, 0)}`;
  return (
    <div className={styles['columns']}>
      <Panel title={t('churn.tells')} hint={t('churn.tellsHint')}>
        {report.features.length === 0 ? <p>{t('churn.tellsNothing')}</p> : null}
        <div className={styles['scroll']}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('churn.feature')}</th>
                <th scope="col">{t('churn.share')}</th>
                <th scope="col">{t('churn.most')}</th>
                <th scope="col">{t('churn.least')}</th>
              </tr>
            </thead>
            <tbody>
              {report.features.slice(0, 8).map(({ name, share, most, least }) => (
                <tr key={name}>
                  <th scope="row">{word(`churn.feature.${name}`)}</th>
                  <td>{f.percent(share, 0)}</td>
                  <td>{group(most)}</td>
                  <td>{group(least)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <Panel title={t('churn.calibration')} hint={t('churn.calibrationHint')}>
        <div className={styles['scroll']}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('churn.customers')}</th>
                <th scope="col">{t('churn.foretold')}</th>
                <th scope="col">{t('churn.came')}</th>
              </tr>
            </thead>
            <tbody>
              {report.calibration.map(({ rows, meanPredicted, rate }) => (
                <tr key={`${meanPredicted} ${rate}`}>
                  <th scope="row">{f.count(rows)}</th>
                  <td>{f.percent(meanPredicted, 0)}</td>
                  <td>{f.percent(rate, 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </div>
  );
}
