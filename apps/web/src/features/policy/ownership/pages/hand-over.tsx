import type { Holdings } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useFormats } from '../../../../lib/formats.js';
import { useGo, useSearch } from '../../../../lib/navigate.js';
import { useCan, useSession } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { Metric } from '../../../../ui/metric.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { holdingsQuery, useHandOver } from '../api/handover.js';
import styles from '../components/ownership.module.css';
import { byLabel, useOwnerChoices } from '../components/use-owner-choices.js';
import { useWords } from '../words.js';

const handoverSearch = z.object({ from: z.number().optional().catch(undefined) });

/** Somebody leaves: everything of theirs goes to a successor in one go, by the hand of somebody who sees all of it. */
export default function HandOver() {
  const t = useWords();
  const seesAll = useSession().scope === 'all';
  return (
    <Page title={t('ownership.handover')} subtitle={t('ownership.handoverHint')} width="reading">
      {seesAll ? (
        <ChooseLeaver />
      ) : (
        <EmptyState
          picture="people"
          title={t('ownership.handoverNotYours')}
          text={t('ownership.handoverNotYoursText')}
        />
      )}
    </Page>
  );
}

function ChooseLeaver() {
  const t = useWords();
  const [{ from }, setSearch] = useSearch(handoverSearch);
  const choices = useOwnerChoices();
  return (
    <>
      <Panel>
        <div className={styles['form']}>
          <Field label={t('ownership.leaver')}>
            <Select<number>
              showSearch={{ filterOption: byLabel }}
              value={from ?? null}
              options={choices}
              placeholder={t('ownership.colleague')}
              onChange={(next) => setSearch({ from: next })}
            />
          </Field>
        </div>
      </Panel>
      {from === undefined ? null : <Leaver key={from} userId={from} />}
    </>
  );
}

const kinds = ['customers', 'nextSteps', 'savedViews', 'customerTeams', 'pools', 'disputes', 'keys'] as const;

function Leaver({ userId }: { userId: number }) {
  const t = useWords();
  const f = useFormats();
  const query = useQuery(holdingsQuery(userId));
  return (
    <Panel title={query.data?.name ?? ''}>
      <QueryView query={query} skeleton={<SkeletonLines n={4} />}>
        {(found) => (
          <div className={styles['stack']}>
            <dl className={styles['metrics']}>
              {kinds.map((kind) => (
                <Metric key={kind} label={t(`ownership.has.${kind}`)} value={f.count(found[kind])} />
              ))}
            </dl>
            <HandoverForm found={found} />
          </div>
        )}
      </QueryView>
    </Panel>
  );
}

function HandoverForm({ found }: { found: Holdings }) {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const mayDisable = useCan('users:write');
  const choices = useOwnerChoices(found.userId);
  const [toUserId, setTo] = useState<number | null>(null);
  const [reason, setReason] = useState(t('ownership.manner.handover'));
  const [disable, setDisable] = useState(mayDisable);
  const [tried, setTried] = useState(false);
  const handOver = useHandOver();
  const submit = () => {
    setTried(true);
    if (toUserId === null || reason.trim() === '') return;
    const name = choices.find((one) => one.value === toUserId)?.label ?? '';
    handOver.mutate(
      { fromUserId: found.userId, toUserId, reason: reason.trim(), disable },
      {
        onSuccess: () => {
          toast.done(t('ownership.handedOver', { name }));
          go('/customers/transfers');
        },
      },
    );
  };
  return (
    <div className={styles['form']}>
      <Field
        label={t('ownership.successor')}
        error={tried && toUserId === null ? t('ownership.chooseOne') : undefined}
      >
        <Select<number>
          showSearch={{ filterOption: byLabel }}
          value={toUserId}
          options={choices}
          placeholder={t('ownership.colleague')}
          onChange={setTo}
        />
      </Field>
      <Field
        label={t('ownership.reason')}
        error={tried && reason.trim() === '' ? t('ownership.reasonMissing') : undefined}
      >
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {mayDisable && !found.disabled ? (
        <Checkbox checked={disable} onChange={(event) => setDisable(event.target.checked)}>
          {t('ownership.disable')}
        </Checkbox>
      ) : null}
      {handOver.error ? <ErrorState error={handOver.error} size="band" /> : null}
      <div className={styles['actions']}>
        <Button type="primary" loading={handOver.isPending} onClick={submit}>
          {t('ownership.handOverNow')}
        </Button>
      </div>
    </div>
  );
}
