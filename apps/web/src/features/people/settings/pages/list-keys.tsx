import type { ApiKey } from '@kezi/contract';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { usePreparedAtRest } from '../../../../ui/later.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { keysQuery, useRevokeKey } from '../api/keys.js';
import { keyParts, newKeyDialog } from '../components/settings-parts.js';
import { permissionWord } from '../components/permission-words.js';
import styles from '../components/settings.module.css';
import { useWords } from '../words.js';

const keysSearch = z.object({ open: z.literal('new').optional().catch(undefined) });

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(keysQuery);
}

export default function ListKeys() {
  const t = useWords();
  const query = useQuery(keysQuery);
  usePreparedAtRest(keyParts);
  const [{ open }, setSearch] = useSearch(keysSearch);
  const begin = () => setSearch({ open: 'new' });
  return (
    <Page
      title={t('settings.keys')}
      subtitle={t('settings.keys.hint')}
      width="reading"
      actions={
        // An empty page has the button in its middle.
        query.data?.items.length === 0 ? undefined : (
          <Button type="primary" onClick={begin}>
            {t('settings.keys.new')}
          </Button>
        )
      }
    >
      <Panel padding="none">
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={4} columns={3} />}
          empty={({ items }) => items.length === 0}
          emptyView={
            <EmptyState
              picture="lock"
              title={t('settings.keys.empty')}
              text={t('settings.keys.empty_text')}
              action={{ label: t('settings.keys.new'), onClick: begin }}
            />
          }
        >
          {({ items }) => (
            <ul>
              {items.map((key) => (
                <KeyLine key={key.id} apiKey={key} />
              ))}
            </ul>
          )}
        </QueryView>
      </Panel>
      {open === 'new' ? <newKeyDialog.Part open onClose={() => setSearch({ open: undefined })} /> : null}
    </Page>
  );
}

function KeyLine({ apiKey }: { apiKey: ApiKey }) {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const revoke = useRevokeKey();
  const { name } = apiKey;
  const ask = async () => {
    const sure = await confirm({
      title: t('settings.keys.revoke_title', { name }),
      text: t('settings.keys.revoke_text'),
      action: t('settings.keys.revoke'),
      danger: true,
    });
    if (!sure) return;
    revoke.mutate(apiKey.id, {
      onSuccess: () => toast.done(t('settings.keys.revoked', { name })),
      onError: (error) => toast.failed(error),
    });
  };
  const scopes = apiKey.scopes.map((scope) =>
    scope
      .split(':')
      .map((part) => permissionWord(part, t))
      .join(' · '),
  );
  return (
    <li className={styles['key']}>
      <div className={styles['key-head']}>
        <strong>{name}</strong>
        <code>{`${apiKey.start}…`}</code>
        <Button size="small" danger onClick={() => void ask()}>
          {t('settings.keys.revoke')}
        </Button>
      </div>
      <div className={styles['row']}>
        {scopes.slice(0, 8).map((scope) => (
          <Tag key={scope}>{scope}</Tag>
        ))}
        {scopes.length > 8 ? <Tag title={scopes.slice(8).join(', ')}>{`+${scopes.length - 8}`}</Tag> : null}
      </div>
      <div className={styles['key-facts']}>
        <span>
          {apiKey.lastUsedAt === null ? (
            t('settings.keys.never_used')
          ) : (
            <>
              {t('settings.keys.last_used')} <DateText value={apiKey.lastUsedAt} relative />
            </>
          )}
        </span>
        <span>
          {t('settings.keys.until')}{' '}
          {apiKey.expiresAt === null ? (
            t('settings.keys.expires.never')
          ) : (
            <DateText value={apiKey.expiresAt} />
          )}
        </span>
      </div>
    </li>
  );
}
