import type { Capacity } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { InputNumber } from 'antd';
import { useRef, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { DataBar } from '../../../../ui/data-bar.js';
import list from '../../../../ui/list-table.module.css';
import { Panel } from '../../../../ui/panel.js';
import { useToast } from '../../../../ui/toast.js';
import { capacityOf, useSaveHours } from '../api/entitlements.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

type Load = Capacity['items'][number];

export const usualHours = 1600;

/** Promised hours of each manager against the hours there are: those of everybody, or of their own. */
export function CapacityPanel({ segmentId, mayWrite }: { segmentId: number | undefined; mayWrite: boolean }) {
  const t = useWords();
  const [hours, setHours] = useState(usualHours);
  const query = useQuery(capacityOf(hours, segmentId));
  const items = query.data?.items ?? [];
  if (!items.some((item) => item.promisedHours > 0 || item.managerShare !== null)) return null;
  const most = Math.max(hours, ...items.flatMap((item) => [item.promisedHours, item.ownHours ?? 0]));
  return (
    <Panel
      title={t('tiers.capacity')}
      hint={t('tiers.capacityHint')}
      padding="none"
      extra={
        <InputNumber
          className={styles['value'] ?? ''}
          aria-label={t('tiers.hoursEach')}
          min={1}
          max={8760}
          value={hours}
          suffix={t('tiers.hoursUnit')}
          onChange={(value) => setHours(value ?? usualHours)}
        />
      }
    >
      <div className={styles['scroll']}>
        <table className={`${styles['table']} ${list['cards']}`} aria-label={t('tiers.capacity')}>
          <thead>
            <tr>
              <th>{t('tiers.manager')}</th>
              <th className={styles['number']}>{t('tiers.customers')}</th>
              <th className={styles['bar']}>{t('tiers.promisedHours')}</th>
              <th className={styles['number']}>{t('tiers.ownHours')}</th>
              <th className={styles['number']}>{t('tiers.managerShare')}</th>
              <th>{t('tiers.load')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <LoadLine key={item.ownerId ?? 0} {...{ item, hours, most, mayWrite }} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

interface LoadLineProps {
  item: Load;
  hours: number;
  most: number;
  mayWrite: boolean;
}

function LoadLine({ item, hours, most, mayWrite }: LoadLineProps) {
  const t = useWords();
  const f = useFormats();
  const own = item.ownHours ?? hours;
  const isOver = item.promisedHours > own;
  // Whichever is more: hours promised of hours there are, or customers of those whom one manager may have.
  const load = Math.max(item.promisedHours / own, item.managerShare ?? 0);
  return (
    <tr>
      <td>{item.ownerName ?? t('tiers.nobody')}</td>
      <td className={styles['number']} data-name={t('tiers.customers')}>
        {f.count(item.customers)}
      </td>
      <td className={styles['bar']} data-name={t('tiers.promisedHours')}>
        <DataBar value={item.promisedHours} max={most} tone={isOver ? 'risk' : 'value'}>
          {f.decimal(item.promisedHours, 0)}
        </DataBar>
      </td>
      <td className={styles['number']} data-name={item.ownerId === null ? undefined : t('tiers.ownHours')}>
        {item.ownerId === null ? '' : mayWrite ? <HoursInput item={item} usual={hours} /> : f.decimal(own, 0)}
      </td>
      <td className={styles['number']} data-name={t('tiers.managerShare')}>
        {item.managerShare === null ? '–' : f.percent(item.managerShare, 0)}
      </td>
      <td data-name={item.ownerId === null ? undefined : t('tiers.load')}>
        {item.ownerId === null
          ? ''
          : t(load > 1 ? 'tiers.overloaded' : 'tiers.fits', { share: f.percent(load, 0) })}
      </td>
    </tr>
  );
}

/** Hours of one manager: emptied, they are those of everybody again. Kept when the field is left. */
function HoursInput({ item, usual }: { item: Load; usual: number }) {
  const t = useWords();
  const toast = useToast();
  const save = useSaveHours();
  const [typed, setTyped] = useState(item.ownHours);
  // Disabled while it is kept, the field loses the focus: that is no second change.
  const kept = useRef(item.ownHours);
  const keep = () => {
    if (typed === kept.current || item.ownerId === null) return;
    kept.current = typed;
    save.mutate(
      { userId: item.ownerId, hours: typed, rowVersion: item.rowVersion },
      {
        onSuccess: () => toast.done(t('tiers.hoursSaved')),
        onError: (error) => {
          kept.current = item.ownHours;
          setTyped(item.ownHours);
          toast.failed(error);
        },
      },
    );
  };
  return (
    <InputNumber
      className={styles['small'] ?? ''}
      aria-label={t('tiers.hoursOf', { name: item.ownerName ?? '' })}
      min={1}
      max={8760}
      value={typed}
      placeholder={String(usual)}
      disabled={save.isPending}
      onChange={setTyped}
      onBlur={keep}
      onPressEnter={keep}
    />
  );
}
