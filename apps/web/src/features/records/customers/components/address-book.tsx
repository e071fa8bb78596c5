import type { Address, CustomerDetail } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { codesQuery } from '../../../../lib/codes.js';
import { usePreferences } from '../../../../lib/preferences.js';
import { later } from '../../../../ui/later.js';
import { Tag } from '../../../../ui/tag.js';
import { useCodeOptions } from '../code-options.js';
import { useWords } from '../words.js';
import styles from './address-book.module.css';

const addressDialog = later(() => import('./address-dialog.js'));

/** Where a customer is to be found, delivered to and billed. */
export function AddressBook({ customer, editable }: { customer: CustomerDetail; editable: boolean }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const { addresses } = customer;
  return (
    <section className={styles['book']} aria-label={t('customers.addresses')}>
      <div className={styles['head']}>
        <h3>{t('customers.addresses')}</h3>
        {editable ? (
          <Button
            size="small"
            onPointerEnter={addressDialog.prepare}
            onFocus={addressDialog.prepare}
            onClick={() => setOpen(true)}
          >
            {t(addresses.length === 0 ? 'customers.address.add' : 'customers.address.edit')}
          </Button>
        ) : null}
      </div>
      {addresses.length === 0 ? (
        <p className={styles['none']}>{t('customers.address.none')}</p>
      ) : (
        <ul className={styles['list']}>
          {addresses.map((address) => (
            <AddressLine key={`${address.kind} ${address.line}`} address={address} />
          ))}
        </ul>
      )}
      {open ? <addressDialog.Part customer={customer} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}

function AddressLine({ address }: { address: Address }) {
  const t = useWords();
  const code = address.divisionCode ?? null;
  const codes = useQuery({ ...codesQuery, enabled: code !== null }).data;
  const { divisions } = useCodeOptions(codes);
  const { language } = usePreferences();
  const place = divisions
    .find(({ value }) => value === code)
    ?.label.replace(' · ', language === 'zh-CN' ? '' : ', ');
  return (
    <li className={styles['line']}>
      <Tag tone="neutral">{t(`customers.address.${address.kind}`)}</Tag>
      <span>{[place, address.line, address.postcode].filter(Boolean).join(' ')}</span>
    </li>
  );
}
