import type { CustomField } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { customFieldsQuery, useFieldLabel } from '../../../../lib/custom-fields.js';
import { AppLink } from '../../../../lib/navigate.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Icon } from '../../../../ui/icon.js';
import { later, usePreparedAtRest } from '../../../../ui/later.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useRetireField } from '../api/fields.js';
import styles from '../components/fields.module.css';
import { useWords } from '../words.js';

const fieldDialog = later(() => import('../components/field-dialog.js'));
const parts = [fieldDialog];

/** The fields that the company adds to its customers. */
export default function ListFields() {
  const t = useWords();
  usePreparedAtRest(parts);
  const query = useQuery(customFieldsQuery);
  const [edited, setEdited] = useState<CustomField | 'new' | null>(null);
  const add = () => setEdited('new');
  return (
    <Page
      title={t('fields.title')}
      subtitle={t('fields.subtitle')}
      width="reading"
      actions={
        <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={add}>
          {t('fields.new')}
        </Button>
      }
    >
      <Panel
        title={t('fields.list')}
        padding="none"
        extra={<AppLink to="/settings/wall">{t('fields.wall')}</AppLink>}
      >
        <QueryView
          query={query}
          skeleton={<SkeletonLines n={4} />}
          empty={(fields) => fields.length === 0}
          emptyView={
            <EmptyState
              picture="file"
              title={t('fields.none')}
              text={t('fields.noneText')}
              action={{ label: t('fields.new'), onClick: add }}
            />
          }
        >
          {(fields) => (
            <ul className={styles['list']}>
              {fields.map((field) => (
                <FieldLine key={field.key} field={field} onEdit={() => setEdited(field)} />
              ))}
            </ul>
          )}
        </QueryView>
      </Panel>
      {edited === null ? null : (
        <fieldDialog.Part field={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Page>
  );
}

function FieldLine({ field, onEdit }: { field: CustomField; onEdit: () => void }) {
  const t = useWords();
  const toast = useToast();
  const labelOf = useFieldLabel();
  const retire = useRetireField();
  return (
    <li className={styles['line']}>
      <div className={styles['what']}>
        <strong>{labelOf(field)}</strong>
        <Tag>{t(`fields.kind.${field.kind}`)}</Tag>
        {field.isRequired ? <Tag tone="accent">{t('fields.requiredTag')}</Tag> : null}
        <code className={styles['key']}>{field.key}</code>
        {field.choices.length === 0 ? null : (
          <span className={styles['choices']}>{field.choices.join('、')}</span>
        )}
      </div>
      <div className={styles['actions']}>
        <Button size="small" onClick={onEdit}>
          {t('fields.change')}
        </Button>
        <Button
          size="small"
          loading={retire.isPending}
          onClick={() =>
            retire.mutate(field.customFieldId, {
              onSuccess: () => toast.done(t('fields.retired', { name: labelOf(field) })),
              onError: (error) => toast.failed(error),
            })
          }
        >
          {t('fields.retire')}
        </Button>
      </div>
    </li>
  );
}
