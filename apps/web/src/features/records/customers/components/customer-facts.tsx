import type { CustomerDetail } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../../lib/formats.js';
import { ownersQuery } from '../../../../lib/owners.js';
import { useWithChosen } from '../../../../lib/person-names.js';
import { useCan } from '../../../../lib/session.js';
import { usePreparedAtRest } from '../../../../ui/later.js';
import { Panel } from '../../../../ui/panel.js';
import { facetsQuery } from '../../../../lib/customer-facets.js';
import { freeField, ownField } from '../save-field.js';
import { useWords } from '../words.js';
import { EditableFact } from './editable-fact.js';
import styles from './customer-facts.module.css';
import { factEditors } from './fact-editors.js';
import { NearCustomers } from './known-customers.js';
import { ParentFact } from './parent-fact.js';
import { RecordQuality } from './record-quality.js';
import { RegistryFact } from './registry-fact.js';

/** Free fields that an import knows by name; all others bear the name that their file gave them. */
const knownFields = ['phone', 'email', 'contactName', 'address', 'taxNumber', 'createdOn', 'note'] as const;
type KnownField = (typeof knownFields)[number];
const isKnown = (name: string): name is KnownField => (knownFields as readonly string[]).includes(name);

const nothing: typeof factEditors = [];

/** Who the customer is. Each fact is edited where it stands. */
export function CustomerFacts({ customer }: { customer: CustomerDetail }) {
  const t = useWords();
  const f = useFormats();
  const canWrite = useCan('customers:write');
  const canAssign = useCan('customers:assign');
  const facets = useQuery(facetsQuery).data;
  const { ownerId } = customer;
  const owners = useWithChosen(useQuery(ownersQuery).data, ownerId === null ? [] : [ownerId]);
  usePreparedAtRest(canWrite ? factEditors : nothing);
  const shared = { customer, editable: canWrite };
  return (
    <Panel title={t('customers.facts')} {...(canWrite ? { hint: t('customers.factsHint') } : {})}>
      <dl className={styles['list']}>
        <EditableFact {...shared} label={t('customers.name')} field={ownField('name')} needed />
        <EditableFact {...shared} label={t('customers.shortName')} field={ownField('shortName')} />
        <EditableFact {...shared} label={t('customers.legalName')} field={ownField('legalName')} />
        <EditableFact {...shared} label={t('customers.creditCode')} field={ownField('creditCode')} />
        <EditableFact {...shared} label={t('customers.number')} field={ownField('customerNo')} needed />
        {customer.formerNumbers.length === 0 ? null : (
          <div className={styles['fact']}>
            <dt>{t('customers.formerNumbers')}</dt>
            <dd>{customer.formerNumbers.join(' · ')}</dd>
          </div>
        )}
        <RegistryFact {...shared} />
        <EditableFact
          {...shared}
          editable={canWrite && canAssign}
          label={t('customers.owner')}
          field={ownField('ownerId')}
          choices={owners.map((owner) => ({ value: owner.id, label: owner.name }))}
          shown={customer.ownerName}
        />
        <EditableFact
          {...shared}
          label={t('customers.region')}
          field={ownField('region')}
          suggestions={facets?.regions}
        />
        <EditableFact
          {...shared}
          label={t('customers.industry')}
          field={ownField('industry')}
          suggestions={facets?.industries}
        />
        <ParentFact {...shared} />
        {Object.keys(customer.custom).map((name) => (
          <EditableFact
            key={name}
            {...shared}
            label={isKnown(name) ? t(`customers.free.${name}`) : name}
            field={freeField(name)}
          />
        ))}
      </dl>
      <NearCustomers customerId={customer.customerId} />
      <RecordQuality customerId={customer.customerId} rowVersion={customer.rowVersion} />
      <p className={styles['footnote']}>{t('customers.updatedAt', { at: f.ago(customer.updatedAt) })}</p>
    </Panel>
  );
}
