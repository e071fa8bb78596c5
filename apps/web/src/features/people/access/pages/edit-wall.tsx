import type { DayLimit, FieldMode, Role, WallRules } from '@kezi/contract';
import { restrictedFields, roles } from '@kezi/contract';
import { Button, InputNumber, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customFieldsQuery, useFieldLabel } from '../../../../lib/custom-fields.js';
import { useCan } from '../../../../lib/session.js';
import list from '../../../../ui/list-table.module.css';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useWriteWall, wallQuery } from '../api/access.js';
import styles from '../components/access.module.css';
import { useWords } from '../words.js';

/** Fields kept from roles, and what a role may take out or look at in a day. */
export default function EditWall() {
  const t = useWords();
  const query = useQuery(wallQuery);
  return (
    <QueryView query={query} skeleton={<SkeletonLines n={8} />}>
      {(rules) => <WallForm key={JSON.stringify(rules)} rules={rules} title={t('access.wall')} />}
    </QueryView>
  );
}

function WallForm({ rules, title }: { rules: WallRules; title: string }) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const mayWrite = useCan('wall:write');
  const write = useWriteWall();
  const [draft, setDraft] = useState(rules);
  const save = () =>
    write.mutate(draft, {
      onSuccess: () => toast.done(t('access.wall.saved')),
      onError: (error) => toast.failed(error),
    });
  return (
    <Page
      title={title}
      subtitle={t('access.wall.hint')}
      width="reading"
      actions={
        mayWrite ? (
          <Button type="primary" disabled={draft === rules} loading={write.isPending} onClick={save}>
            {c('common.save')}
          </Button>
        ) : undefined
      }
    >
      <div className={styles['stack']}>
        <Fields rules={draft} onChange={(fields) => setDraft({ ...draft, fields })} />
        <Limits rules={draft} onChange={(limits) => setDraft({ ...draft, limits })} />
      </div>
    </Page>
  );
}

const modes = ['open', 'masked', 'hidden'] as const;

interface FieldsProps {
  rules: WallRules;
  onChange: (fields: WallRules['fields']) => void;
}

function Fields({ rules, onChange }: FieldsProps) {
  const t = useWords();
  const labelOf = useFieldLabel();
  const own = useQuery(customFieldsQuery).data ?? [];
  const rows = [
    ...restrictedFields.map((field) => ({ field: field as string, label: t(`access.field.${field}`) })),
    ...own.map((field) => ({ field: field.key, label: labelOf(field) })),
  ];
  const modeOf = (role: Role, field: string) =>
    rules.fields.find((rule) => rule.role === role && rule.field === field)?.mode ?? 'open';
  const set = (role: Role, field: string, mode: FieldMode | 'open') => {
    const others = rules.fields.filter((rule) => rule.role !== role || rule.field !== field);
    onChange(mode === 'open' ? others : [...others, { role, field, mode }]);
  };
  return (
    <Panel title={t('access.wall.fields')} hint={t('access.wall.fields_hint')} padding="none">
      <div className={list['scroll']}>
        <table className={`${list['table']} ${list['cards']}`}>
          <thead>
            <tr>
              <th scope="col">{t('access.wall.field')}</th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {t(`access.role.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ field, label }) => (
              <tr key={field}>
                <th scope="row">{label}</th>
                {roles.map((role) => (
                  <td key={role} data-name={t(`access.role.${role}`)}>
                    <Select<FieldMode | 'open'>
                      className={styles['mode'] ?? ''}
                      data-mode={modeOf(role, field)}
                      aria-label={`${label} ${t(`access.role.${role}`)}`}
                      value={modeOf(role, field)}
                      options={modes.map((mode) => ({ value: mode, label: t(`access.mode.${mode}`) }))}
                      onChange={(mode) => set(role, field, mode)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

const kinds = ['exported', 'viewed'] as const;

interface LimitsProps {
  rules: WallRules;
  onChange: (limits: WallRules['limits']) => void;
}

function Limits({ rules, onChange }: LimitsProps) {
  const t = useWords();
  const limitOf = (role: Role): DayLimit =>
    rules.limits.find((limit) => limit.role === role) ?? { role, exportedRows: null, viewedRows: null };
  const set = (role: Role, change: Partial<DayLimit>) =>
    onChange([...rules.limits.filter((limit) => limit.role !== role), { ...limitOf(role), ...change }]);
  return (
    <Panel title={t('access.wall.limits')} hint={t('access.wall.limits_hint')} padding="none">
      <div className={list['scroll']}>
        <table className={`${list['table']} ${list['cards']}`}>
          <thead>
            <tr>
              <th aria-label={t('access.wall.limits')} />
              {roles.map((role) => (
                <th key={role} scope="col">
                  {t(`access.role.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind}>
                <th scope="row">{t(`access.wall.${kind}`)}</th>
                {roles.map((role) => (
                  <td key={role} data-name={t(`access.role.${role}`)}>
                    <InputNumber<number>
                      aria-label={`${t(`access.wall.${kind}`)} ${t(`access.role.${role}`)}`}
                      min={0}
                      max={1_000_000_000}
                      precision={0}
                      value={limitOf(role)[`${kind}Rows`]}
                      onChange={(value) => set(role, { [`${kind}Rows`]: value })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
