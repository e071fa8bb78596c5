import { noteKinds, type NoteKind, type NoteRow } from '@kezi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { later } from '../../../../ui/later.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { notesQuery, restoreNote, useDeleteNote } from '../api/notes.js';
import { useWords } from '../words.js';
import styles from './notes.module.css';
import { PreferencesPanel } from './preferences-panel.js';

const noteForm = later(() => import('./note-form.js'));

/** What a customer needs, how to grow there, who else sells there, whom it supplies, and what its orders say. */
export default function NotesView({ customerId }: { customerId: number }) {
  const canSeeOrders = useCan('orders:read');
  const query = useQuery(notesQuery(customerId));
  return (
    <div className={styles['view']}>
      {canSeeOrders ? <PreferencesPanel customerId={customerId} /> : null}
      <QueryView query={query} skeleton={<SkeletonLines n={8} />}>
        {(data) => (
          <div className={styles['grid']}>
            {noteKinds.map((kind) => (
              <KindPanel
                key={kind}
                kind={kind}
                customerId={customerId}
                notes={data.items.filter((note) => note.kind === kind)}
              />
            ))}
          </div>
        )}
      </QueryView>
    </div>
  );
}

interface KindPanelProps {
  kind: NoteKind;
  customerId: number;
  notes: readonly NoteRow[];
}

function KindPanel({ kind, customerId, notes }: KindPanelProps) {
  const t = useWords();
  const mayWrite = useCan('notes:write');
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  const form = (note: NoteRow | null) => (
    <noteForm.Part
      kind={kind}
      customerId={customerId}
      note={note}
      onClose={() => setEditing(null)}
      waiting={<SkeletonLines n={4} />}
    />
  );
  return (
    <Panel
      title={t(`notes.kind.${kind}`)}
      extra={
        mayWrite && editing !== 'new' ? (
          <Button size="small" onPointerEnter={noteForm.prepare} onClick={() => setEditing('new')}>
            {t(`notes.add.${kind}`)}
          </Button>
        ) : undefined
      }
    >
      {editing === 'new' ? form(null) : null}
      {notes.length === 0 && editing !== 'new' ? (
        <EmptyState title={t(`notes.none.${kind}`)} text={t(`notes.noneText.${kind}`)} />
      ) : null}
      <ul className={styles['notes']}>
        {notes.map((note) => (
          <li key={note.noteId}>
            {editing === note.noteId ? (
              form(note)
            ) : (
              <Note note={note} onEdit={mayWrite ? () => setEditing(note.noteId) : null} />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const tones: Partial<Record<NoteRow['status'], 'good' | 'accent' | 'warn'>> = {
  met: 'good',
  won: 'good',
  open: 'accent',
  underway: 'accent',
  present: 'warn',
  active: 'good',
};

function Note({ note, onEdit }: { note: NoteRow; onEdit: (() => void) | null }) {
  const t = useWords();
  const f = useFormats();
  const said = note.contactName ?? note.saidBy;
  const facts = [
    t(`notes.day.${note.kind}`, { day: f.date(note.notedOn) }),
    said === null ? null : t('notes.said', { name: said }),
    note.sharePercent === null ? null : t('notes.share', { share: f.percent(note.sharePercent / 100, 0) }),
    note.amountMinor === null ? null : f.money(note.amountMinor),
    note.createdByName === null ? null : t('notes.by', { name: note.createdByName }),
  ];
  return (
    <article className={styles['note']} aria-label={note.title}>
      <header className={styles['head']}>
        <strong className={styles['title']}>{note.title}</strong>
        <Tag tone={tones[note.status] ?? 'neutral'}>{t(`notes.status.${note.status}`)}</Tag>
        {onEdit ? <Buttons note={note} onEdit={onEdit} /> : null}
      </header>
      {note.detail === null ? null : <p className={styles['detail']}>{note.detail}</p>}
      {note.otherCustomerId === null ? null : (
        <p>
          {note.otherCustomerName === null ? (
            t('notes.hiddenCustomer')
          ) : (
            <CustomerLink to={`/customers/${note.otherCustomerId}`}>{note.otherCustomerName}</CustomerLink>
          )}
        </p>
      )}
      <p className={styles['faint']}>{facts.filter(Boolean).join(' · ')}</p>
    </article>
  );
}

function Buttons({ note, onEdit }: { note: NoteRow; onEdit: () => void }) {
  const t = useWords();
  const toast = useToast();
  const client = useQueryClient();
  const back = async () => {
    await restoreNote(note.noteId);
    await client.invalidateQueries({ queryKey: ['notes', note.customerId] });
  };
  const remove = useDeleteNote(note.customerId, () =>
    toast.undo(t('notes.deleted', { title: note.title }), back),
  );
  return (
    <span className={styles['buttons']}>
      <IconButton icon="edit" label={t('notes.edit', { title: note.title })} onClick={onEdit} />
      <IconButton
        icon="trash"
        label={t('notes.delete', { title: note.title })}
        onClick={() => remove.mutate(note.noteId, { onError: (error) => toast.failed(error) })}
      />
    </span>
  );
}
