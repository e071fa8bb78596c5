import type { TierFeature, TierIndicator } from '@kezi/contract';
import { Button, InputNumber } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { percentOfShare, shareOfPercent } from '../../../../lib/typed-percent.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { nextStep, unitsOf } from '../policy-draft.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

type Scale = TierIndicator['normalisation'];

interface ScaleEditorProps {
  scale: Scale;
  direction: TierIndicator['direction'];
  feature: TierFeature | undefined;
  name: string;
  onChange: (scale: Scale) => void;
}

/** Where a scale begins and ends, or its steps. Ranks need nothing. */
export function ScaleEditor(props: ScaleEditorProps) {
  if (props.scale.kind === 'percentile') return null;
  return props.scale.kind === 'thresholds' ? (
    <Steps {...props} scale={props.scale} />
  ) : (
    <Bounds {...props} scale={props.scale} />
  );
}

/** A value as people type it: amounts in yuan, shares in percent. */
function ValueInput({
  value,
  feature,
  ...rest
}: {
  value: number | undefined;
  feature: TierFeature | undefined;
  'aria-label': string;
  placeholder?: string;
  onChange: (value: number | undefined) => void;
}) {
  const f = useFormats();
  const units = unitsOf(feature?.unit ?? 'rate', f.minorOf(1));
  const suffix = { percent: '%', money: f.currency, plain: undefined }[units.suffix];
  return (
    <InputNumber
      {...rest}
      className={styles['value'] ?? ''}
      suffix={suffix}
      value={value === undefined ? null : Number((value / units.one).toPrecision(12))}
      onChange={(typed) => rest.onChange(typed === null ? undefined : typed * units.one)}
    />
  );
}

function Bounds({
  scale,
  feature,
  name,
  onChange,
}: ScaleEditorProps & { scale: Exclude<Scale, { kind: 'percentile' | 'thresholds' }> }) {
  const t = useWords();
  const ends = [
    { end: 'low', label: t('tiers.scaleLow', { of: name }), hint: t('tiers.scaleLowUsual') },
    { end: 'high', label: t('tiers.scaleHigh', { of: name }), hint: t('tiers.scaleHighUsual') },
  ] as const;
  return (
    <div className={`${styles['row']} ${styles['wide']}`}>
      {ends.map(({ end, label, hint }) => (
        <ValueInput
          key={end}
          aria-label={label}
          placeholder={hint}
          value={scale[end]}
          {...{ feature }}
          onChange={(value) => onChange({ ...scale, [end]: value })}
        />
      ))}
    </div>
  );
}

function Steps({
  scale,
  direction,
  feature,
  name,
  onChange,
}: ScaleEditorProps & { scale: Extract<Scale, { kind: 'thresholds' }> }) {
  const t = useWords();
  const { steps } = scale;
  const change = (at: number, part: Partial<(typeof steps)[number]>) =>
    onChange({ ...scale, steps: steps.map((step, i) => (i === at ? { ...step, ...part } : step)) });
  return (
    <div className={styles['steps']}>
      <span className={styles['note']}>
        {t(direction === 'more' ? 'tiers.stepsBelow.more' : 'tiers.stepsBelow.less')}
      </span>
      {steps.map((step, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a step is its place; values repeat while they are typed
        <div key={i} className={styles['row']}>
          <ValueInput
            aria-label={t('tiers.stepFrom', { of: name, place: i + 1 })}
            value={step.from}
            {...{ feature }}
            onChange={(from) => change(i, { from: from ?? 0 })}
          />
          <InputNumber
            className={styles['value'] ?? ''}
            aria-label={t('tiers.stepPoints', { of: name, place: i + 1 })}
            min={0}
            max={100}
            suffix={t('tiers.pointsUnit')}
            value={percentOfShare(step.share)}
            onChange={(points) => change(i, { share: shareOfPercent(points ?? 0) })}
          />
          {steps.length === 1 ? null : (
            <IconButton
              icon="trash"
              label={t('tiers.removeStep', { place: i + 1 })}
              onClick={() => onChange({ ...scale, steps: steps.filter((_, j) => j !== i) })}
            />
          )}
        </div>
      ))}
      {steps.length >= 20 ? null : (
        <Button
          size="small"
          className={styles['start'] ?? ''}
          onClick={() => onChange({ ...scale, steps: [...steps, nextStep(steps, direction)] })}
        >
          {t('tiers.addStep')}
        </Button>
      )}
    </div>
  );
}
