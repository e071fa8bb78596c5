import type { ImportBatch, ImportMapping } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { ownersQuery } from '../../../../lib/owners.js';
import { useCan, useSession } from '../../../../lib/session.js';
import { Field } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './map-step.module.css';

interface OwnerPanelProps {
  batch: ImportBatch;
  onChange: (change: Partial<ImportMapping>) => void;
}

/** Whose the customers become that this file is the first to name; offered to those who may assign customers. */
export function OwnerPanel({ batch, onChange }: OwnerPanelProps) {
  const t = useWords();
  const me = useSession();
  const canAssign = useCan('customers:assign');
  const isOffered = canAssign && (batch.kind === 'customers' || batch.kind === 'orders');
  const owners = useQuery({ ...ownersQuery, enabled: isOffered }).data ?? [];
  if (!isOffered) return null;
  // Nobody chosen: they go to the one who imports, who may not be the one who uploaded.
  const others = owners.filter((owner) => owner.id !== me.id);
  return (
    <Panel title={t('imports.owner')} hint={t('imports.owner.hint')}>
      <div className={styles['fields']}>
        <Field label={t('imports.owner.label')}>
          <Select
            value={batch.mapping.ownerId ?? importer}
            onChange={(owner: number) => onChange({ ownerId: owner === importer ? null : owner })}
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: importer, label: t('imports.owner.me', { name: me.name }) },
              ...others.map((owner) => ({ value: owner.id, label: owner.name })),
            ]}
          />
        </Field>
      </div>
    </Panel>
  );
}

/** Stands for whoever presses the button; no user has this number. */
const importer = 0;
