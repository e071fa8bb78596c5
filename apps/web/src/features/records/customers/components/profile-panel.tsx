import { customerSizes, salesStages, type CustomerDetail, type CustomField } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { codesQuery } from '../../../../lib/codes.js';
import { customFieldsQuery, useFieldLabel } from '../../../../lib/custom-fields.js';
import { useFormats } from '../../../../lib/formats.js';
import { ownersQuery } from '../../../../lib/owners.js';
import { useWithChosen } from '../../../../lib/person-names.js';
import { useCan } from '../../../../lib/session.js';
import { Panel } from '../../../../ui/panel.js';
import { facetsQuery } from '../../../../lib/customer-facets.js';
import { useCodeOptions } from '../code-options.js';
import { companyField, tagsField } from '../profile-fields.js';
import { ownField } from '../save-field.js';
import { useWords } from '../words.js';
import { AddressBook } from './address-book.js';
import styles from './customer-facts.module.css';
import { EditableFact } from './editable-fact.js';

interface ProfileProps {
  customer: CustomerDetail;
  editable: boolean;
}

/** What more is known of a customer: size, stage, where it came from, codes, tags, addresses, and the company's own fields. */
export function ProfilePanel({ customer }: { customer: CustomerDetail }) {
  const t = useWords();
  const editable = useCan('customers:write');
  const shared = { customer, editable };
  return (
    <Panel title={t('customers.profile')}>
      <dl className={styles['list']}>
        <KnownFacts {...shared} />
        <PlaceFacts {...shared} />
        <CompanyFacts {...shared} />
      </dl>
      <AddressBook {...shared} />
    </Panel>
  );
}

function KnownFacts(shared: ProfileProps) {
  const t = useWords();
  const facets = useQuery(facetsQuery).data;
  return (
    <>
      <EditableFact
        {...shared}
        label={t('customers.salesStage')}
        field={ownField('salesStage')}
        choices={salesStages.map((value) => ({ value, label: t(`customers.salesStage.${value}`) }))}
      />
      <EditableFact
        {...shared}
        label={t('customers.size')}
        field={ownField('size')}
        choices={customerSizes.map((value) => ({ value, label: t(`customers.size.${value}`) }))}
      />
      <EditableFact
        {...shared}
        label={t('customers.source')}
        field={ownField('source')}
        suggestions={facets?.sources}
      />
      <EditableFact {...shared} label={t('customers.tags')} field={tagsField} suggestions={facets?.tags} />
    </>
  );
}

function PlaceFacts(shared: ProfileProps) {
  const t = useWords();
  const codes = useQuery(codesQuery).data;
  const { industries, countries, divisions } = useCodeOptions(codes);
  return (
    <>
      <EditableFact
        {...shared}
        label={t('customers.industryCode')}
        field={ownField('industryCode')}
        choices={industries}
      />
      <EditableFact
        {...shared}
        label={t('customers.countryCode')}
        field={ownField('countryCode')}
        choices={countries}
      />
      <EditableFact
        {...shared}
        label={t('customers.divisionCode')}
        field={ownField('divisionCode')}
        choices={divisions}
      />
    </>
  );
}

function CompanyFacts(shared: ProfileProps) {
  const fields = useQuery(customFieldsQuery).data ?? [];
  return fields.map((field) => <CompanyFact key={field.key} {...shared} field={field} />);
}

function CompanyFact({ field, ...shared }: ProfileProps & { field: CustomField }) {
  const f = useFormats();
  const labelOf = useFieldLabel();
  const value = shared.customer.fields[field.key] ?? null;
  const offered = useQuery({ ...ownersQuery, enabled: field.kind === 'person' }).data;
  const people = useWithChosen(offered, field.kind === 'person' && value !== null ? [Number(value)] : []);
  const choices = () => {
    if (field.kind === 'person') return people.map((one) => ({ value: one.id, label: one.name }));
    if (field.kind === 'choice') return field.choices.map((one) => ({ value: one, label: one }));
    return undefined;
  };
  const options = choices();
  const shownOf = () => {
    if (field.kind === 'money' && typeof value === 'number') return f.money(value);
    return field.kind === 'date' && typeof value === 'string' ? f.date(value) : undefined;
  };
  const shown = shownOf();
  return (
    <EditableFact
      {...shared}
      label={labelOf(field)}
      field={companyField(field, f.currency)}
      needed={field.isRequired}
      isDay={field.kind === 'date'}
      {...(options === undefined ? {} : { choices: options })}
      {...(shown === undefined ? {} : { shown })}
    />
  );
}
