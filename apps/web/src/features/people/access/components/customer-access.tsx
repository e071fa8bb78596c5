import type { CustomerAccess as Access, Share, ViewerOfCustomer } from '@kezi/contract';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import list from '../../../../ui/list-table.module.css';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { accessQuery, useEndShare } from '../api/access.js';
import { useWords } from '../words.js';
import styles from './access.module.css';
import { ShareDialog } from './share-dialog.js';

/** A customer's tab: with whom it is shared, and who sees it and why. */
export default function CustomerAccess({ customerId }: { customerId: number }) {
  const query = useQuery(accessQuery(customerId));
  return (
    <QueryView query={query} skeleton={<SkeletonLines n={6} />}>
      {(access) => (
        <div className={styles['stack']}>
          <Shares customerId={customerId} access={access} />
          <Viewers viewers={access.viewers} />
        </div>
      )}
    </QueryView>
  );
}

function Shares({ customerId, access }: { customerId: number; access: Access }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Panel
      title={t('access.shares')}
      padding="none"
      extra={
        access.mayShare ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('access.share')}
          </Button>
        ) : undefined
      }
    >
      {access.shares.length === 0 ? <p className={styles['empty']}>{t('access.shares.empty')}</p> : null}
      <ul className={styles['list']}>
        {access.shares.map((share) => (
          <ShareItem key={share.shareId} share={share} mayEnd={access.mayShare} />
        ))}
      </ul>
      {open ? <ShareDialog open customerId={customerId} onClose={() => setOpen(false)} /> : null}
    </Panel>
  );
}

function ShareItem({ share, mayEnd }: { share: Share; mayEnd: boolean }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const end = useEndShare(share.customerId);
  const until =
    share.untilOn === null ? t('access.share.forever') : t('access.share.to', { day: f.date(share.untilOn) });
  return (
    <li className={styles['item']}>
      <span className={styles['grow']}>
        <strong>{share.userName}</strong>
        <span className={styles['quiet']}>
          {` · ${t(`access.share.${share.access}`)} · ${share.isOver ? t('access.share.over') : until}`}
          {share.reason === null ? '' : ` · ${share.reason}`}
        </span>
      </span>
      {mayEnd ? (
        <Button
          size="small"
          loading={end.isPending}
          onClick={() =>
            end.mutate(share.shareId, {
              onSuccess: () => toast.done(t('access.share.ended')),
              onError: (error) => toast.failed(error),
            })
          }
        >
          {t('access.share.end')}
        </Button>
      ) : null}
    </li>
  );
}

function Viewers({ viewers }: { viewers: readonly ViewerOfCustomer[] }) {
  const t = useWords();
  return (
    <Panel title={t('access.viewers')} hint={t('access.viewers.hint')} padding="none">
      <div className={list['scroll']}>
        <table className={`${list['table']} ${list['cards']}`} aria-label={t('access.viewers')}>
          <thead>
            <tr>
              <th scope="col">{t('access.viewers.name')}</th>
              <th scope="col">{t('access.viewers.why')}</th>
              <th scope="col">{t('access.viewers.may')}</th>
            </tr>
          </thead>
          <tbody>
            {viewers.map((viewer) => (
              <tr key={viewer.userId}>
                <td>{viewer.name}</td>
                <td data-name={t('access.viewers.why')}>
                  {t(`access.reason.${viewer.reason}`, { by: viewer.by ?? '' })}
                </td>
                <td data-name={t('access.viewers.may')}>
                  {t(viewer.canEdit ? 'access.share.edit' : 'access.share.read')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
