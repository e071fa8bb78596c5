import type { WarningPage } from '@kezi/contract';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { useCheckNow } from '../use-check-now.js';
import { useWords } from '../words.js';

interface NoWarningsProps {
  page: Pick<WarningPage, 'asOf' | 'isValued'> | undefined;
  /** Whether the list shows a part of the warnings alone. */
  isNarrowed: boolean;
}

/** No warning in the list: because there is none, or because nobody has looked yet. */
export function NoWarnings({ page, isNarrowed }: NoWarningsProps) {
  const t = useWords();
  const canRun = useCan('alerts:run');
  const canValue = useCan('valuation:run');
  const { check } = useCheckNow();
  if (page === undefined || page.asOf !== null) {
    return (
      <EmptyState
        picture="chart"
        title={t('alerts.none')}
        text={t(isNarrowed ? 'alerts.noneSuch' : 'alerts.noneText')}
      />
    );
  }
  const toRuns = { label: t('alerts.toValuation'), to: '/value/runs' };
  const action = page.isValued ? canRun && { label: t('alerts.run'), onClick: check } : canValue && toRuns;
  return (
    <EmptyState
      picture="chart"
      title={t('alerts.notChecked')}
      text={t(page.isValued ? 'alerts.notCheckedText' : 'alerts.notValuedText')}
      {...(action === false ? {} : { action })}
    />
  );
}
