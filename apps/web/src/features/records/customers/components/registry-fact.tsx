import type { CustomerDetail } from '@kezi/contract';
import { useWords } from '../words.js';
import { EditableFact } from './editable-fact.js';
import { registryField } from '../save-field.js';

/** Number and country of a foreign register are one fact: neither means anything without the other. */
export function RegistryFact(shared: { customer: CustomerDetail; editable: boolean }) {
  const t = useWords();
  return <EditableFact {...shared} label={t('customers.registryNo')} field={registryField} />;
}
