import type { Backtest, ModelCandidate, ModelChoice } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { Panel } from '../../../../ui/panel.js';
import { Tag } from '../../../../ui/tag.js';
import { useCommonWords } from '../../../../ui/words.js';
import { bestOf, inOrder, measures, totalScale, type Measure } from '../candidate-table.js';
import { useWords } from '../words.js';
import styles from './candidates-panel.module.css';

interface CandidatesPanelProps {
  candidates: readonly ModelCandidate[];
  choice: ModelChoice | undefined;
  backtest: Backtest | null;
}

/** What was compared before the figures were made: how each did on what it had not seen, and why it is or is not in use. */
export function CandidatesPanel({ candidates, choice, backtest }: CandidatesPanelProps) {
  const t = useWords();
  const f = useFormats();
  const word = useAnyWord();
  const inUse = candidates.find((candidate) => candidate.inUse);
  const isTested = backtest !== null && candidates.some((candidate) => candidate.holdout !== null);
  const sampled = choice?.sampledCustomers ?? null;
  return (
    <Panel
      title={t('valuation.candidates')}
      hint={
        isTested
          ? t('valuation.candidatesHint', {
              from: f.date(backtest.calibrationEnd),
              to: f.date(backtest.holdoutEnd),
              actual: f.count(backtest.actualOrders),
            })
          : t('valuation.candidatesUntested')
      }
    >
      {inUse === undefined || choice === undefined ? null : (
        <p className={styles['lead']}>
          {t(inUse.fit === null ? 'valuation.choice.naive' : `valuation.choice.${choice.by}`, {
            model: word(`model.${inUse.name}`),
          })}
          {sampled === null ? '' : t('valuation.choice.sampled', { count: f.count(sampled) })}
        </p>
      )}
      {isTested ? (
        <>
          <TestedTable candidates={inOrder(candidates)} actual={backtest.actualOrders} />
          <p className={styles['legend']}>{t('valuation.candidatesLegend')}</p>
          <Meanings />
        </>
      ) : (
        <FitTable candidates={inOrder(candidates)} />
      )}
    </Panel>
  );
}

function TestedTable({ candidates, actual }: { candidates: readonly ModelCandidate[]; actual: number }) {
  const t = useWords();
  const f = useFormats();
  const best = bestOf(candidates);
  const scale = totalScale(candidates, actual);
  return (
    <table className={styles['table']} aria-label={t('valuation.candidates')}>
      <thead>
        <tr>
          <th scope="col">{t('valuation.candidate')}</th>
          {measures.map(({ name, bestIs }) => (
            <th key={name} scope="col" title={t(`valuation.measure.${name}.help`)}>
              {t(`valuation.measure.${name}`)}
              <small>{t(`valuation.best.${bestIs}`)}</small>
            </th>
          ))}
          <th scope="col">{t('valuation.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((candidate) => (
          <tr key={candidate.name} data-used={candidate.inUse}>
            <CandidateName candidate={candidate} />
            {measures.map(({ name }) => (
              <td
                key={name}
                data-label={t(`valuation.measure.${name}`)}
                data-empty={candidate.holdout?.[name] === undefined || candidate.holdout[name] === null}
              >
                <Figure
                  measure={name}
                  value={candidate.holdout?.[name] ?? null}
                  isBest={best.get(name)?.has(candidate) ?? false}
                />
                {name === 'totalError' && candidate.holdout !== null ? (
                  <span
                    className={styles['total']}
                    title={t('valuation.totalOf', {
                      predicted: f.count(candidate.holdout.total),
                      actual: f.count(actual),
                    })}
                  >
                    <span
                      className={styles['bar']}
                      style={{ width: `${scale.at(candidate.holdout.total)}%` }}
                    />
                    <span className={styles['truth']} style={{ left: `${scale.actual}%` }} />
                  </span>
                ) : null}
              </td>
            ))}
            <Verdict candidate={candidate} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What each measure says, for who does not read them every day. */
function Meanings() {
  const t = useWords();
  return (
    <details className={styles['meanings']}>
      <summary>{t('valuation.meanings')}</summary>
      <dl>
        {measures.map(({ name }) => (
          <div key={name}>
            <dt>{t(`valuation.measure.${name}`)}</dt>
            <dd>{t(`valuation.measure.${name}.help`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Where nothing was held out there is only how well each fits what it was fitted on. */
function FitTable({ candidates }: { candidates: readonly ModelCandidate[] }) {
  const t = useWords();
  const f = useFormats();
  return (
    <table className={styles['table']} aria-label={t('valuation.candidates')}>
      <thead>
        <tr>
          <th scope="col">{t('valuation.candidate')}</th>
          <th scope="col">{t('valuation.likelihood')}</th>
          <th scope="col">{t('valuation.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((candidate) => {
          const likelihood = candidate.fit?.logLikelihood ?? null;
          return (
            <tr key={candidate.name} data-used={candidate.inUse}>
              <CandidateName candidate={candidate} />
              <td data-label={t('valuation.likelihood')}>
                {likelihood === null ? '–' : f.decimal(likelihood, 2)}
              </td>
              <Verdict candidate={candidate} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function CandidateName({ candidate: { name } }: { candidate: ModelCandidate }) {
  const t = useWords();
  const word = useCommonWords();
  return (
    <th scope="row">
      {word(`model.${name}`)}
      <small>{t(`valuation.model.${name}.what`)}</small>
    </th>
  );
}

function Figure({ measure, value, isBest }: { measure: Measure; value: number | null; isBest: boolean }) {
  const t = useWords();
  const f = useFormats();
  if (value === null) return '–';
  const text =
    measure === 'totalError'
      ? `${value > 0 ? '+' : ''}${f.percent(value, 1)}`
      : measure === 'weightedMape'
        ? f.percent(value, 1)
        : f.decimal(value, 3);
  return isBest ? (
    <b className={styles['best']}>
      {text}
      <span className="kz-unseen">{t('valuation.best')}</span>
    </b>
  ) : (
    text
  );
}

function Verdict({ candidate: { inUse, reason } }: { candidate: ModelCandidate }) {
  const t = useWords();
  const word = useAnyWord();
  return (
    <td className={styles['verdict']} data-label={t('valuation.verdict')}>
      {inUse ? (
        <Tag tone="good">{t('valuation.inUse')}</Tag>
      ) : (
        word(`valuation.reason.${reason ?? 'no-better'}`)
      )}
    </td>
  );
}
