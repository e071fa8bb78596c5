import type { CustomerRow } from '@kezi/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, type ReactNode } from 'react';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { facetsQuery } from '../../../../lib/customer-facets.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink, useGo, useSearch } from '../../../../lib/navigate.js';
import { can, sessionQuery, useCan, useSession } from '../../../../lib/session.js';
import { DataGrid } from '../../../../ui/data-grid/data-grid.js';
import { useWindowedRows } from '../../../../ui/data-grid/windowed-rows.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Icon } from '../../../../ui/icon.js';
import { usePreparedAtRest } from '../../../../ui/later.js';
import { Page } from '../../../../ui/page.js';
import {
  asOfQuery,
  countQuery,
  fetchCustomers,
  pageRows,
  rowsKey,
  scaleQuery,
} from '../api/list-customers.js';
import { customerQuery } from '../api/show-customer.js';
import { CustomerCards } from '../components/customer-cards.js';
import { ExportButton } from '../components/export-button.js';
import { gridId, useRegisterColumns } from '../components/register-columns.js';
import { RegisterFilters } from '../components/register-filters.js';
import { newCustomerPanel, registerParts } from '../components/register-parts.js';
import styles from '../components/register.module.css';
import { useNarrow } from '../../../../ui/use-narrow.js';
import { useToday } from '../../../../ui/use-today.js';
import { useTransferSelection } from '../components/use-transfer-selection.js';
import { useViews } from '../components/use-views.js';
import { ViewsMenu } from '../components/views-menu.js';
import {
  customersSearch,
  filterOf,
  isNarrowed,
  noFilter,
  withoutValue,
  type CustomersSearch,
} from '../customers-search.js';
import { isStale } from '../rhythm-window.js';
import { useWords } from '../words.js';

export function prefetch({ client, search }: PrefetchInput) {
  const seesValue = can(client.getQueryData(sessionQuery.queryKey) ?? null, 'overview:read');
  const given = customersSearch.parse(search);
  const parsed = seesValue ? given : withoutValue(given);
  const filter = filterOf(parsed);
  return Promise.all([
    client.prefetchQuery({
      queryKey: [...rowsKey(parsed), 'page', pageRows, 0],
      queryFn: ({ signal }) => fetchCustomers(parsed, { cursor: undefined, limit: pageRows, signal }),
    }),
    client.prefetchQuery(countQuery(filter)),
    seesValue ? client.prefetchQuery(scaleQuery(filter)) : undefined,
    client.prefetchQuery(asOfQuery),
    client.prefetchQuery(facetsQuery),
    parsed.customer === undefined ? undefined : client.prefetchQuery(customerQuery(parsed.customer)),
  ]);
}

/** How many customers fit, as the foot and the export say it. */
function useCountText(search: CustomersSearch) {
  const t = useWords();
  const f = useFormats();
  const { data: found } = useQuery({ ...countQuery(filterOf(search)), placeholderData: keepPreviousData });
  if (found === undefined) return { total: undefined, text: undefined };
  const text = found.exact
    ? t('customers.count', { count: f.count(found.count) })
    : t('customers.countAbout', { count: f.countShort(found.count) });
  return { total: found.count, text };
}

/** The register: every customer that the reader may see, narrowed, sorted and shown as they wish. */
export default function ListCustomers() {
  const t = useWords();
  const narrow = useNarrow();
  usePreparedAtRest(registerParts);
  const [given, setSearch] = useSearch(customersSearch);
  const seesValue = useCan('overview:read');
  const search = useMemo(() => (seesValue ? given : withoutValue(given)), [seesValue, given]);
  const { total, text } = useCountText(search);
  const max = useQuery({ ...scaleQuery(filterOf(search)), enabled: seesValue }).data ?? 0;
  const asOf = useQuery(asOfQuery).data;
  const today = useToday();
  const stale = isStale(asOf, today);
  const rows = useWindowedRows<CustomerRow>({
    queryKey: rowsKey(search),
    fetchPage: (request) => fetchCustomers(search, request),
    pageSize: pageRows,
    total,
  });
  const columns = useRegisterColumns(max, today, stale);
  const bulk = useTransferSelection(search);
  const views = useViews({ search, onSearch: setSearch, columns });
  const open = (row: CustomerRow) =>
    setSearch({ customer: row.customerId, new: false }, { replace: search.customer !== undefined });
  const empty = <NoRows search={search} onClear={() => setSearch({ ...noFilter, view: undefined })} />;
  return (
    <Page
      title={t('customers.title')}
      width="fill"
      asOf={asOf ?? undefined}
      actions={
        <Actions onNew={() => setSearch({ new: true, customer: undefined })}>
          <ViewsMenu
            views={views}
            onReset={() => setSearch({ ...noFilter, view: undefined, sort: '-clv' })}
          />
          <ExportButton search={search} columns={columns} countText={text} />
        </Actions>
      }
    >
      <RegisterFilters search={search} onSearch={setSearch} />
      {asOf === null && rows.reachable > 0 ? <NotValuedNote /> : null}
      {narrow ? (
        <CustomerCards
          rows={rows}
          max={max}
          today={today}
          stale={stale}
          onOpen={open}
          empty={empty}
          totalText={text}
        />
      ) : (
        <DataGrid
          id={gridId}
          label={t('customers.title')}
          rows={rows}
          rowKey={(row) => row.customerId}
          columns={columns}
          sort={search.sort}
          onSort={(sort) => setSearch({ sort })}
          onOpen={open}
          openKey={search.customer}
          totalText={text}
          empty={empty}
          {...bulk.grid}
        />
      )}
      {bulk.dialog}
      {search.new ? (
        <newCustomerPanel.Part
          open
          onClose={() => setSearch({ new: false })}
          onCreated={(customerId) => setSearch({ new: false, customer: customerId })}
        />
      ) : null}
    </Page>
  );
}

function Actions({ onNew, children }: { onNew: () => void; children: ReactNode }) {
  const t = useWords();
  const canWrite = useCan('customers:write');
  return (
    <>
      {children}
      {canWrite ? (
        <Button
          type="primary"
          icon={<Icon name="plus" size={16} />}
          onPointerEnter={newCustomerPanel.prepare}
          onFocus={newCustomerPanel.prepare}
          onClick={onNew}
        >
          {t('customers.new')}
        </Button>
      ) : null}
    </>
  );
}

/** Customers are here, figures are not: what is missing and who can make it. */
function NotValuedNote() {
  const t = useWords();
  const canRun = useCan('valuation:run');
  return (
    <p className={styles['note']}>
      <span>{t('customers.notValuedNote')}</span>
      {canRun ? <AppLink to="/value/runs">{t('customers.toRuns')}</AppLink> : null}
    </p>
  );
}

function NoRows({ search, onClear }: { search: CustomersSearch; onClear: () => void }) {
  const t = useWords();
  const go = useGo();
  const canImport = useCan('imports:write');
  const canLoadDemo = useCan('demo:load');
  // Of a company whose customers the reader may all see, an empty register is an empty company.
  const seesAll = useSession().scope === 'all';
  if (isNarrowed(search)) {
    return (
      <EmptyState
        picture="search"
        title={t('customers.noMatch')}
        text={t(search.q ? 'customers.noMatchSearch' : 'customers.noMatchText')}
        action={{ label: t('customers.showAll'), onClick: onClear }}
      />
    );
  }
  return (
    <EmptyState
      picture="people"
      title={t(seesAll ? 'customers.none' : 'customers.noneAssigned')}
      text={t(seesAll ? 'customers.noneText' : 'customers.noneAssignedText')}
      {...(canImport ? { action: { label: t('customers.import'), onClick: () => go('/imports/new') } } : {})}
      example={
        seesAll && canLoadDemo ? <AppLink to="/imports/demo">{t('customers.demo')}</AppLink> : undefined
      }
    />
  );
}
