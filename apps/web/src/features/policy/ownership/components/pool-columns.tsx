import type { PoolCustomer, PoolRow } from '@kezi/contract';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import type { GridColumn } from '../../../../ui/data-grid/data-grid.js';
import { DateText, MoneyText } from '../../../../ui/figure-texts.js';
import { useWords } from '../words.js';

type PoolColumns = Pick<PoolRow, 'mayClaim' | 'seesCustomers'> & {
  /** The customer that is being claimed. */
  claiming: number | undefined;
  onClaim: (row: PoolCustomer) => void;
};

/** What is seen of a customer before it is claimed, with the button at the front; its name opens it for those who see it anyway. */
export function usePoolColumns({
  mayClaim,
  seesCustomers,
  claiming,
  onClaim,
}: PoolColumns): GridColumn<PoolCustomer>[] {
  const t = useWords();
  const f = useFormats();
  return useMemo(() => {
    const claim: GridColumn<PoolCustomer> = {
      id: 'claim',
      header: '',
      width: 144,
      card: 'corner',
      cell: (row) =>
        row.claimableOn === null ? (
          <Button
            size="small"
            loading={claiming === row.customerId}
            aria-label={t('ownership.claimOf', { name: row.name })}
            onClick={() => onClaim(row)}
          >
            {t('ownership.claim')}
          </Button>
        ) : (
          <span title={t('ownership.coolingHint')}>
            {t('ownership.claimableFrom', { day: f.date(row.claimableOn) })}
          </span>
        ),
    };
    const columns: GridColumn<PoolCustomer>[] = [
      {
        id: 'name',
        header: t('ownership.customer'),
        width: 250,
        frozen: true,
        title: (row) => row.name,
        cell: (row) =>
          seesCustomers ? (
            <CustomerLink to={`/customers/${row.customerId}`}>{row.name}</CustomerLink>
          ) : (
            row.name
          ),
      },
      ...(mayClaim ? [claim] : []),
      {
        id: 'clv',
        header: t('ownership.value'),
        unit: f.currency,
        width: 100,
        align: 'end',
        cell: (row) => (row.clv === null ? '–' : <MoneyText minor={f.minorOf(row.clv)} />),
      },
      {
        id: 'lastOrderOn',
        header: t('ownership.lastOrder'),
        width: 110,
        cell: (row) => <DateText value={row.lastOrderOn} relative />,
      },
      {
        id: 'since',
        header: t('ownership.inPoolSince'),
        width: 132,
        cell: (row) => <DateText value={row.since} relative />,
      },
      {
        id: 'why',
        header: t('ownership.why'),
        width: 236,
        card: 'wide',
        title: (row) => row.reason ?? '',
        cell: (row) =>
          [row.manner === null ? null : t(`ownership.manner.${row.manner}`), row.reason]
            .filter(Boolean)
            .join(' · '),
      },
      {
        id: 'former',
        header: t('ownership.former'),
        width: 124,
        cell: (row) => row.formerOwnerName ?? '–',
      },
      { id: 'region', header: t('ownership.region'), width: 130, cell: (row) => row.region ?? '–' },
      { id: 'industry', header: t('ownership.industry'), width: 110, cell: (row) => row.industry ?? '–' },
      {
        id: 'customerNo',
        header: t('ownership.customerNo'),
        width: 130,
        hidden: true,
        cell: (row) => row.customerNo,
      },
    ];
    return columns;
  }, [t, f, mayClaim, seesCustomers, claiming, onClaim]);
}
