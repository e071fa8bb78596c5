import type { Tier, TierDefinition, TierFeature, TierIndicator } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { percentOfShare } from '../../../../lib/typed-percent.js';
import list from '../../../../ui/list-table.module.css';
import { KeyValues } from '../../../../ui/key-values.js';
import { Panel } from '../../../../ui/panel.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { unitsOf } from '../policy-draft.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

interface PolicyTextProps {
  definition: TierDefinition;
  features: readonly TierFeature[];
  tiers: readonly Tier[];
  /** Its weights stand in it, whatever way they came about. */
  isPublished: boolean;
}

/** A policy to read: a published version, or a draft of somebody who may not write. */
export function PolicyText(props: PolicyTextProps) {
  const t = useWords();
  const f = useFormats();
  const { definition, isPublished } = props;
  const say = (weight: number, weighing: string) =>
    isPublished || weighing === 'entered' ? f.percent(weight / 100, Number.isInteger(weight) ? 0 : 1) : '–';
  return (
    <div className={styles['stack']}>
      {definition.axes.map((axis) => (
        <Panel
          key={axis.key}
          title={t('tiers.axisWeighs', {
            axis: axis.name,
            weight: say(axis.weight, definition.axisWeighing),
          })}
          hint={t(`tiers.weighing.${axis.weighing}`)}
          padding="none"
        >
          <AxisTable {...props} axis={axis} say={(weight) => say(weight, axis.weighing)} />
        </Panel>
      ))}
      <Panel title={t('tiers.cuts')} hint={t('tiers.cutsHint')}>
        <CutText {...props} />
      </Panel>
    </div>
  );
}

function AxisTable({
  axis,
  features,
  say,
}: PolicyTextProps & { axis: TierDefinition['axes'][number]; say: (weight: number) => string }) {
  const t = useWords();
  const scoring = useScoring();
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={axis.name}>
        <thead>
          <tr>
            <th scope="col">{t('tiers.indicator')}</th>
            <th scope="col" data-align="end">
              {t('tiers.weightWithin')}
            </th>
            <th scope="col">{t('tiers.scoring')}</th>
          </tr>
        </thead>
        <tbody>
          {axis.indicators.map((indicator) => {
            const feature = features.find((each) => each.key === indicator.feature);
            return (
              <tr key={indicator.feature}>
                <td title={feature ? t('tiers.nullMeans', { text: feature.nullMeans }) : ''}>
                  {feature?.name ?? indicator.feature}
                </td>
                <td data-align="end" data-name={t('tiers.weightWithin')}>
                  {say(indicator.weight)}
                </td>
                <td>{scoring(indicator, feature)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** How a value becomes points, in words: the scale with its ends or steps, the direction, and what a hole means. */
function useScoring() {
  const t = useWords();
  const f = useFormats();
  return ({ normalisation: scale, direction, missing }: TierIndicator, feature?: TierFeature): string => {
    const units = unitsOf(feature?.unit ?? 'rate', f.minorOf(1));
    const suffix = { percent: '%', money: ` ${f.currency}`, plain: '' }[units.suffix];
    const value = (raw: number) => {
      const typed = Number((raw / units.one).toPrecision(12));
      return `${f.decimal(typed, Number.isInteger(typed) ? 0 : 2)}${suffix}`;
    };
    const ends =
      scale.kind === 'log' || scale.kind === 'min-max'
        ? [
            scale.low === undefined
              ? t('tiers.scaleLowUsual')
              : t('tiers.fromValue', { value: value(scale.low) }),
            scale.high === undefined
              ? t('tiers.scaleHighUsual')
              : t('tiers.toValue', { value: value(scale.high) }),
          ]
        : [];
    const steps =
      scale.kind === 'thresholds'
        ? scale.steps.map((step) =>
            t('tiers.stepText', { value: value(step.from), points: f.decimal(step.share * 100, 0) }),
          )
        : [];
    return [
      t(`tiers.scale.${scale.kind}`),
      ...ends,
      ...steps,
      t(`tiers.direction.${direction}`),
      t(`tiers.missing.${missing}`),
    ].join(' · ');
  };
}

function CutText({ definition, tiers }: PolicyTextProps) {
  const t = useWords();
  const f = useFormats();
  const { cut, cuts } = definition;
  const cutOf = (at: number) => {
    const figure = cut === 'quantile' ? percentOfShare(cuts[at] ?? 0) : (cuts[at] ?? 0);
    return at < cuts.length
      ? `${t(`tiers.cutPrefix.${cut}`)} ${f.decimal(figure, Number.isInteger(figure) ? 0 : 2)} ${t(`tiers.cutSuffix.${cut}`)}`
      : t('tiers.cutRest');
  };
  return (
    <KeyValues
      items={[
        ...tiers.map((tier, at) => ({
          id: String(tier.tierId),
          label: <TierBadge badge={tier.badge} name={tier.name} />,
          value: cutOf(at),
        })),
        { id: 'total', label: t('tiers.total'), value: t(`tiers.total.${definition.total}`) },
        {
          id: 'hysteresis',
          label: t('tiers.hysteresis'),
          value: t('tiers.points', {
            points: f.decimal(definition.hysteresis, Number.isInteger(definition.hysteresis) ? 0 : 1),
          }),
        },
        {
          id: 'stay',
          label: t('tiers.minimumStay'),
          value: `${f.count(definition.minimumStayMonths)} ${t('tiers.months')}`,
        },
        {
          id: 'demotion',
          label: t('tiers.demotionApproval'),
          value: t(`tiers.demotionApproval.${definition.demotionApproval}`),
        },
      ]}
    />
  );
}
