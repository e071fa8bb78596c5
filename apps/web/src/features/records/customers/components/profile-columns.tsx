import type { CustomerRow, CustomField } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { codesQuery } from '../../../../lib/codes.js';
import { customFieldsQuery, useFieldLabel } from '../../../../lib/custom-fields.js';
import { useFormats, type Formats } from '../../../../lib/formats.js';
import { usePersonName } from '../../../../lib/person-names.js';
import type { GridColumn } from '../../../../ui/data-grid/data-grid.js';
import { Tag } from '../../../../ui/tag.js';
import { useWords } from '../words.js';
import styles from './register.module.css';

type Column = GridColumn<CustomerRow>;
type CodeKind = 'industryCode' | 'countryCode' | 'divisionCode';

const nothing = <span className={styles['none']}>{'–'}</span>;

/** A code by its name; the names are fetched when the first such cell is shown. */
function CodeText({ kind, code }: { kind: CodeKind; code: string | null }) {
  const f = useFormats();
  const codes = useQuery({ ...codesQuery, enabled: code !== null }).data;
  if (code === null) return nothing;
  if (codes === undefined) return code;
  if (kind === 'countryCode') return codes.countryName(code, f.language);
  const entry = kind === 'industryCode' ? codes.industryOf(code) : codes.divisionOf(code);
  return (f.language === 'zh-CN' ? entry?.zh : entry?.en) ?? code;
}

/** Somebody named in a field. */
function PersonText({ userId }: { userId: number }) {
  return usePersonName(userId) ?? nothing;
}

function fieldText(field: CustomField, value: string | number, f: Formats): string {
  if (field.kind === 'money' && typeof value === 'number') return f.money(value);
  if (field.kind === 'number' && typeof value === 'number') return f.decimal(value, 2);
  if (field.kind === 'date' && typeof value === 'string') return f.date(value);
  return String(value);
}

const atEnd = (field: CustomField) => field.kind === 'number' || field.kind === 'money';

/** What is known of customers beside figures: columns that the reader may choose. */
export function useProfileColumns(): Column[] {
  const t = useWords();
  const f = useFormats();
  const labelOf = useFieldLabel();
  const fields = useQuery(customFieldsQuery).data;
  return useMemo(() => {
    const codeColumn = (id: CodeKind): Column => ({
      id,
      header: t(`customers.${id}`),
      width: 156,
      hidden: true,
      cell: (row) => <CodeText kind={id} code={row[id]} />,
    });
    return [
      {
        id: 'salesStage',
        header: t('customers.salesStage'),
        width: 104,
        hidden: true,
        cell: ({ salesStage }) => (salesStage === null ? nothing : t(`customers.salesStage.${salesStage}`)),
      },
      {
        id: 'size',
        header: t('customers.size'),
        width: 96,
        hidden: true,
        cell: ({ size }) => (size === null ? nothing : t(`customers.size.${size}`)),
      },
      {
        id: 'source',
        header: t('customers.source'),
        width: 116,
        hidden: true,
        cell: ({ source }) => source ?? nothing,
      },
      {
        id: 'tags',
        header: t('customers.tags'),
        width: 180,
        hidden: true,
        title: ({ tags }) => tags.join('、'),
        cell: ({ tags }) => tags.map((tag) => <Tag key={tag}>{tag}</Tag>),
      },
      codeColumn('industryCode'),
      codeColumn('countryCode'),
      codeColumn('divisionCode'),
      ...(fields ?? []).map((field): Column => ({
        id: field.key,
        header: labelOf(field),
        width: 132,
        hidden: true,
        // Figures begin with the largest, days with the latest.
        sort: atEnd(field) || field.kind === 'date' ? { first: 'desc' } : true,
        ...(atEnd(field) ? { align: 'end' as const } : {}),
        cell: (row) => {
          const value = row.fields[field.key] ?? null;
          if (value === null) return nothing;
          if (field.kind === 'person') return <PersonText userId={Number(value)} />;
          return fieldText(field, value, f);
        },
      })),
    ];
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the label follows the language, as `f` does
  }, [t, f, fields]);
}
