import { CustomerLink } from '../../../../ui/customer-link.js';
import { contactPage, decisionRoles, type ContactRow } from '@kezi/contract';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useDeferredValue } from 'react';
import { z } from 'zod';
import { api } from '../../../../lib/api.js';
import { useSearch } from '../../../../lib/navigate.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { AttitudeMark } from '../components/attitude-mark.js';
import { useWords } from '../words.js';
import styles from './list-contacts.module.css';

const pageSize = 50;

const search = z.object({
  // A text that the URL may hold as a number: the last four digits of one.
  q: z.coerce.string().max(200).optional().catch(undefined),
  role: z.enum(decisionRoles).optional().catch(undefined),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
});
type Role = z.infer<typeof search>['role'];

const contactsQuery = (q: string, role: Role, segmentId: number | undefined) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'all', q, role ?? '', segmentId ?? 0],
    queryFn: ({ pageParam, signal }) =>
      api.get('/contacts', {
        query: {
          limit: pageSize,
          cursor: pageParam,
          segmentId,
          ...(q === '' ? {} : { q }),
          ...(role === undefined ? {} : { decisionRole: role }),
        },
        schema: contactPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** People at all customers, the newest first; found by name, pinyin, or a whole number. */
export default function ListContacts() {
  const t = useWords();
  const [{ q = '', role, segmentId }, setSearch] = useSearch(search);
  const sought = useDeferredValue(q.trim());
  const query = useInfiniteQuery(contactsQuery(sought, role, segmentId));
  const isNarrowed = sought !== '' || role !== undefined || segmentId !== undefined;
  return (
    <Page title={t('contacts.menu')}>
      <Panel padding="none">
        <div className={list['bar']}>
          <Input.Search
            className={list['find'] ?? ''}
            allowClear
            aria-label={t('contacts.find')}
            placeholder={t('contacts.find')}
            value={q}
            onChange={(event) => setSearch({ q: event.target.value || undefined }, { replace: true })}
          />
          <Select
            className={styles['role'] ?? ''}
            allowClear
            aria-label={t('contacts.role')}
            placeholder={t('contacts.role')}
            value={role ?? null}
            options={decisionRoles.map((value) => ({ value, label: t(`contacts.role.${value}`) }))}
            onChange={(chosen: Role | null) => setSearch({ role: chosen ?? undefined }, { replace: true })}
          />
          <SegmentSelect
            value={segmentId}
            onChange={(value) => setSearch({ segmentId: value }, { replace: true })}
          />
        </div>
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={8} columns={5} />}
          empty={(data) => data.pages[0]?.items.length === 0}
          emptyView={
            <EmptyState
              title={t(isNarrowed ? 'contacts.noMatch' : 'contacts.noneAtAll')}
              text={t(isNarrowed ? 'contacts.noMatchText' : 'contacts.noneAtAllText')}
            />
          }
        >
          {(data) => <Table rows={data.pages.flatMap((page) => page.items)} />}
        </QueryView>
        <MoreRows query={query} />
      </Panel>
    </Page>
  );
}

function Table({ rows }: { rows: readonly ContactRow[] }) {
  const t = useWords();
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('contacts.menu')}>
        <thead>
          <tr>
            <th scope="col">{t('contacts.name')}</th>
            <th scope="col">{t('contacts.customer')}</th>
            <th scope="col">{t('contacts.role')}</th>
            <th scope="col">{t('contacts.attitude')}</th>
            <th scope="col">{t('contacts.phone')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.contactId} data-gone={row.leftOn !== null}>
              <td>
                <CustomerLink to={`/customers/${row.customerId}?tab=contacts`}>{row.name}</CustomerLink>
                <span className={list['faint']}>
                  {[row.title, row.department].filter(Boolean).join(' · ')}
                </span>
              </td>
              <td>
                <CustomerLink to={`/customers/${row.customerId}`}>{row.customerName}</CustomerLink>
              </td>
              <td data-name={t('contacts.role')}>
                {row.decisionRole === null ? '–' : t(`contacts.role.${row.decisionRole}`)}
              </td>
              <td data-name={t('contacts.attitude')}>
                <AttitudeMark contact={row} />
              </td>
              <td data-name={t('contacts.phone')}>{row.phones[0] ?? row.mails[0] ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
