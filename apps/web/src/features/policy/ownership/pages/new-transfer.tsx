import { customerFilter, type CustomerSelection, type TransferRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useFormats } from '../../../../lib/formats.js';
import { useGo, useSearch } from '../../../../lib/navigate.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { departmentsQuery } from '../api/pools.js';
import { foundQuery, useTransfer, useUndoTransfer } from '../api/transfers.js';
import styles from '../components/ownership.module.css';
import { byLabel, useOwnerChoices } from '../components/use-owner-choices.js';
import { useStaying } from '../components/use-staying.js';
import { useWords } from '../words.js';

const transferSearch = z.object({
  /** Some customers by id, or all that a filter of the register finds. */
  ids: z.array(z.number()).optional().catch(undefined),
  filter: customerFilter.optional().catch(undefined),
  except: z.array(z.number()).catch([]),
});

/** Gives the customers that were chosen in the register, or on a customer's page, to somebody else. */
export default function NewTransfer() {
  const t = useWords();
  const [{ ids, filter, except }] = useSearch(transferSearch);
  const selection: CustomerSelection | null =
    ids === undefined ? (filter === undefined ? null : { filter, except }) : { customerIds: ids };
  return (
    <Page title={t('ownership.newTransfer')} width="reading">
      <Panel>
        {selection === null ? (
          <EmptyState
            picture="people"
            title={t('ownership.nobodyChosen')}
            text={t('ownership.nobodyChosenText')}
            action={{ label: t('ownership.toRegister'), to: '/customers' }}
          />
        ) : (
          <TransferForm selection={selection} />
        )}
      </Panel>
    </Page>
  );
}

/** How many customers a selection takes in; undefined until they are counted. */
function useChosen(selection: CustomerSelection): { count: number; exact: boolean } | undefined {
  const filter = 'filter' in selection ? selection.filter : {};
  const found = useQuery({ ...foundQuery(filter), enabled: 'filter' in selection }).data;
  if ('customerIds' in selection) return { count: selection.customerIds.length, exact: true };
  return found && { ...found, count: Math.max(found.count - selection.except.length, 0) };
}

function useSubmit() {
  const t = useWords();
  const f = useFormats();
  const go = useGo();
  const toast = useToast();
  const staying = useStaying();
  const transfer = useTransfer();
  const undo = useUndoTransfer();
  const told = (row: TransferRow) => {
    if (row.jobId === null) {
      const said = [t('ownership.transferred', { count: f.count(row.moved) }), ...staying(row)];
      toast.undo(said.join(' · '), () => undo.mutateAsync(row.transferId));
    }
    go('/customers/transfers');
  };
  return { transfer, told };
}

function TransferForm({ selection }: { selection: CustomerSelection }) {
  const t = useWords();
  const c = useCommonWords();
  const go = useGo();
  const f = useFormats();
  const chosen = useChosen(selection);
  const owners = useOwnerChoices();
  const teams = useQuery(departmentsQuery).data?.items ?? [];
  const [to, setTo] = useState<'owner' | 'pool'>('owner');
  const [ownerId, setOwnerId] = useState<number | null>(null);
  const [teamId, setTeamId] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { transfer, told } = useSubmit();
  const isReady = reason.trim() !== '' && (to === 'owner' ? ownerId : teamId) !== null;
  const submit = () => {
    setTried(true);
    if (!isReady) return;
    const where = to === 'owner' ? { toOwnerId: ownerId } : { toOwnerId: null, toTeamId: teamId };
    transfer.mutate({ customers: selection, reason: reason.trim(), ...where }, { onSuccess: told });
  };
  const missing = (isMissing: boolean) => (tried && isMissing ? t('ownership.chooseOne') : undefined);
  return (
    <div className={styles['form']}>
      <p>
        <strong>
          {chosen === undefined
            ? '…'
            : t(chosen.exact ? 'ownership.chosen' : 'ownership.chosenAbout', {
                count: f.count(chosen.count),
              })}
        </strong>
      </p>
      <Field label={t('ownership.where')}>
        <Radio.Group
          value={to}
          options={[
            { value: 'owner', label: t('ownership.toOwner') },
            { value: 'pool', label: t('ownership.toPool') },
          ]}
          onChange={(event) => setTo(event.target.value as 'owner' | 'pool')}
        />
      </Field>
      {to === 'owner' ? (
        <Field
          label={t('ownership.newOwner')}
          hint={t('ownership.newOwnerHint')}
          error={missing(ownerId === null)}
        >
          <Select<number>
            showSearch={{ filterOption: byLabel }}
            value={ownerId}
            options={owners}
            placeholder={t('ownership.colleague')}
            onChange={setOwnerId}
          />
        </Field>
      ) : (
        <Field label={t('ownership.department')} error={missing(teamId === null)}>
          <Select<number>
            showSearch={{ filterOption: byLabel }}
            value={teamId}
            options={teams.map((team) => ({ value: team.id, label: team.name }))}
            placeholder={t('ownership.department')}
            onChange={setTeamId}
          />
        </Field>
      )}
      <Field
        label={t('ownership.reason')}
        hint={t('ownership.reasonHint')}
        error={tried && reason.trim() === '' ? t('ownership.reasonMissing') : undefined}
      >
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {transfer.error ? <ErrorState error={transfer.error} size="band" /> : null}
      <div className={styles['actions']}>
        <Button type="primary" loading={transfer.isPending} onClick={submit}>
          {t('ownership.transfer')}
        </Button>
        <Button onClick={() => go('/customers')}>{c('common.cancel')}</Button>
      </div>
    </div>
  );
}
