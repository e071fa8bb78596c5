import type { ServiceClock } from '@kezi/contract';
import { Button } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { useCan } from '../../../../lib/session.js';
import list from '../../../../ui/list-table.module.css';
import { useToast } from '../../../../ui/toast.js';
import { useSolveClock } from '../api/clocks.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

interface Phase {
  by: string | null;
  at: string | null;
  isLate: boolean;
  isEnded: boolean;
}

/** How far one promise of a clock is, in words; late is said, not only coloured. */
function PhaseText({ by, at, isLate, isEnded }: Phase) {
  const t = useWords();
  const f = useFormats();
  if (by === null) return <span className={styles['note']}>{t('tiers.phase.none')}</span>;
  if (at !== null) {
    return <span>{t(isLate ? 'tiers.phase.keptLate' : 'tiers.phase.kept', { time: f.dateTime(at) })}</span>;
  }
  if (isEnded) return <span className={styles['note']}>{t('tiers.phase.ended')}</span>;
  return isLate ? (
    <strong className={styles['late']}>{t('tiers.phase.late', { time: f.dateTime(by) })}</strong>
  ) : (
    <span>{t('tiers.phase.waiting', { time: f.dateTime(by) })}</span>
  );
}

/** What customers asked for, by when an answer and a solution are promised, and what came of it. */
export function ClockTable({
  items,
  showsCustomer,
}: {
  items: readonly ServiceClock[];
  showsCustomer: boolean;
}) {
  const t = useWords();
  return (
    <div className={styles['scroll']}>
      <table className={`${styles['table']} ${styles['asked']} ${list['cards']}`}>
        <thead>
          <tr>
            <th>{t('tiers.asked')}</th>
            <th>{t('tiers.response')}</th>
            <th>{t('tiers.solution')}</th>
            <th aria-label={t('tiers.solve')} />
          </tr>
        </thead>
        <tbody>
          {items.map((clock) => (
            <ClockLine key={clock.serviceClockId} clock={clock} showsCustomer={showsCustomer} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ClockLine({ clock, showsCustomer }: { clock: ServiceClock; showsCustomer: boolean }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const maySolve = useCan('entitlements:use');
  const solve = useSolveClock();
  const { customerId, customerName, ownerName, solvedAt, endedAt } = clock;
  const isEnded = endedAt !== null;
  return (
    <tr>
      <td>
        {clock.title ?? t('tiers.askedGone')}
        <p className={styles['note']}>
          {showsCustomer ? (
            <>
              <CustomerLink to={`/customers/${customerId}?tab=tier`}>{customerName}</CustomerLink>
              {ownerName === null ? '' : ` · ${ownerName}`}
              {' · '}
            </>
          ) : null}
          {f.dateTime(clock.askedAt)}
        </p>
      </td>
      <td data-name={t('tiers.response')}>
        <PhaseText
          by={clock.respondBy}
          at={clock.respondedAt}
          isLate={clock.isResponseLate}
          {...{ isEnded }}
        />
      </td>
      <td data-name={t('tiers.solution')}>
        <PhaseText by={clock.solveBy} at={solvedAt} isLate={clock.isSolutionLate} {...{ isEnded }} />
      </td>
      <td className={styles['number']}>
        {maySolve && solvedAt === null && !isEnded ? (
          <Button
            size="small"
            loading={solve.isPending}
            onClick={() =>
              solve.mutate(clock.serviceClockId, {
                onSuccess: () => toast.done(t('tiers.solved')),
                onError: (error) => toast.failed(error),
              })
            }
          >
            {t('tiers.solve')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
