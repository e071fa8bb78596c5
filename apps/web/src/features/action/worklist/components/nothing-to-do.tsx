import { useQuery } from '@tanstack/react-query';
import { AppLink } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { anyCustomerQuery } from '../api/worklist.js';
import { useWords } from '../words.js';

/** All is done; or nothing has begun, and the first step is to bring customers in. */
export function NothingToDo() {
  const t = useWords();
  const mayImport = useCan('imports:write');
  const mayLoadDemo = useCan('demo:load');
  const isEmpty = useQuery(anyCustomerQuery).data?.items.length === 0;
  if (isEmpty && mayImport) {
    return (
      <EmptyState
        picture="people"
        title={t('worklist.noCustomers')}
        text={t('worklist.noCustomersText')}
        action={{ label: t('worklist.toImport'), to: '/imports/new' }}
        example={mayLoadDemo ? <AppLink to="/imports/demo">{t('worklist.toDemo')}</AppLink> : undefined}
      />
    );
  }
  return (
    <EmptyState
      picture="chart"
      title={t('worklist.none')}
      text={t('worklist.noneText')}
      action={{ label: t('worklist.toCustomers'), to: '/customers' }}
    />
  );
}
