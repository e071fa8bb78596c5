import { longestSummary, type InteractionRow } from '@kezi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import type { ApiError } from '../../../../lib/api-error.js';
import { useFormats } from '../../../../lib/formats.js';
import { readStorage, writeStorage } from '../../../../lib/preferences.js';
import { Field } from '../../../../ui/field.js';
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
}

/** What the fields are called on the page, for the answer that somebody has changed them. */
const fieldWords = {
  kind: 'interactions.kind',
  happenedAt: 'interactions.when',
  summary: 'interactions.what',
  outcome: 'interactions.outcome',
  nextStep: 'interactions.nextStep',
  nextStepOn: 'interactions.nextStepOn',
  contactIds: 'interactions.with',
  userIds: 'interactions.ours',
} as const;

/** A refusal in the reader's words; of a conflict, who changed what. */
function useRefusalText() {
  const t = useWords();
  const { language } = useFormats();
  return (error: ApiError | null): string | undefined => {
    if (error?.code !== 'interactions.changed') return error?.message;
    const fields = String(error.params['fields'] ?? '').split(', ');
    const names = fields.map((field) =>
      field in fieldWords ? t(fieldWords[field as keyof typeof fieldWords]) : field,
    );
    return t('interactions.conflict', {
      by: error.params['by'] ?? '',
      fields: names.join(language === 'zh-CN' ? '、' : ', '),
    });
  };
}

/** One field first; the rest unfolds. Ctrl + Enter saves from anywhere in it. */
function DraftForm(props: DraftFormProps) {
  const { customerId, label, draft, tookPart, change, error, isPending, isFull, ...on } = props;
  const t = useWords();
  const common = useCommonWords();
  const f = useFormats();
  const refusalText = useRefusalText();
  const isLong = draft.summary.length > longestSummary;
  const fault = isLong
    ? t('interactions.tooLong', { count: f.count(draft.summary.length), limit: f.count(longestSummary) })
    : refusalText(error);
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
        setDraft({ ...emptyDraft, kind: draft.kind });
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
  const [opened] = useState(() => draftOf(row, timeZone));
  const [draft, setDraft] = useState(opened);
  const client = useQueryClient();
  const save = useSaveInteraction(row);
  const submit = () =>
    save.mutate(patchOf(opened, draft, timeZone), {
      onSuccess: () => {
        toast.done(t('interactions.saved'));
        onClose();
      },
      // The newest version is fetched: saving again means to write over it.
      onError: (failed) => {
        if (failed.code !== 'interactions.changed') return;
        void client.invalidateQueries({ queryKey: timelineOf(row.customerId) });
      },
    });
  return (
    <DraftForm
      customerId={row.customerId}
      label={t('interactions.edit')}
      draft={draft}
      tookPart={row.users}
      change={(part) => setDraft({ ...draft, ...part })}
      error={save.error}
      isPending={save.isPending}
      isFull
      onFull={() => undefined}
      onSubmit={submit}
      onCancel={onClose}
    />
  );
}
