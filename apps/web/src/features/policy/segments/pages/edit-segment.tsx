import type { Segment, SegmentRule } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Segmented } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink, useGo, useParams, useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { later } from '../../../../ui/later.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useNarrow } from '../../../../ui/use-narrow.js';
import {
  countQuery,
  fieldsQuery,
  segmentQuery,
  templatesQuery,
  useCreateSegment,
  useDeleteSegment,
  useFreezeSegment,
  useSaveSegment,
} from '../api/segments.js';
import { RulePreview } from '../components/rule-preview.js';
import styles from '../components/segments.module.css';
import { completeOf, emptyRule, openConditions } from '../rule-draft.js';
import { useWords } from '../words.js';

const ruleEditor = later(() => import('../components/rule-editor.js'));

const search = z.object({ template: z.string().max(100).optional().catch(undefined) });

/** The builder: of a new segment, of a template, of one that is there. */
export default function EditSegment() {
  const id = Number(useParams()['segmentId']);
  return Number.isFinite(id) ? <KnownSegment id={id} /> : <NewSegment />;
}

function NewSegment() {
  const t = useWords();
  const [{ template }] = useSearch(search);
  const templates = useQuery({ ...templatesQuery, enabled: template !== undefined });
  if (template !== undefined && templates.isPending) {
    return (
      <Page title={t('segments.new')} back="/grading/segments">
        <SkeletonChart height={320} />
      </Page>
    );
  }
  const from = templates.data?.items.find(({ templateId }) => templateId === template);
  return (
    <Builder
      segment={null}
      start={{
        name: from?.name ?? '',
        note: from?.note ?? '',
        rule: from?.rule ?? emptyRule,
        isShared: false,
      }}
    />
  );
}

function KnownSegment({ id }: { id: number }) {
  const t = useWords();
  const query = useQuery(segmentQuery(id));
  return (
    <QueryView
      query={query}
      skeleton={
        <Page title={t('segments.one')} back="/grading/segments">
          <SkeletonChart height={320} />
        </Page>
      }
    >
      {(segment) => (
        <Builder
          key={`${segment.segmentId} ${segment.rowVersion}`}
          segment={segment}
          start={{ ...segment, note: segment.note ?? '', rule: segment.rule ?? emptyRule }}
        />
      )}
    </QueryView>
  );
}

interface Draft {
  name: string;
  note: string;
  rule: SegmentRule;
  isShared: boolean;
}

function Builder({ segment, start }: { segment: Segment | null; start: Draft }) {
  const t = useWords();
  const f = useFormats();
  const fields = useQuery(fieldsQuery);
  const [draft, setDraft] = useState<Draft>(start);
  const [kind, setKind] = useState<Segment['kind']>('dynamic');
  const [isAsked, setAsked] = useState(false);
  const canWrite = useCan('segments:write');
  const narrow = useNarrow();
  const disabled = !canWrite || (segment !== null && !segment.isMine);
  const isFixed = segment?.kind === 'static';
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  return (
    <Page
      title={segment?.name ?? t('segments.new')}
      back="/grading/segments"
      {...(segment?.frozenOn ? { subtitle: t('segments.frozenOn', { date: f.date(segment.frozenOn) }) } : {})}
      actions={<Actions {...{ segment, draft, kind, disabled }} onOpen={() => setAsked(true)} />}
    >
      <div className={styles['columns']}>
        <Panel
          title={t('segments.conditions')}
          hint={t(isFixed ? 'segments.fixedHint' : 'segments.conditionsHint')}
        >
          <div className={styles['stack']}>
            <FieldStack>
              <Field label={t('segments.name')}>
                <Input
                  value={draft.name}
                  maxLength={100}
                  disabled={disabled}
                  onChange={(event) => change({ name: event.target.value })}
                />
              </Field>
              <Field label={t('segments.note')} optional>
                <Input
                  value={draft.note}
                  maxLength={1000}
                  disabled={disabled}
                  onChange={(event) => change({ note: event.target.value })}
                />
              </Field>
            </FieldStack>
            {fields.isError ? <ErrorState error={fields.error} size="band" /> : null}
            {fields.data && !(isFixed && segment.rule === null) ? (
              <ruleEditor.Part
                waiting={<SkeletonChart height={200} />}
                rule={draft.rule}
                fields={fields.data}
                disabled={disabled || isFixed}
                isAsked={isAsked}
                onChange={(rule) => change({ rule })}
              />
            ) : null}
            {segment === null ? (
              <Segmented<Segment['kind']>
                vertical={narrow}
                aria-label={t('segments.kind')}
                value={kind}
                options={(['dynamic', 'static'] as const).map((value) => ({
                  value,
                  label: t(value === 'dynamic' ? 'segments.dynamicLong' : 'segments.staticLong'),
                }))}
                onChange={setKind}
              />
            ) : null}
            <Checkbox
              checked={draft.isShared}
              disabled={disabled}
              onChange={(event) => change({ isShared: event.target.checked })}
            >
              {t('segments.share')}
            </Checkbox>
          </div>
        </Panel>
        {isFixed ? <Kept segment={segment} /> : <RulePreview rule={draft.rule} />}
      </div>
    </Page>
  );
}

/** Of a static segment: how many of its members the reader sees. */
function Kept({ segment }: { segment: Segment }) {
  const t = useWords();
  const f = useFormats();
  const query = useQuery({ ...countQuery(segment.segmentId), enabled: segment.isUsable });
  if (!segment.isUsable) return <Panel title={t('segments.found')}>{t('segments.notUsable')}</Panel>;
  return (
    <Panel title={t('segments.found')}>
      <QueryView query={query}>
        {({ customers, clv }) => (
          <p>
            <AppLink to={`/customers?segmentId=${segment.segmentId}`}>
              {t('segments.countOf', {
                count: f.count(customers),
                value: clv === null ? '–' : f.valueShort(clv),
              })}
            </AppLink>
          </p>
        )}
      </QueryView>
    </Panel>
  );
}

interface ActionsProps {
  segment: Segment | null;
  draft: Draft;
  kind: Segment['kind'];
  disabled: boolean;
  /** A condition is not filled in: it says so itself, at its place. */
  onOpen: () => void;
}

function Actions({ segment, draft, kind, disabled, onOpen }: ActionsProps) {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const create = useCreateSegment();
  const save = useSaveSegment(() => toast.done(t('segments.saved')));
  const ready = draft.name.trim() !== '';
  const rule = completeOf(draft.rule);
  const note = draft.note.trim() === '' ? null : draft.note;
  const failed = { onError: (error: unknown) => toast.failed(error) };
  const made = (kept: Segment) => {
    toast.done(t('segments.saved'));
    go(`/grading/segments/${kept.segmentId}`, { replace: true });
  };
  const send = () => {
    // Left out in silence, a condition that is not filled in would let everybody in.
    if (openConditions(draft.rule).length > 0) return onOpen();
    const common = { name: draft.name.trim(), note, isShared: draft.isShared };
    if (segment === null) create.mutate({ ...common, rule, kind }, { onSuccess: made, ...failed });
    else {
      const own = segment.kind === 'static' ? {} : { rule };
      save.mutate({ ...common, ...own, id: segment.segmentId, rowVersion: segment.rowVersion }, failed);
    }
  };
  return (
    <>
      {segment === null ? null : <Keeping segment={segment} />}
      {disabled ? null : (
        <Button type="primary" disabled={!ready} loading={create.isPending || save.isPending} onClick={send}>
          {t('segments.save')}
        </Button>
      )}
    </>
  );
}

/** What can be done with one that is there: keep its members of today, delete it. */
function Keeping({ segment }: { segment: Segment }) {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const confirm = useConfirm();
  const remove = useDeleteSegment();
  const canWrite = useCan('segments:write');
  const [freezing, setFreezing] = useState(false);
  const ask = async () => {
    const sure = await confirm({
      title: t('segments.deleteTitle', { name: segment.name }),
      text: t('segments.deleteText'),
      action: t('segments.delete'),
      danger: true,
    });
    if (!sure) return;
    remove.mutate(segment.segmentId, {
      onSuccess: () => go('/grading/segments', { replace: true }),
      onError: (error) => toast.failed(error),
    });
  };
  return (
    <>
      {segment.kind === 'dynamic' && canWrite && segment.isUsable ? (
        <Button onClick={() => setFreezing(true)}>{t('segments.freeze')}</Button>
      ) : null}
      {segment.isMine && canWrite ? <Button onClick={() => void ask()}>{t('segments.delete')}</Button> : null}
      {freezing ? <FreezeDialog segment={segment} onClose={() => setFreezing(false)} /> : null}
    </>
  );
}

function FreezeDialog({ segment, onClose }: { segment: Segment; onClose: () => void }) {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const freeze = useFreezeSegment();
  const [name, setName] = useState(t('segments.frozenName', { name: segment.name }));
  const send = () =>
    freeze.mutate(
      { id: segment.segmentId, name: name.trim() },
      {
        onSuccess: (kept) => {
          onClose();
          go(`/grading/segments/${kept.segmentId}`);
        },
        onError: (error) => toast.failed(error),
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('segments.freeze')}
      footer={
        <Button type="primary" disabled={name.trim() === ''} loading={freeze.isPending} onClick={send}>
          {t('segments.freeze')}
        </Button>
      }
    >
      <FieldStack>
        <p className={styles['note']}>{t('segments.freezeText')}</p>
        <Field label={t('segments.name')}>
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
      </FieldStack>
    </Dialog>
  );
}
