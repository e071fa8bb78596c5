import type { BenchCurve } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { InputNumber } from 'antd';
import { useCallback, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Field } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { curvesQuery } from '../api/models.js';
import type { Model } from '../fit-choices.js';
import { useWords } from '../words.js';
import { curveOption, isShare, type SeenPoints } from './curve-options.js';
import styles from './models.module.css';

interface CurvesPanelProps {
  fit: Model;
  /** Time units or periods to begin with; null for a model whose curve ends where its data do. */
  horizon: number | null;
  /** What was seen of the contracts that the model was fitted to. */
  seen: Partial<Record<BenchCurve['name'], SeenPoints>>;
}

/** The curves that belong to a model, each with a sentence that says how to read it. */
export function CurvesPanel({ fit, horizon, seen }: CurvesPanelProps) {
  const t = useWords();
  const [until, setUntil] = useState(horizon);
  const query = useQuery(curvesQuery(fit, until));
  if (query.data?.items.length === 0) return null;
  return (
    <Panel title={t('models.curves')}>
      {until === null ? null : (
        <div className={styles['fields']}>
          <Field label={t('models.until')} hint={t('models.untilHint')}>
            <InputNumber
              min={1}
              max={10_000}
              value={until}
              onChange={(value) => setUntil(value ?? until)}
              changeOnBlur
              changeOnWheel={false}
            />
          </Field>
        </div>
      )}
      <QueryView query={query} skeleton={<SkeletonChart height={240} />}>
        {({ items }) => (
          <div className={styles['curves']}>
            {[...new Set(items.map(({ name }) => name))].map((name) => (
              <Curve
                key={name}
                curves={items.filter((curve) => curve.name === name)}
                seen={seen[name] ?? null}
                until={until}
              />
            ))}
          </div>
        )}
      </QueryView>
    </Panel>
  );
}

interface CurveProps {
  curves: BenchCurve[];
  seen: SeenPoints | null;
  until: number | null;
}

function Curve({ curves, seen, until }: CurveProps) {
  const t = useWords();
  const f = useFormats();
  const word = useAnyWord();
  const name = curves[0]?.name ?? 'survival';
  const option = useCallback(
    (k: ChartKit) =>
      curveOption(
        k,
        curves,
        { x: t(`models.axis.${name}`), all: t('models.all'), seen: t('models.seen') },
        seen,
      ),
    [curves, name, seen, t],
  );
  const reading = t(`models.curveText.${name}`, { until: until === null ? '' : f.decimal(until, 0) });
  const text = curves.some(({ lower }) => lower) ? `${reading} ${t('models.band')}` : reading;
  return (
    <section className={styles['curve']}>
      <h3>{word(`models.curve.${name}`)}</h3>
      <p>{text}</p>
      <Chart
        label={t(`models.curve.${name}`)}
        describe={text}
        height={240}
        file={name}
        option={option}
        table={{
          columns: [
            { id: 'of', label: t('models.of') },
            { id: 'x', label: t(`models.axis.${name}`), align: 'end' },
            { id: 'y', label: t(`models.curve.${name}`), align: 'end' },
          ],
          rows: curves.flatMap((curve) =>
            curve.x.map((x, i) => [
              curve.of ?? t('models.all'),
              x,
              isShare(name) ? f.percent(curve.y[i] ?? 0, 1) : f.decimal(curve.y[i] ?? 0, 4),
            ]),
          ),
        }}
      />
    </section>
  );
}
