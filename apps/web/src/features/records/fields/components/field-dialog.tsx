import { customFieldKinds, type CustomField, type CustomFieldKind } from '@kezi/contract';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useAddField, useChangeField } from '../api/fields.js';
import { useWords } from '../words.js';

interface FieldDialogProps {
  /** Null for a new one. */
  field: CustomField | null;
  onClose: () => void;
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** One field of the company's own. The kind of one that is there stays: its values are of that kind. */
export default function FieldDialog({ field, onClose }: FieldDialogProps) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const add = useAddField();
  const change = useChangeField();
  const [name, setName] = useState(field?.name ?? '');
  const [nameEn, setNameEn] = useState(field?.nameEn ?? '');
  const [kind, setKind] = useState<CustomFieldKind>(field?.kind ?? 'text');
  const [choices, setChoices] = useState((field?.choices ?? []).join('\n'));
  const [isRequired, setRequired] = useState(field?.isRequired ?? false);
  const [isChecked, setChecked] = useState(false);
  const error = add.error ?? change.error;
  const submit = () => {
    setChecked(true);
    if (name.trim() === '') return;
    const input = {
      name: name.trim(),
      nameEn: nameEn.trim() === '' ? null : nameEn.trim(),
      isRequired,
      ...(kind === 'choice' ? { choices: linesOf(choices) } : {}),
    };
    const onSuccess = () => {
      toast.done(t('fields.saved', { name: input.name }));
      onClose();
    };
    if (field === null) add.mutate({ ...input, kind }, { onSuccess });
    else {
      const patch = { ...input, rowVersion: field.rowVersion };
      change.mutate({ id: field.customFieldId, patch }, { onSuccess });
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={field === null ? t('fields.new') : t('fields.edit', { name: field.name })}
      footer={
        <>
          <Button onClick={onClose}>{c('common.cancel')}</Button>
          <Button type="primary" loading={add.isPending || change.isPending} onClick={submit}>
            {field === null ? c('common.create') : c('common.save')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field
          label={t('fields.name')}
          error={isChecked && name.trim() === '' ? t('fields.nameMissing') : undefined}
        >
          <Input maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('fields.nameEn')} optional>
          <Input maxLength={100} value={nameEn} onChange={(event) => setNameEn(event.target.value)} />
        </Field>
        <Field label={t('fields.kind')} hint={t('fields.kindHint')}>
          <Select<CustomFieldKind>
            disabled={field !== null}
            value={kind}
            options={customFieldKinds.map((one) => ({ value: one, label: t(`fields.kind.${one}`) }))}
            onChange={setKind}
          />
        </Field>
        {kind === 'choice' ? (
          <Field label={t('fields.choices')} hint={t('fields.choicesHint')}>
            <Input.TextArea
              autoSize={{ minRows: 3, maxRows: 10 }}
              value={choices}
              onChange={(event) => setChoices(event.target.value)}
            />
          </Field>
        ) : null}
        <Checkbox checked={isRequired} onChange={(event) => setRequired(event.target.checked)}>
          {t('fields.required')}
        </Checkbox>
      </FieldStack>
      {error ? <ErrorState error={error} size="band" /> : null}
    </Dialog>
  );
}
