import { lifecycleStages, type StageTrial } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import list from '../../../../ui/list-table.module.css';
import { useWords } from '../words.js';
import styles from './lifecycle.module.css';

/** Stage by stage: how many stand there today, how many would, and who would come from where. */
export function TrialTable({ trial: { moves } }: { trial: StageTrial }) {
  const t = useWords();
  const f = useFormats();
  const sum = (goes: (move: StageTrial['moves'][number]) => boolean) =>
    moves.filter(goes).reduce((total, { customers }) => total + customers, 0);
  const moving = moves.filter(({ from, to }) => from !== to);
  const moved = sum(({ from, to }) => from !== to);
  if (moved === 0) return <p className={styles['soft']}>{t('lifecycle.trialSame')}</p>;
  return (
    <>
      <p>{t('lifecycle.trialMoved', { count: f.count(moved) })}</p>
      <div className={list['scroll']}>
        <table className={list['table']} aria-label={t('lifecycle.trial')}>
          <thead>
            <tr>
              <th scope="col">{t('lifecycle.stage')}</th>
              <th scope="col" data-align="end">
                {t('lifecycle.trialNow')}
              </th>
              <th scope="col" data-align="end">
                {t('lifecycle.trialThen')}
              </th>
              <th scope="col">{t('lifecycle.trialFrom')}</th>
            </tr>
          </thead>
          <tbody>
            {lifecycleStages.map((stage) => (
              <tr key={stage}>
                <td>{t(`lifecycle.stage.${stage}`)}</td>
                <td data-align="end">{f.count(sum(({ from }) => from === stage))}</td>
                <td data-align="end">{f.count(sum(({ to }) => to === stage))}</td>
                <td>
                  {moving
                    .filter(({ to }) => to === stage)
                    .map(({ from, customers }) =>
                      t('lifecycle.trialPart', {
                        from: from === null ? t('lifecycle.trialNew') : t(`lifecycle.stage.${from}`),
                        count: f.count(customers),
                      }),
                    )
                    .join(' · ') || '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
