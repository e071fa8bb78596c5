import { longestSummary, type InteractionRow } from '@kezi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import type { ApiError } from '../../../../lib/api-error.js';
import { useFormats } from '../../../../lib/formats.js';
import { useLatestDraft, type LatestDraft } from '../../../../lib/latest-draft.js';
import { readStorage, writeStorage } from '../../../../lib/preferences.js';
import { Field } from '../../../../ui/field.js';
import { TheirChanges } from '../../../../ui/their-changes.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { timelineOf, useLogInteraction, useSaveInteraction } from '../api/timeline.js';
import { draftOf, emptyDraft, inputOf, patchOf, type InteractionDraft } from '../interaction-draft.js';
import { useWords } from '../words.js';
import { DetailFields, KindField } from './interaction-fields.js';
import styles from './timeline.module.css';

interface DraftFormProps {
  customerId: number;
  label: string;
  draft: InteractionDraft;
  tookPart?: InteractionRow['users'];
  change: (part: Partial<InteractionDraft>) => void;
  error: ApiError | null;
  isPending: boolean;
  isFull: boolean;
  onFull: () => void;
  onSubmit: () => void;
  onCancel?: () => void;
  /** Said above the buttons. */
  children?: ReactNode;
}

interface TalkChangesProps {
  row: InteractionRow;
  held: LatestDraft<InteractionDraft>;
  error: ApiError | null;
}

function TalkChanges({ row, held, error }: TalkChangesProps) {
  const t = useWords();
  const f = useFormats();
  const labels: Record<keyof InteractionDraft, string> = {
    kind: t('interactions.kind'),
    happenedAt: t('interactions.when'),
    summary: t('interactions.what'),
    outcome: t('interactions.outcome'),
    nextStep: t('interactions.nextStep'),
    nextStepOn: t('interactions.nextStepOn'),
    contactIds: t('interactions.with'),
    userIds: t('interactions.ours'),
  };
  const namesOf = (people: readonly { name: string }[]) => people.map(({ name }) => name).join(', ');
  const theirs: Record<keyof InteractionDraft, string> = {
    kind: t(`interactions.kind.${row.kind}`),
    happenedAt: f.dateTime(row.happenedAt),
    summary: row.summary,
    outcome: row.outcome ?? '',
    nextStep: row.nextStep ?? '',
    nextStepOn: row.nextStepOn === null ? '' : f.date(row.nextStepOn),
    contactIds: namesOf(row.contacts),
    userIds: namesOf(row.users),
  };
  return <TheirChanges held={held} error={error} labels={labels} theirs={theirs} />;
}

/** One field first; the rest unfolds. Ctrl + Enter saves from anywhere in it. */
function DraftForm(props: DraftFormProps) {
  const { customerId, label, draft, tookPart, change, error, isPending, isFull, children, ...on } = props;
  const t = useWords();
  const common = useCommonWords();
  const f = useFormats();
  const isLong = draft.summary.length > longestSummary;
  const fault = isLong
    ? t('interactions.tooLong', { count: f.count(draft.summary.length), limit: f.count(longestSummary) })
    : error?.message;
  const canSave = draft.summary.trim() !== '' && !isLong;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the controls in it
    <form
      className={styles['form']}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) on.onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && canSave) {
          event.preventDefault();
          on.onSubmit();
        }
        if (event.key === 'Escape' && on.onCancel && !event.defaultPrevented) {
          event.preventDefault(); // a side panel around it stays open
          on.onCancel();
        }
      }}
    >
      <KindField draft={draft} change={change} />
      <Field label={t('interactions.what')} error={fault}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 12 }}
          value={draft.summary}
          placeholder={t('interactions.example')}
          onChange={(event) => change({ summary: event.target.value })}
        />
      </Field>
      {isFull ? <DetailFields {...{ draft, change, customerId, tookPart }} /> : null}
      {children}
      <div className={styles['foot']}>
        {isFull ? null : (
          <Button type="link" className={styles['more'] ?? ''} onClick={on.onFull}>
            {t('interactions.details')}
          </Button>
        )}
        {on.onCancel ? <Button onClick={on.onCancel}>{common('common.cancel')}</Button> : null}
        <Button
          type="primary"
          htmlType="submit"
          disabled={!canSave}
          loading={isPending}
          title={t('interactions.saveHint')}
        >
          {on.onCancel ? common('common.save') : t('interactions.save')}
        </Button>
      </div>
    </form>
  );
}

const storageKey = (customerId: number) => `kezi.interactions.draft.${customerId}`;

function readDraft(customerId: number): InteractionDraft {
  try {
    const kept = JSON.parse(readStorage(storageKey(customerId)) ?? '{}') as Partial<InteractionDraft>;
    return { ...emptyDraft, ...kept };
  } catch {
    return emptyDraft; // written by something else
  }
}

/** Logs something new. What has been typed outlives a reload. */
export function LogForm({ customerId, onLogged }: { customerId: number; onLogged?: () => void }) {
  const t = useWords();
  const toast = useToast();
  const { timeZone } = useFormats();
  const [draft, setDraft] = useState(() => readDraft(customerId));
  const [isFull, setFull] = useState(false);
  const log = useLogInteraction(customerId);
  useEffect(() => {
    // A pasted book is told to be too long; it is not worth keeping.
    if (draft.summary.length <= longestSummary) writeStorage(storageKey(customerId), JSON.stringify(draft));
  }, [customerId, draft]);
  const submit = () =>
    log.mutate(inputOf(draft, timeZone), {
      onSuccess: () => {
        const next = { ...emptyDraft, kind: draft.kind };
        setDraft(next);
        // A dialog around the form is closed before the draft would be kept: the text would come back, as if not logged.
        writeStorage(storageKey(customerId), JSON.stringify(next));
        setFull(false);
        toast.done(t('interactions.logged'));
        onLogged?.();
      },
    });
  return (
    <DraftForm
      customerId={customerId}
      label={t('interactions.log')}
      draft={draft}
      change={(part) => setDraft({ ...draft, ...part })}
      error={log.error}
      isPending={log.isPending}
      isFull={isFull}
      onFull={() => setFull(true)}
      onSubmit={submit}
    />
  );
}

/** Changes one that stands in the timeline, in its place. */
export default function EditForm({ row, onClose }: { row: InteractionRow; onClose: () => void }) {
  const t = useWords();
  const toast = useToast();
  const { timeZone } = useFormats();
  const held = useLatestDraft(row.rowVersion, () => draftOf(row, timeZone));
  const { opened, draft } = held;
  const client = useQueryClient();
  const save = useSaveInteraction(row);
  const submit = () =>
    save.mutate(
      { ...patchOf(opened, draft, timeZone), rowVersion: held.version ?? row.rowVersion },
      {
        onSuccess: () => {
          toast.done(t('interactions.saved'));
          onClose();
        },
        // The newest version is fetched and merged: saving again means to write over it.
        onError: (failed) => {
          if (failed.code !== 'interactions.changed') return;
          void client.invalidateQueries({ queryKey: timelineOf(row.customerId) });
        },
      },
    );
  return (
    <DraftForm
      customerId={row.customerId}
      label={t('interactions.edit')}
      draft={draft}
      tookPart={row.users}
      change={held.change}
      error={save.error?.code === 'interactions.changed' ? null : save.error}
      isPending={save.isPending}
      isFull
      onFull={() => undefined}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TalkChanges
        row={row}
        held={held}
        error={save.error?.code === 'interactions.changed' ? save.error : null}
      />
    </DraftForm>
  );
}
