import type { Deputy } from '@kezi/contract';
import { Button, Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { useFormats } from '../../../../lib/formats.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useCan, useSession } from '../../../../lib/session.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { ColleagueSelect } from '../../../../ui/colleague-select.js';
import { Dialog } from '../../../../ui/dialog.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { deputiesQuery, personQuery, useAppoint, useDismiss } from '../api/access.js';
import styles from '../components/access.module.css';
import { useWords } from '../words.js';

const deputiesSearch = z.object({ of: z.coerce.number().int().positive().optional().catch(undefined) });

/** Who stands in for the reader, and for whom the reader stands in; or for somebody who cannot say so themselves. */
export default function ListDeputies() {
  const t = useWords();
  const me = useSession().id;
  const mayForOthers = useCan('users:write');
  const [search] = useSearch(deputiesSearch);
  const of = mayForOthers && search.of !== me ? search.of : undefined;
  const person = useQuery({ ...personQuery(of ?? 0), enabled: of !== undefined });
  const query = useQuery(deputiesQuery(of));
  const [open, setOpen] = useState(false);
  const begin = { label: t('access.deputies.new'), onClick: () => setOpen(true) };
  return (
    <Page
      title={
        of === undefined ? t('access.deputies') : t('access.deputies.of', { name: person.data?.name ?? '' })
      }
      subtitle={t(of === undefined ? 'access.deputies.hint' : 'access.deputies.of_hint')}
      width="reading"
      actions={
        // An empty page has the button in its middle.
        query.data?.items.length === 0 ? undefined : (
          <Button type="primary" onClick={begin.onClick}>
            {begin.label}
          </Button>
        )
      }
    >
      <Panel padding="none">
        <QueryView
          query={query}
          skeleton={<SkeletonLines n={4} />}
          empty={({ items }) => items.length === 0}
          emptyView={
            <EmptyState
              picture="people"
              title={t('access.deputies.empty')}
              text={t(of === undefined ? 'access.deputies.empty_text' : 'access.deputies.of_empty')}
              action={begin}
            />
          }
        >
          {({ items }) => (
            <ul className={styles['list']}>
              {items.map((one) => (
                <DeputyItem key={one.deputyId} deputy={one} of={of} />
              ))}
            </ul>
          )}
        </QueryView>
      </Panel>
      {open ? <DeputyDialog of={of} onClose={() => setOpen(false)} /> : null}
    </Page>
  );
}

interface OfProps {
  /** Of somebody else. */
  of: number | undefined;
}

function DeputyItem({ deputy, of }: OfProps & { deputy: Deputy }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const dismiss = useDismiss();
  const me = useSession().id;
  const mayEnd = of !== undefined || deputy.userId === me;
  const days = `${f.date(deputy.fromOn)} – ${f.date(deputy.toOn)}`;
  return (
    <li className={styles['item']}>
      <span className={styles['grow']}>
        <strong>
          {of === undefined
            ? deputy.userId === me
              ? t('access.deputies.mine', { name: deputy.colleagueName })
              : t('access.deputies.theirs', { name: deputy.userName })
            : t('access.deputies.pair', { name: deputy.colleagueName, absent: deputy.userName })}
        </strong>
        <span className={styles['quiet']}>
          {` · ${days} · ${t(`access.deputies.${deputy.state}`)}`}
          {deputy.note === null ? '' : ` · ${deputy.note}`}
        </span>
      </span>
      {mayEnd && deputy.state !== 'over' ? (
        <Button
          size="small"
          loading={dismiss.isPending}
          onClick={() =>
            dismiss.mutate(deputy.deputyId, {
              onSuccess: () => toast.done(t('access.deputies.ended')),
              onError: (error) => toast.failed(error),
            })
          }
        >
          {t('access.deputies.end')}
        </Button>
      ) : null}
    </li>
  );
}

function DeputyDialog({ of, onClose }: OfProps & { onClose: () => void }) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const appoint = useAppoint(of);
  const [colleagueId, setColleagueId] = useState<number>();
  const [fromOn, setFromOn] = useState<string>();
  const [toOn, setToOn] = useState<string>();
  const [note, setNote] = useState('');
  const isWhole = colleagueId !== undefined && fromOn !== undefined && toOn !== undefined;
  const save = () => {
    if (!isWhole) return;
    appoint.mutate(
      { colleagueId, fromOn, toOn, note: note.trim() === '' ? null : note },
      {
        onSuccess: ({ colleagueName, userName }) => {
          toast.done(
            of === undefined
              ? t('access.deputies.made', { name: colleagueName })
              : t('access.deputies.pair', { name: colleagueName, absent: userName }),
          );
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('access.deputies.new')}
      footer={
        <>
          <Button onClick={onClose}>{c('common.cancel')}</Button>
          <Button type="primary" disabled={!isWhole} loading={appoint.isPending} onClick={save}>
            {t('access.deputies.new')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field label={t('access.deputies.colleague')}>
          <ColleagueSelect
            placeholder={t('access.share.pick')}
            value={colleagueId}
            except={of === undefined ? [] : [of]}
            onChange={setColleagueId}
          />
        </Field>
        <Field label={t('access.deputies.from')}>
          <dayControl.Part label={t('access.deputies.from')} value={fromOn} onChange={setFromOn} />
        </Field>
        <Field label={t('access.deputies.to')}>
          <dayControl.Part label={t('access.deputies.to')} value={toOn} min={fromOn} onChange={setToOn} />
        </Field>
        <Field label={t('access.deputies.note')} optional>
          <Input value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />
        </Field>
        {appoint.isError ? <ErrorState error={appoint.error} size="band" /> : null}
      </FieldStack>
    </Dialog>
  );
}
