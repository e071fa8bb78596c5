import type { OpenSession } from '@kezi/contract';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { DateText } from '../../../../ui/figure-texts.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { sessionsQuery, useEndSession } from '../api/security.js';
import { deviceOf } from '../device-of.js';
import { useWords } from '../words.js';
import styles from './security.module.css';

/** Where one is signed in, with what, and from where it was used last; each can be ended. */
export function OpenSessions() {
  const t = useWords();
  const toast = useToast();
  const query = useQuery(sessionsQuery);
  const end = useEndSession();
  const finish = (id: number | 'others') =>
    end.mutate(id, {
      onSuccess: () => toast.done(t('security.session_ended')),
      onError: (error) => toast.failed(error),
    });
  return (
    <Panel title={t('security.sessions')} hint={t('security.sessions_hint')} padding="none">
      <QueryView query={query} skeleton={<SkeletonLines n={3} />}>
        {({ items }) => (
          <>
            <ul>
              {items.map((session) => (
                <SessionLine key={session.id} session={session} onEnd={() => finish(session.id)} />
              ))}
            </ul>
            {items.length > 1 ? (
              <div className={styles['session']}>
                <Button danger loading={end.isPending} onClick={() => finish('others')}>
                  {t('security.sessions_end_others')}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </QueryView>
    </Panel>
  );
}

function SessionLine({ session, onEnd }: { session: OpenSession; onEnd: () => void }) {
  const t = useWords();
  return (
    <li className={styles['session']}>
      <strong>{deviceOf(session.userAgent) ?? t('security.device_unknown')}</strong>
      {session.openedBy === 'sso' ? <Tag>{t('security.by_sso')}</Tag> : null}
      <span className={styles['faint']}>
        {t('security.last_used')} <DateText value={session.lastUsedAt ?? session.openedAt} relative />
        {` · ${session.lastAddress ?? session.openedFrom ?? '–'}`}
      </span>
      {session.isCurrent ? (
        <Tag tone="accent">{t('security.this_session')}</Tag>
      ) : (
        <Button size="small" onClick={onEnd}>
          {t('security.session_end')}
        </Button>
      )}
    </li>
  );
}
