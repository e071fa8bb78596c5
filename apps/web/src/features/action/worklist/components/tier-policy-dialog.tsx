import type { DetectorPatch, DetectorRow, DetectorTier } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { tiersOfTodayQuery } from '../../../../lib/tiers.js';
import { Dialog } from '../../../../ui/dialog.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

interface TierPolicyDialogProps {
  detector: DetectorRow;
  isSaving: boolean;
  onSave: (patch: Pick<DetectorPatch, 'threshold' | 'mostAtOnce' | 'dueDays' | 'play' | 'tiers'>) => void;
  onClose: () => void;
}

const asRest = (tierId: number): DetectorTier => ({
  tierId,
  isOn: true,
  threshold: null,
  dueDays: null,
  play: null,
});

/** What a detector asks for, for all customers and for each tier that differs: threshold, days, recommended play. */
export default function TierPolicyDialog({ detector, isSaving, onSave, onClose }: TierPolicyDialogProps) {
  const t = useWords();
  const words = useWarningWords();
  const tiers = useQuery(tiersOfTodayQuery).data?.tiers ?? [];
  const [threshold, setThreshold] = useState(detector.threshold);
  const [mostAtOnce, setMostAtOnce] = useState(detector.mostAtOnce);
  const [dueDays, setDueDays] = useState(detector.dueDays);
  const [play, setPlay] = useState(detector.play ?? '');
  const [byTier, setByTier] = useState(new Map(detector.tiers.map((tier) => [tier.tierId, tier])));
  const change = (tierId: number, patch: Partial<DetectorTier>) =>
    setByTier(new Map(byTier).set(tierId, { ...(byTier.get(tierId) ?? asRest(tierId)), ...patch }));
  const save = () =>
    onSave({
      dueDays,
      mostAtOnce,
      play: play.trim() === '' ? null : play.trim(),
      tiers: [...byTier.values()],
      ...(threshold === detector.threshold ? {} : { threshold }),
    });
  const usual = words.play({ detectorId: detector.detectorId, play: null });
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.name(detector)}
      footer={
        <Button type="primary" loading={isSaving} onClick={save}>
          {t('alerts.save')}
        </Button>
      }
    >
      <p className={styles['soft']}>{t(tiers.length === 0 ? 'alerts.noTiers' : 'alerts.byTierHint')}</p>
      <div className={styles['policy']}>
        <fieldset>
          <legend>{t('alerts.everyone')}</legend>
          <InputNumber
            aria-label={t('alerts.threshold')}
            prefix={t('alerts.threshold')}
            min={0.1}
            max={10}
            step={0.1}
            disabled={detector.isYesNo}
            value={threshold}
            onChange={(value) => setThreshold(value ?? detector.threshold)}
          />
          <InputNumber
            aria-label={t('alerts.dueDays')}
            prefix={t('alerts.dueDays')}
            min={0}
            max={365}
            value={dueDays}
            onChange={(value) => setDueDays(value ?? detector.dueDays)}
          />
          <InputNumber
            aria-label={t('alerts.mostAtOnce')}
            title={t('alerts.mostAtOnceHint')}
            prefix={t('alerts.mostAtOnce')}
            min={1}
            max={100_000}
            value={mostAtOnce}
            onChange={(value) => setMostAtOnce(value ?? detector.mostAtOnce)}
          />
          <Input
            aria-label={t('alerts.playName')}
            maxLength={500}
            placeholder={usual}
            value={play}
            onChange={(event) => setPlay(event.target.value)}
          />
        </fieldset>
        {tiers.map(({ tierId, name }) => {
          const tier = byTier.get(tierId) ?? asRest(tierId);
          return (
            <fieldset key={tierId} disabled={!tier.isOn}>
              <legend>
                {name}{' '}
                <Switch
                  size="small"
                  aria-label={`${name} ${t('alerts.onOff')}`}
                  checked={tier.isOn}
                  disabled={false}
                  onChange={(isOn) => change(tierId, { isOn })}
                />
              </legend>
              <InputNumber
                aria-label={`${name} ${t('alerts.threshold')}`}
                prefix={t('alerts.threshold')}
                min={0.1}
                max={10}
                step={0.1}
                disabled={detector.isYesNo || !tier.isOn}
                placeholder={String(threshold)}
                value={tier.threshold}
                onChange={(value) => change(tierId, { threshold: value })}
              />
              <InputNumber
                aria-label={`${name} ${t('alerts.dueDays')}`}
                prefix={t('alerts.dueDays')}
                min={0}
                max={365}
                disabled={!tier.isOn}
                placeholder={String(dueDays)}
                value={tier.dueDays}
                onChange={(value) => change(tierId, { dueDays: value })}
              />
              <Input
                aria-label={`${name} ${t('alerts.playName')}`}
                maxLength={500}
                disabled={!tier.isOn}
                placeholder={play === '' ? usual : play}
                value={tier.play ?? ''}
                onChange={(event) => change(tierId, { play: event.target.value || null })}
              />
            </fieldset>
          );
        })}
      </div>
    </Dialog>
  );
}
