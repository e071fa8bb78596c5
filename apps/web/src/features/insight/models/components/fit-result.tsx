import { Button } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { saveFile } from '../../../../ui/chart/chart-table.js';
import { KeyValues } from '../../../../ui/key-values.js';
import { Panel } from '../../../../ui/panel.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { readFit, type Estimate, type FitView } from '../read-fit.js';
import { useWords } from '../words.js';
import styles from './models.module.css';

/** A fitted model: whether it may be believed, its parameters, and the whole of it to take along. */
export function FitResult({ fit }: { fit: Record<string, unknown> }) {
  const t = useWords();
  const c = useCommonWords();
  const f = useFormats();
  const word = useAnyWord();
  const toast = useToast();
  const view = readFit(fit);
  const text = JSON.stringify(fit, null, 2);
  const copy = () =>
    navigator.clipboard.writeText(text).then(() => toast.done(c('common.copied')), toast.failed);
  const figure = ([name, value]: [string, number]) => ({
    id: name,
    label: word(`models.figure.${name}`),
    value: Number.isInteger(value) ? f.count(value) : f.decimal(value, 4),
  });
  return (
    <Panel
      title={t('models.result', { model: word(`models.name.${view.name}`) })}
      extra={
        <>
          {/* The clipboard is there on https and on this machine only. */}
          {window.isSecureContext ? (
            <Button onClick={() => void copy()}>{t('models.copyJson')}</Button>
          ) : null}
          <Button
            onClick={() => saveFile(`${view.name}.json`, new Blob([text], { type: 'application/json' }))}
          >
            {t('models.saveJson')}
          </Button>
        </>
      }
    >
      <Trust view={view} />
      <KeyValues columns={3} items={view.figures.map(figure)} />
      <Estimates estimates={view.estimates} />
      <Groups view={view} />
    </Panel>
  );
}

function Trust({ view }: { view: FitView }) {
  const t = useWords();
  const word = useAnyWord();
  const isGood = view.converged !== false && view.reason === null;
  const warningOf = (warning: string): string => {
    for (const kind of ['at-edge', 'diverging'] as const) {
      if (warning.startsWith(`${kind}-`))
        return t(`models.warning.${kind}`, { name: warning.slice(kind.length + 1) });
    }
    return word(`models.warning.${warning}`);
  };
  return (
    <>
      <p className={styles['note']}>
        <Tag tone={isGood ? (view.warnings.length > 0 ? 'neutral' : 'good') : 'warn'}>
          {isGood ? t('models.trusted') : t('models.notTrusted')}
        </Tag>{' '}
        {view.reason === null ? null : word(`models.reason.${view.reason}`)}
      </p>
      {view.warnings.length === 0 ? null : (
        <ul className={styles['warnings']}>
          {view.warnings.map((warning) => (
            <li key={warning}>{warningOf(warning)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Estimates({ estimates }: { estimates: Estimate[] }) {
  const t = useWords();
  const f = useFormats();
  if (estimates.length === 0) return null;
  const figure = (value: number | null, digits = 4) => (value === null ? '–' : f.decimal(value, digits));
  /** An end that the data do not set leaves a one-sided statement. */
  const ends = (lower: number | null, upper: number | null): string => {
    if (lower === null) return upper === null ? '–' : `≤ ${figure(upper)}`;
    return upper === null ? `≥ ${figure(lower)}` : `${figure(lower)} … ${figure(upper)}`;
  };
  const hasGroups = estimates.some(({ of }) => of !== '');
  const hasIntervals = estimates.some(({ lower, upper }) => lower !== null || upper !== null);
  const hasTests = estimates.some(({ pValue }) => pValue !== null);
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('models.parameter')}</th>
            {hasGroups ? <th scope="col">{t('models.of')}</th> : null}
            <th scope="col">{t('models.estimate')}</th>
            <th scope="col">{t('models.standardError')}</th>
            {hasIntervals ? <th scope="col">{t('models.interval')}</th> : null}
            {hasTests ? <th scope="col">{t('models.pValue')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {estimates.map(({ of, name, value, error, lower, upper, pValue }) => (
            <tr key={`${of} ${name}`}>
              <th scope="row">{name}</th>
              {hasGroups ? <td>{of === '' ? t('models.all') : of}</td> : null}
              <td>{figure(value)}</td>
              <td>{figure(error)}</td>
              {hasIntervals ? <td>{ends(lower, upper)}</td> : null}
              {hasTests ? <td>{pValue !== null && pValue < 0.0001 ? '< 0.0001' : figure(pValue)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Centres of clusters in the reader's own units; how much each column matters to trees. */
function Groups({ view: { groups, importance } }: { view: FitView }) {
  const t = useWords();
  const f = useFormats();
  if (groups === null && importance.length === 0) return null;
  const head =
    groups === null
      ? [t('models.column'), t('models.importance')]
      : [t('models.cluster'), t('models.size'), ...groups.names];
  const rows =
    groups === null
      ? importance.map(({ name, share }) => [name, f.percent(share, 1)])
      : groups.centres.map((centre, place) => [
          String(place),
          f.count(groups.sizes[place] ?? 0),
          ...centre.map((value) => f.decimal(value, 2)),
        ]);
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...cells]) => (
            <tr key={first}>
              <th scope="row">{first}</th>
              {cells.map((cell, place) => (
                <td key={head[place + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
