import { festivalGreeting, festivalName, type FestivalCare, type TaskRuleList } from '@kezi/contract';
import { Button, Switch } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Panel } from '../../../../ui/panel.js';
import { orStaleNote } from '../../../../ui/stale-note.js';
import { useToast } from '../../../../ui/toast.js';
import { useAddFestivalCare, useChangeFestivalCare, useDeleteFestivalCare } from '../api/festival-cares.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

const FestivalDialog = lazy(() => orStaleNote(() => import('./festival-dialog.js')));

interface FestivalCaresProps extends Pick<TaskRuleList, 'festivalCares' | 'festivals'> {
  canSet: boolean;
}

/** Festivals on which owners are reminded of their customers, the next first. */
export function FestivalCares({ festivalCares, festivals, canSet }: FestivalCaresProps) {
  const t = useWords();
  const [shown, setShown] = useState<FestivalCare | 'new' | null>(null);
  return (
    <Panel
      title={t('worklist.festivals')}
      hint={t('worklist.festivalsHint')}
      padding="none"
      extra={
        canSet ? <Button onClick={() => setShown('new')}>{t('worklist.addFestival')}</Button> : undefined
      }
    >
      {festivalCares.length === 0 ? (
        <p className={styles['more']}>{t('worklist.noFestivals')}</p>
      ) : (
        <ol className={styles['list']}>
          {festivalCares.map((care) => (
            <CareLine key={care.festivalCareId} care={care} canSet={canSet} onChange={() => setShown(care)} />
          ))}
        </ol>
      )}
      <Suspense>
        {shown === null ? null : (
          <FestivalDialog
            care={shown === 'new' ? null : shown}
            festivals={festivals}
            onClose={() => setShown(null)}
          />
        )}
      </Suspense>
    </Panel>
  );
}

interface CareLineProps {
  care: FestivalCare;
  canSet: boolean;
  onChange: () => void;
}

function CareLine({ care, canSet, onChange }: CareLineProps) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const change = useChangeFestivalCare();
  const remove = useDeleteFestivalCare();
  const add = useAddFestivalCare();
  const failed = (error: unknown) => toast.failed(error);
  const { festivalCareId: id, rowVersion } = care;
  const name = festivalName(care.festival, f.language);
  const tierIds = care.tiers.map(({ tierId }) => tierId);
  const whom = [...care.tiers.map((tier) => tier.name), ...care.regions, care.segmentName ?? []].flat();
  const { festival, title, leadDays, minutes, regions, segmentId, isOn } = care;
  const again = { festival, title, leadDays, minutes, tierIds, regions, segmentId, isOn };
  return (
    <li className={styles['detector']}>
      <div className={styles['head']}>
        <h3>{t('worklist.festivalDoes', { festival: name, what: title ?? festivalGreeting(f.language) })}</h3>
        <Switch
          aria-label={`${name} ${t('alerts.onOff')}`}
          checked={isOn}
          disabled={!canSet}
          loading={change.isPending}
          checkedChildren={t('alerts.on')}
          unCheckedChildren={t('alerts.off')}
          onChange={(on) =>
            change.mutate(
              { id, rowVersion, isOn: on },
              { onSuccess: () => toast.done(t('worklist.ruleSaved')), onError: failed },
            )
          }
        />
        {canSet ? (
          <>
            <Button onClick={onChange}>{t('worklist.changeFestival')}</Button>
            <Button
              type="text"
              danger
              loading={remove.isPending}
              onClick={() =>
                remove.mutate(id, {
                  onSuccess: () => toast.undo(t('worklist.festivalDeleted'), () => add.mutateAsync(again)),
                  onError: failed,
                })
              }
            >
              {t('worklist.delete')}
            </Button>
          </>
        ) : null}
      </div>
      <p className={styles['soft']}>
        {[
          t('worklist.festivalNext', { day: f.date(care.nextOn), days: leadDays }),
          care.dueOn === care.nextOn ? [] : t('worklist.festivalDue', { day: f.date(care.dueOn) }),
          whom.length === 0 ? t('worklist.festivalAll') : whom,
          t('worklist.inMinutes', { minutes }),
          t('worklist.ruleOpen', { count: f.count(care.open) }),
        ]
          .flat()
          .join(' · ')}
      </p>
    </li>
  );
}
