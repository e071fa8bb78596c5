import { interactionKinds, type InteractionRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useId } from 'react';
import { ownersQuery } from '../../../../lib/owners.js';
import { useSession } from '../../../../lib/session.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { Field } from '../../../../ui/field.js';
import { peopleQuery } from '../api/timeline.js';
import type { InteractionDraft } from '../interaction-draft.js';
import { useWords } from '../words.js';
import styles from './timeline.module.css';

interface FieldsProps {
  draft: InteractionDraft;
  change: (part: Partial<InteractionDraft>) => void;
}

/** One choice among the kinds, by arrow keys too. */
export function KindField({ draft, change }: FieldsProps) {
  const t = useWords();
  const name = useId();
  return (
    <fieldset className={styles['kinds']}>
      <legend className="kz-unseen">{t('interactions.kind')}</legend>
      {interactionKinds.map((kind) => (
        <label key={kind} className={styles['kind']} data-on={draft.kind === kind}>
          <input
            type="radio"
            className="kz-unseen"
            name={name}
            checked={draft.kind === kind}
            onChange={() => change({ kind })}
          />
          {t(`interactions.kind.${kind}`)}
        </label>
      ))}
    </fieldset>
  );
}

/** When, who, what came of it and what is next: what can be said later as well. */
export function DetailFields({
  draft,
  change,
  customerId,
  tookPart,
}: FieldsProps & { customerId: number; tookPart?: InteractionRow['users'] | undefined }) {
  const t = useWords();
  const me = useSession();
  const people = useQuery(peopleQuery(customerId)).data ?? [];
  const offered = (useQuery(ownersQuery).data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  // Who took part may be of another department, or gone: without a choice of theirs a number would stand there.
  const others = (tookPart ?? []).filter(({ userId }) => offered.every((one) => one.value !== userId));
  const colleagues = [...offered, ...others.map(({ userId, name }) => ({ value: userId, label: name }))];
  return (
    <div className={styles['fields']}>
      <Field label={t('interactions.when')} optional>
        <Input
          type="datetime-local"
          value={draft.happenedAt}
          onChange={(event) => change({ happenedAt: event.target.value })}
        />
      </Field>
      <Field label={t('interactions.with')} optional>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.contactIds}
          options={people.map((one) => ({
            value: one.contactId,
            label: [one.name, one.title].filter(Boolean).join(' · '),
          }))}
          onChange={(contactIds: number[]) => change({ contactIds })}
        />
      </Field>
      <Field label={t('interactions.ours')} optional>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.userIds ?? [me.id]}
          options={colleagues}
          onChange={(userIds: number[]) => change({ userIds })}
        />
      </Field>
      <Field label={t('interactions.outcome')} optional>
        <Input
          maxLength={1000}
          value={draft.outcome}
          onChange={(event) => change({ outcome: event.target.value })}
        />
      </Field>
      <Field label={t('interactions.nextStep')} optional>
        <Input
          maxLength={500}
          value={draft.nextStep}
          onChange={(event) => change({ nextStep: event.target.value })}
        />
      </Field>
      <Field label={t('interactions.nextStepOn')} optional>
        <dayControl.Part
          label={t('interactions.nextStepOn')}
          value={draft.nextStepOn ?? undefined}
          onChange={(day: string | undefined) => change({ nextStepOn: day ?? null })}
        />
      </Field>
    </div>
  );
}
