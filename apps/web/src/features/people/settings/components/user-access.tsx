import { madeLink, userAccess } from '@kezi/contract';
import type { MadeLink, UserAccess as Access } from '@kezi/contract';
import { Button } from 'antd';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { KeyValues } from '../../../../ui/key-values.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useWords } from '../words.js';
import styles from './settings.module.css';

const accessQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', 'access', id],
    queryFn: ({ signal }) => api.get(`/users/${id}/access`, { schema: userAccess, signal }),
    // Whoever sent a mail waits for what becomes of it.
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? 2000 : false),
  });

/** A mail that has not been tried yet: within seconds it has come through or failed. */
const isUnderWay = (access: Access | undefined) =>
  access !== undefined &&
  access.linkUntil !== null &&
  access.linkMail?.state === 'waiting' &&
  access.linkMail.error === null;

type Help = 'sessions' | 'second-factor' | 'pause';

/** How somebody can get in, and how an administrator helps: a link, a sign-out, an end to a pause. */
export function UserAccess({ userId }: { userId: number }) {
  const t = useWords();
  const toast = useToast();
  const query = useQuery(accessQuery(userId));
  const help = useApiMutation({
    call: (what: Help) => api.delete(`/users/${userId}/${what}`),
    invalidate: [accessQuery(userId).queryKey],
  });
  const link = useApiMutation({
    call: () => api.post(`/users/${userId}/link`, undefined, { schema: madeLink }),
    invalidate: [accessQuery(userId).queryKey],
  });
  const make = () => link.mutate(undefined, { onError: (error) => toast.failed(error) });
  const ask = (what: Help) =>
    help.mutate(what, {
      onSuccess: () => toast.done(t(`settings.access.${what}.done`)),
      onError: (error) => toast.failed(error),
    });
  return (
    <QueryView query={query} skeleton={<SkeletonLines n={4} />}>
      {(access) => (
        <div className={styles['fields']}>
          <AccessFacts access={access} />
          {link.data === undefined ? null : <LinkBox link={link.data} />}
          {access.linkUntil === null ? null : <MailNote mail={access.linkMail} />}
          <div className={styles['row']}>
            <Button loading={link.isPending} onClick={make}>
              {t(access.hasPassword ? 'settings.access.reset' : 'settings.access.invite')}
            </Button>
            {access.sessions > 0 ? (
              <Button onClick={() => ask('sessions')}>{t('settings.access.sessions')}</Button>
            ) : null}
            {access.hasSecondFactor ? (
              <Button danger onClick={() => ask('second-factor')}>
                {t('settings.access.second-factor')}
              </Button>
            ) : null}
            {access.pausedUntil === null ? null : (
              <Button onClick={() => ask('pause')}>{t('settings.access.pause')}</Button>
            )}
          </div>
        </div>
      )}
    </QueryView>
  );
}

function AccessFacts({ access }: { access: Access }) {
  const t = useWords();
  const moment = (id: string, label: string, value: string | null) =>
    value === null ? [] : [{ id, label, value: <DateText value={value} time /> }];
  return (
    <KeyValues
      items={[
        {
          id: 'password',
          label: t('settings.access.password'),
          value: t(access.hasPassword ? 'settings.access.set' : 'settings.access.not_set'),
        },
        {
          id: 'factor',
          label: t('settings.access.factor'),
          value: t(access.hasSecondFactor ? 'settings.access.on' : 'settings.access.off'),
        },
        { id: 'sessions', label: t('settings.access.sessions_open'), value: String(access.sessions) },
        ...moment('link', t('settings.access.link_until'), access.linkUntil),
        ...moment('ended', t('settings.access.link_ended'), access.linkEndedAt),
        ...moment('pause', t('settings.access.paused'), access.pausedUntil),
      ]}
    />
  );
}

/** What became of the mail with the link: the inviter is told when it cannot be sent. */
function MailNote({ mail }: { mail: Access['linkMail'] }) {
  const t = useWords();
  if (mail === null || mail.state === 'withdrawn') return null;
  if (mail.error === null) {
    return <p>{t(`settings.access.mail.${mail.state}`)}</p>;
  }
  return (
    <p className={styles['warning']} role="alert">
      {t(mail.state === 'dead' ? 'settings.access.mail.given_up' : 'settings.access.mail.trying')}{' '}
      {mail.problem} <code>{mail.error}</code>
    </p>
  );
}

function LinkBox({ link }: { link: MadeLink }) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const address = `${window.location.origin}/enter#${link.token}`;
  const copy = () => navigator.clipboard.writeText(address).then(() => toast.done(c('common.copied')));
  return (
    <div>
      <p className={styles['warning']}>
        {t(link.isMailed ? 'settings.access.link_mailed' : 'settings.access.link_text')}{' '}
        <DateText value={link.expiresAt} time />
      </p>
      <div className={styles['secret']}>
        <code>{address}</code>
        {/* The clipboard is there on https and on this machine only. */}
        {window.isSecureContext ? (
          <Button type="primary" onClick={() => void copy()}>
            {c('common.copy')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
