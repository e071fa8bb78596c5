import type { CustomerDetail } from '@kezi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useToast } from '../../../../ui/toast.js';
import { useSaveCustomer } from '../api/save-customer.js';
import { customerQuery } from '../api/show-customer.js';
import { saveField, type CustomerField, type FieldValue } from '../save-field.js';
import { useWords } from '../words.js';

interface Conflict {
  /** The customer as somebody else has left it. */
  theirs: CustomerDetail;
  mine: FieldValue;
}

interface Refusal {
  mine: FieldValue;
  error: unknown;
}

/** Saves one field of a customer, offers to take it back, keeps both values where two people changed it at once, and what was not taken. */
export function useFieldSave(customer: CustomerDetail, field: CustomerField, label: string) {
  const t = useWords();
  const toast = useToast();
  const client = useQueryClient();
  const { mutateAsync: patch } = useSaveCustomer(customer.customerId);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [saving, setSaving] = useState(false);
  // Saved by leaving the page or the panel: the fact is gone before the answer comes.
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  const query = customerQuery(customer.customerId);
  const reload = () => client.fetchQuery({ ...query, staleTime: 0 });
  const put = (from: CustomerDetail, value: FieldValue) =>
    saveField({ customer: from, field, value, patch, reload });

  const takeBack = async (saved: CustomerDetail, before: FieldValue) => {
    const result = await put(saved, before);
    if (result.kind === 'conflict') setConflict({ theirs: result.theirs, mine: before });
  };
  const save = async (value: FieldValue, from = customer) => {
    const before = field.read(from);
    setSaving(true);
    setRefusal(null);
    try {
      const result = await put(from, value);
      if (result.kind === 'conflict') {
        setConflict({ theirs: result.theirs, mine: value });
        return;
      }
      setConflict(null);
      toast.undo(t('customers.fieldSaved', { field: label }), () => takeBack(result.customer, before));
    } catch (error) {
      if (isThere.current) setRefusal({ mine: value, error });
      else toast.failed(error);
    } finally {
      setSaving(false);
    }
  };
  return {
    save,
    saving,
    conflict,
    refusal,
    dropRefused: () => setRefusal(null),
    keepMine: () => conflict && save(conflict.mine, conflict.theirs),
    keepTheirs: () => setConflict(null),
  };
}
