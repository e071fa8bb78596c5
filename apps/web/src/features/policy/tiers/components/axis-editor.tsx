import { normalisationKinds, weighings, type TierDefinition, type TierFeature } from '@kezi/contract';
import { Button, Input, InputNumber, Select } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { IconButton } from '../../../../ui/icon-button.js';
import {
  addIndicator,
  changeAxis,
  changeIndicator,
  equalParts,
  pairsOf,
  removeIndicator,
  saatyScale,
  scaleOf,
  usualOf,
} from '../policy-draft.js';
import { useWords } from '../words.js';
import { ScaleEditor } from './scale-editor.js';
import styles from './tiers.module.css';

interface EditorProps {
  definition: TierDefinition;
  features: readonly TierFeature[];
  onChange: (definition: TierDefinition) => void;
}

/** One axis of the policy with its indicators: weights, direction, scale and what a hole means. */
export function AxisEditor({ at, ...editor }: EditorProps & { at: number }) {
  const t = useWords();
  const { definition, features, onChange } = editor;
  const axis = definition.axes[at];
  if (!axis) return null;
  const even = () => {
    const parts = equalParts(axis.indicators.length);
    onChange(
      changeAxis(definition, at, {
        indicators: axis.indicators.map((each, i) => ({ ...each, weight: parts[i] ?? 0 })),
      }),
    );
  };
  return (
    <section className={styles['axis']} aria-label={axis.name}>
      <div className={styles['row']}>
        <Input
          className={styles['grow'] ?? ''}
          value={axis.name}
          aria-label={t('tiers.axisName')}
          onChange={(event) => onChange(changeAxis(definition, at, { name: event.target.value }))}
        />
        {definition.axisWeighing === 'entered' ? (
          <InputNumber
            className={styles['small'] ?? ''}
            aria-label={t('tiers.weightOf', { of: axis.name })}
            min={0}
            max={100}
            suffix="%"
            value={axis.weight}
            onChange={(weight) => onChange(changeAxis(definition, at, { weight: weight ?? 0 }))}
          />
        ) : null}
        <Select
          value={axis.weighing}
          aria-label={t('tiers.weighing')}
          options={weighings.map((value) => ({ value, label: t(`tiers.weighing.${value}`) }))}
          onChange={(weighing) => onChange(changeAxis(definition, at, { weighing }))}
        />
      </div>
      {axis.indicators.map((indicator, i) => (
        <IndicatorLine key={indicator.feature} {...editor} axis={at} at={i} />
      ))}
      {axis.weighing === 'ahp' ? (
        <Judgements
          names={axis.indicators.map(
            (each) => features.find((one) => one.key === each.feature)?.name ?? each.feature,
          )}
          judgements={axis.judgements}
          onChange={(judgements) => onChange(changeAxis(definition, at, { judgements }))}
        />
      ) : null}
      {axis.weighing === 'entered' ? (
        <SumNote weights={axis.indicators.map((indicator) => indicator.weight)} />
      ) : null}
      <div className={styles['row']}>
        <Button size="small" onClick={() => onChange(addIndicator(definition, at, features))}>
          {t('tiers.addIndicator')}
        </Button>
        {axis.weighing === 'entered' ? (
          <Button size="small" type="text" onClick={even}>
            {t('tiers.equalWeights')}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function IndicatorLine({
  definition,
  features,
  onChange,
  axis,
  at,
}: EditorProps & { axis: number; at: number }) {
  const t = useWords();
  const owner = definition.axes[axis];
  const indicator = owner?.indicators[at];
  if (!owner || !indicator) return null;
  const change = (part: Partial<typeof indicator>) => onChange(changeIndicator(definition, axis, at, part));
  const used = new Set(definition.axes.flatMap((each) => each.indicators.map((one) => one.feature)));
  const feature = features.find((each) => each.key === indicator.feature);
  const name = feature?.name ?? indicator.feature;
  return (
    <div className={styles['indicator']}>
      <Select
        className={styles['grow'] ?? ''}
        value={indicator.feature}
        aria-label={t('tiers.indicator')}
        title={feature ? t('tiers.nullMeans', { text: feature.nullMeans }) : ''}
        showSearch={{ optionFilterProp: 'label' }}
        options={features
          .filter((each) => each.key === indicator.feature || !used.has(each.key))
          .map((each) => ({ value: each.key, label: each.name }))}
        onChange={(key) => {
          const chosen = features.find((each) => each.key === key);
          if (chosen) change(usualOf(chosen));
        }}
      />
      {owner.weighing === 'entered' ? (
        <InputNumber
          className={styles['small'] ?? ''}
          aria-label={t('tiers.weightOf', { of: name })}
          min={0}
          max={100}
          suffix="%"
          value={indicator.weight}
          onChange={(weight) => change({ weight: weight ?? 0 })}
        />
      ) : null}
      <IconButton
        icon="trash"
        label={t('tiers.removeIndicator', { name })}
        onClick={() => onChange(removeIndicator(definition, axis, at))}
      />
      <span className={styles['break']} />
      <Select
        value={indicator.normalisation.kind}
        aria-label={t('tiers.scaleOf', { of: name })}
        options={normalisationKinds.map((value) => ({ value, label: t(`tiers.scale.${value}`) }))}
        onChange={(kind) => change({ normalisation: scaleOf(kind, indicator.direction) })}
      />
      <Select
        value={indicator.direction}
        aria-label={t('tiers.directionOf', { of: name })}
        options={(['more', 'less'] as const).map((value) => ({
          value,
          label: t(`tiers.direction.${value}`),
        }))}
        onChange={(direction: 'more' | 'less') =>
          change(
            indicator.normalisation.kind === 'thresholds'
              ? { direction, normalisation: scaleOf('thresholds', direction) }
              : { direction },
          )
        }
      />
      <Select
        value={indicator.missing}
        aria-label={t('tiers.missingOf', { of: name })}
        options={(['worst', 'middle'] as const).map((value) => ({
          value,
          label: t(`tiers.missing.${value}`),
        }))}
        onChange={(missing: 'worst' | 'middle') => change({ missing })}
      />
      <ScaleEditor
        scale={indicator.normalisation}
        direction={indicator.direction}
        {...{ feature, name }}
        onChange={(normalisation) => change({ normalisation })}
      />
    </div>
  );
}

/** Weights are percent with at most two digits: a third of three adds up to 99.99. */
const leeway = 0.05;

/** What weights add up to, where that is not the whole. */
export function SumNote({ weights }: { weights: readonly number[] }) {
  const t = useWords();
  const f = useFormats();
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 100) <= leeway) return null;
  return (
    <p role="status" className={styles['warn']}>
      {t('tiers.sumOff', { sum: f.percent(sum / 100, Number.isInteger(sum) ? 0 : 2) })}
    </p>
  );
}

interface JudgementsProps {
  names: readonly string[];
  judgements: readonly number[];
  onChange: (judgements: number[]) => void;
}

/** Pairwise comparison: how much more important the first is than the second. */
export function Judgements({ names, judgements, onChange }: JudgementsProps) {
  const t = useWords();
  const words = ['far', 'much', 'more', 'some', 'same', 'some', 'more', 'much', 'far'] as const;
  return (
    <>
      {pairsOf(names.length).map(([first, second], i) => (
        <div key={`${names[first] ?? ''} ${names[second] ?? ''}`} className={styles['indicator']}>
          <span className={styles['grow']}>
            {t('tiers.compare', { first: names[first] ?? '', second: names[second] ?? '' })}
          </span>
          <Select
            value={saatyScale.findIndex((value) => Math.abs(value - (judgements[i] ?? 1)) < 1e-6)}
            aria-label={t('tiers.compare', { first: names[first] ?? '', second: names[second] ?? '' })}
            popupMatchSelectWidth={false}
            options={saatyScale.map((_, at) => ({
              value: at,
              label: t(at < 4 ? `tiers.less.${words[at] as 'far'}` : `tiers.more.${words[at] as 'far'}`),
            }))}
            onChange={(at) =>
              onChange(judgements.map((value, j) => (j === i ? (saatyScale[at] ?? 1) : value)))
            }
          />
        </div>
      ))}
    </>
  );
}
