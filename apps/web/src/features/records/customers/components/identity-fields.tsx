import { Input } from 'antd';
import { Field } from '../../../../ui/field.js';
import { useWords } from '../words.js';
import { KnownCustomers } from './known-customers.js';
import { useCodeFault } from './use-code-fault.js';

interface Typed {
  name: string;
  creditCode?: string | null | undefined;
  phone?: string | undefined;
}

interface IdentityFieldsProps {
  draft: Typed;
  change: (part: { creditCode?: string; phone?: string }) => void;
  submit: () => void;
  /** Why the server did not take the credit code. */
  taken: string | undefined;
}

/** What tells a customer from others; while it is typed, those that it may be stand below. */
export function IdentityFields({ draft, change, submit, taken }: IdentityFieldsProps) {
  const t = useWords();
  const codeFault = useCodeFault();
  const creditCode = draft.creditCode ?? '';
  return (
    <>
      <Field
        label={t('customers.creditCode')}
        hint={t('customers.creditCodeHint')}
        error={codeFault(creditCode) ?? taken}
        optional
      >
        <Input
          maxLength={60}
          value={creditCode}
          onChange={(event) => change({ creditCode: event.target.value })}
          onPressEnter={submit}
        />
      </Field>
      <Field label={t('customers.phone')} optional>
        <Input
          maxLength={60}
          value={draft.phone ?? ''}
          onChange={(event) => change({ phone: event.target.value })}
          onPressEnter={submit}
        />
      </Field>
      <KnownCustomers name={draft.name} creditCode={creditCode} phone={draft.phone ?? ''} />
    </>
  );
}
