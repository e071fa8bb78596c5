import { limitKinds, type CustomerEntitlements } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { useCan } from '../../../../lib/session.js';
import list from '../../../../ui/list-table.module.css';
import { Panel } from '../../../../ui/panel.js';
import { useToast } from '../../../../ui/toast.js';
import { ofCustomerQuery, useRecordUse, usesQuery, useTakeBackUse } from '../api/entitlements.js';
import { usePromised } from '../use-promised.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

/** What the tier gives this customer and what of it was used; one click writes a use or a broken promise down. */
export function CustomerEntitlementsPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const toast = useToast();
  const mayUse = useCan('entitlements:use');
  const mayRead = useCan('entitlements:read');
  const items = useQuery({ ...ofCustomerQuery(customerId), enabled: mayRead }).data?.items ?? [];
  const use = useRecordUse(customerId);
  const promised = usePromised();
  if (items.length === 0) return null;
  const record = (entitlementId: number, isBreach: boolean) =>
    use.mutate(
      { entitlementId, quantity: 1, isBreach },
      {
        onSuccess: () => toast.done(t(isBreach ? 'tiers.breachNoted' : 'tiers.useNoted')),
        onError: (error) => toast.failed(error),
      },
    );
  return (
    <Panel title={t('tiers.customerEntitlements')} padding="none">
      <div className={styles['scroll']}>
        <table className={`${styles['table']} ${list['cards']}`} aria-label={t('tiers.customerEntitlements')}>
          <thead>
            <tr>
              <th scope="col">{t('tiers.entitlement')}</th>
              <th scope="col">{t('tiers.promised')}</th>
              <th scope="col">{t('tiers.usedYear')}</th>
              {mayUse ? (
                <th scope="col" className={styles['number']}>
                  {t('tiers.act')}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => {
              const isLimit = limitKinds.includes(item.kind);
              return (
                <tr key={item.entitlementId}>
                  <td>{item.name}</td>
                  <td data-name={t('tiers.promised')}>{promised(item.kind, item.quantity)}</td>
                  <td className={styles['note']} data-name={t('tiers.usedYear')}>
                    <UsedText item={item} />
                  </td>
                  {mayUse ? (
                    <td className={styles['number']}>
                      {isLimit ? null : (
                        <Button size="small" onClick={() => record(item.entitlementId, false)}>
                          {t('tiers.noteUse')}
                        </Button>
                      )}{' '}
                      <Button size="small" type="text" onClick={() => record(item.entitlementId, true)}>
                        {t('tiers.noteBreach')}
                      </Button>
                    </td>
                  ) : null}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Uses customerId={customerId} mayUse={mayUse} />
    </Panel>
  );
}

/** What of an entitlement was used and what was not kept; of a limit of credit, what is open. */
function UsedText({ item }: { item: CustomerEntitlements['items'][number] }) {
  const t = useWords();
  const f = useFormats();
  if (item.kind === 'credit-limit') {
    if (item.exposureMinor === null) return '–';
    const open = f.moneyShort(item.exposureMinor, undefined, { sign: true });
    return t(item.breached > 0 ? 'tiers.overLimit' : 'tiers.exposure', { open });
  }
  const isCounted = !limitKinds.includes(item.kind) || item.used > 0;
  const parts = [
    ...(isCounted ? [t('tiers.usedOf', { used: f.decimal(item.used, 0) })] : []),
    ...(item.breached > 0 ? [t('tiers.breachedTimes', { count: item.breached })] : []),
  ];
  return parts.length === 0 ? '–' : parts.join(' · ');
}

/** What was written down, to be read and, where it was a slip, taken back. */
function Uses({ customerId, mayUse }: { customerId: number; mayUse: boolean }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const items = useQuery(usesQuery(customerId)).data?.items ?? [];
  const takeBack = useTakeBackUse();
  if (items.length === 0) return null;
  const undo = (id: number) =>
    takeBack.mutate(id, {
      onSuccess: () => toast.done(t('tiers.useTakenBack')),
      onError: (error) => toast.failed(error),
    });
  return (
    <details className={styles['uses']}>
      <summary>{t('tiers.usesOfYear', { count: items.length })}</summary>
      <div className={styles['scroll']}>
        <table
          className={`${styles['table']} ${list['cards']}`}
          aria-label={t('tiers.usesOfYear', { count: items.length })}
        >
          <thead>
            <tr>
              <th scope="col">{t('tiers.day')}</th>
              <th scope="col">{t('tiers.entitlement')}</th>
              <th scope="col">{t('tiers.kind')}</th>
              <th scope="col">{t('tiers.writtenBy')}</th>
              {mayUse ? (
                <th scope="col" className={styles['number']}>
                  {t('tiers.act')}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {items.map((use) => (
              <tr key={use.entitlementUseId}>
                <td>{f.date(use.usedOn)}</td>
                <td>{use.name}</td>
                <td data-name={t('tiers.kind')}>
                  {use.isBreach
                    ? t('tiers.breached')
                    : t('tiers.usedTimes', { used: f.decimal(use.quantity, 0) })}
                </td>
                <td className={styles['note']} data-name={t('tiers.writtenBy')}>
                  {[use.createdByName, use.note].filter(Boolean).join(' · ')}
                </td>
                {mayUse ? (
                  <td className={styles['number']}>
                    <Button size="small" type="text" onClick={() => undo(use.entitlementUseId)}>
                      {t('tiers.takeBack')}
                    </Button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
