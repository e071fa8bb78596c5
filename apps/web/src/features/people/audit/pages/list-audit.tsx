import type { AuditEntry } from '@kezi/contract';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { z } from 'zod';
import { useSearch } from '../../../../lib/navigate.js';
import { DataGrid } from '../../../../ui/data-grid/data-grid.js';
import type { GridColumn } from '../../../../ui/data-grid/data-grid.js';
import { useWindowedRows } from '../../../../ui/data-grid/windowed-rows.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { FilterBar } from '../../../../ui/filter-bar.js';
import type { Filter } from '../../../../ui/filter.js';
import { Page } from '../../../../ui/page.js';
import { SidePanel } from '../../../../ui/side-panel.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { auditKey, auditWordsQuery, exportUrl, fetchAudit } from '../api/audit.js';
import { AuditEntryView } from '../components/audit-entry.js';
import { useAuditWords } from '../components/use-audit-words.js';
import { useVia } from '../components/use-via.js';
import { useWords } from '../words.js';

const word = z.string().max(100).optional().catch(undefined);
const auditSearch = z.object({
  user: z.number().optional().catch(undefined),
  action: word,
  subject: word,
  /** Number of the record; the one search field of the page. */
  record: z.union([z.string().max(60), z.number().transform(String)]).catch(''),
  from: word,
  to: word,
});
type AuditSearch = z.infer<typeof auditSearch>;

function useColumns(): GridColumn<AuditEntry>[] {
  const t = useWords();
  const via = useVia();
  const name = useAuditWords();
  return useMemo(
    () => [
      {
        id: 'at',
        header: t('audit.at'),
        width: 170,
        frozen: true,
        cell: (entry) => <DateText value={entry.recordedAt} time />,
      },
      {
        id: 'who',
        header: t('audit.who'),
        width: 140,
        card: 'corner',
        cell: (entry) => entry.userName ?? t('audit.program'),
      },
      { id: 'action', header: t('audit.what'), width: 180, cell: (entry) => name('action', entry.action) },
      {
        id: 'record',
        header: t('audit.record'),
        width: 260,
        card: 'wide',
        title: (entry) => entry.subjectName ?? '',
        cell: (entry) =>
          [name('subject', entry.subject), entry.subjectName ?? entry.subjectId].filter(Boolean).join(' · '),
      },
      { id: 'address', header: t('audit.address'), width: 150, cell: (entry) => entry.address ?? '–' },
      { id: 'via', header: t('audit.via'), width: 120, cell: (entry) => via(entry.via) },
    ],
    [t, name, via],
  );
}

function useFilters(search: AuditSearch, setSearch: (change: Partial<AuditSearch>) => void): Filter[] {
  const t = useWords();
  const name = useAuditWords();
  const words = useQuery(auditWordsQuery).data;
  const options = (group: 'action' | 'subject', values: readonly string[] = []) =>
    values.map((value) => ({ value, label: name(group, value) }));
  const peopleOptions = [
    ...(words?.people ?? []).map(({ userId, name, isDisabled }) => ({
      value: String(userId),
      label: isDisabled ? t('audit.left', { name }) : name,
    })),
    ...(words?.hasProgram ? [{ value: '0', label: t('audit.program') }] : []),
  ];
  return [
    {
      id: 'user',
      kind: 'choice',
      label: t('audit.who'),
      options: peopleOptions,
      value: search.user === undefined ? undefined : String(search.user),
      onChange: (user) => setSearch({ user: user === undefined ? undefined : Number(user) }),
    },
    {
      id: 'action',
      kind: 'choice',
      label: t('audit.what'),
      options: options('action', words?.actions),
      value: search.action,
      onChange: (action) => setSearch({ action }),
    },
    {
      id: 'subject',
      kind: 'choice',
      label: t('audit.kind'),
      options: options('subject', words?.subjects),
      value: search.subject,
      onChange: (subject) => setSearch({ subject }),
    },
    {
      id: 'day',
      kind: 'dates',
      label: t('audit.day'),
      value: { from: search.from, to: search.to },
      onChange: ({ from, to }) => setSearch({ from, to }),
    },
  ];
}

export default function ListAudit() {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const name = useAuditWords();
  const [search, setSearch] = useSearch(auditSearch);
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const columns = useColumns();
  const filters = useFilters(search, setSearch);
  const { user, record, ...rest } = search;
  const filter = { ...rest, userId: user, subjectId: record === '' ? undefined : record };
  const rows = useWindowedRows<AuditEntry>({
    queryKey: [...auditKey, 'rows', filter],
    fetchPage: ({ cursor, signal }) => fetchAudit(filter, cursor, signal),
  });
  const clear = () =>
    setSearch({
      user: undefined,
      action: undefined,
      subject: undefined,
      record: '',
      from: undefined,
      to: undefined,
    });
  const save = () => {
    const link = document.createElement('a');
    link.href = exportUrl(filter);
    link.download = '';
    link.click();
    toast.done(t('audit.export_started'));
  };
  return (
    <Page
      title={t('audit.title')}
      subtitle={t('audit.hint')}
      width="fill"
      actions={<Button onClick={save}>{t('audit.export')}</Button>}
    >
      <FilterBar
        search={{
          value: search.record,
          onChange: (value) => setSearch({ record: value.trim() }, { replace: true }),
          placeholder: t('audit.search'),
        }}
        filters={filters}
        onClear={clear}
      />
      <DataGrid<AuditEntry>
        id="audit"
        cards
        label={t('audit.title')}
        rows={rows}
        rowKey={(entry) => entry.id}
        columns={columns}
        onOpen={setOpen}
        openKey={open?.id}
        empty={
          <EmptyState
            title={t('audit.none')}
            text={t('audit.none_text')}
            action={{ label: c('common.clear_filters'), onClick: clear }}
          />
        }
      />
      <SidePanel
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open === null ? '' : name('action', open.action)}
        width={480}
      >
        {open === null ? null : <AuditEntryView entry={open} />}
      </SidePanel>
    </Page>
  );
}
