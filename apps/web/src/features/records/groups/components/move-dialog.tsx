import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { dayControl } from '../../../../ui/dates-fields.js';
import { Dialog } from '../../../../ui/dialog.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { moveCustomer, parentsQuery, useMove } from '../api/groups.js';
import { useWords } from '../words.js';

/** A customer on its way to another parent. */
export interface Moving {
  customerId: number;
  name: string;
  /** Where it stands, as the mover sees it. */
  fromParentCustomerId: number | null;
  /** Where it was dropped. */
  to?: { customerId: number; name: string };
}

interface MoveDialogProps {
  moving: Moving | null;
  onClose: () => void;
}

/** Asks below whom a customer goes, and since when. */
export function MoveDialog({ moving, onClose }: MoveDialogProps) {
  const t = useWords();
  return (
    <Dialog
      open={moving !== null}
      onClose={onClose}
      title={t('groups.moveOne', { name: moving?.name ?? '' })}
    >
      {moving === null ? null : <MoveForm key={moving.customerId} moving={moving} onClose={onClose} />}
    </Dialog>
  );
}

function MoveForm({ moving, onClose }: { moving: Moving; onClose: () => void }) {
  const t = useWords();
  const common = useCommonWords();
  const toast = useToast();
  const client = useQueryClient();
  const move = useMove();
  const [to, setTo] = useState(moving.to ?? null);
  const [effectiveOn, setEffectiveOn] = useState<string | undefined>(undefined);
  const submit = () => {
    const { customerId, fromParentCustomerId, name } = moving;
    const parentCustomerId = to?.customerId ?? null;
    const again = () =>
      Promise.all([['groups'], ['customers']].map((queryKey) => client.invalidateQueries({ queryKey })));
    const back = async () => {
      const undo = {
        customerId,
        parentCustomerId: fromParentCustomerId,
        fromParentCustomerId: parentCustomerId,
      };
      await moveCustomer(undo);
      await again();
    };
    move.mutate(
      {
        customerId,
        parentCustomerId,
        fromParentCustomerId,
        ...(effectiveOn === undefined ? {} : { effectiveOn }),
      },
      {
        onSuccess: () => {
          const said = to ? t('groups.moved', { name, parent: to.name }) : t('groups.movedOut', { name });
          toast.undo(said, back);
          onClose();
        },
        onError: (error) => {
          if (error.code === 'groups.moved_conflict') void again();
        },
      },
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FieldStack>
        <Field label={t('groups.moveTo')} hint={t('groups.moveToHint')} error={move.error?.message}>
          <ParentChoice self={moving.customerId} value={to} onChange={setTo} />
        </Field>
        <Field label={t('groups.effectiveOn')} hint={t('groups.effectiveHint')} optional>
          <dayControl.Part label={t('groups.effectiveOn')} value={effectiveOn} onChange={setEffectiveOn} />
        </Field>
        <Button
          type="primary"
          htmlType="submit"
          block
          loading={move.isPending}
          disabled={(to?.customerId ?? null) === moving.fromParentCustomerId}
        >
          {t('groups.move')}
        </Button>
        <Button block onClick={onClose}>
          {common('common.cancel')}
        </Button>
      </FieldStack>
    </form>
  );
}

interface ParentChoiceProps {
  id?: string;
  self: number;
  value: { customerId: number; name: string } | null;
  onChange: (value: { customerId: number; name: string } | null) => void;
}

function ParentChoice({ self, value, onChange, ...control }: ParentChoiceProps) {
  const t = useWords();
  const [typed, setTyped] = useState('');
  const found = useQuery(parentsQuery(typed));
  const others = (found.data?.items ?? []).filter((row) => row.customerId !== self);
  const options = others.map((row) => ({
    value: row.customerId,
    label: `${row.name} (${row.customerNo})`,
    name: row.name,
  }));
  const present = value && !others.some((row) => row.customerId === value.customerId);
  return (
    <Select
      {...control}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      placeholder={t('groups.find')}
      notFoundContent={t(typed === '' ? 'groups.typeToFind' : 'groups.noMatch')}
      value={value?.customerId ?? null}
      options={
        present ? [{ value: value.customerId, label: value.name, name: value.name }, ...options] : options
      }
      onChange={(chosen: number | null | undefined) => {
        const row = options.find((option) => option.value === chosen);
        onChange(row ? { customerId: row.value, name: row.name } : null);
      }}
    />
  );
}
