import type { ContactRow, ContactWays } from '@kezi/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useCan } from '../../../../lib/session.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { later } from '../../../../ui/later.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { restoreContact, useDeleteContact, useRevealContact } from '../api/contacts.js';
import { useQueryClient } from '@tanstack/react-query';
import { useWords } from '../words.js';
import { AttitudeMark } from './attitude-mark.js';
import styles from './contacts.module.css';

const personDialog = later(() => import('./person-dialog.js'));

const mostInfluence = [1, 2, 3, 4, 5];

interface ContactCardProps {
  contact: ContactRow;
  /** Null where the reader may not change contacts. */
  onEdit: (() => void) | null;
}

/** One person: who, what they say in a decision, how to reach them. */
export function ContactCard({ contact, onEdit }: ContactCardProps) {
  const t = useWords();
  const f = useFormats();
  const place = [contact.title, contact.department].filter(Boolean).join(' · ');
  return (
    <article
      className={`${styles['card']} ${contact.leftOn === null ? '' : styles['gone']}`}
      aria-label={contact.name}
    >
      <header className={styles['head']}>
        <div className={styles['who']}>
          <h3 className={styles['name']}>{contact.name}</h3>
          {place === '' ? null : <p className={styles['faint']}>{place}</p>}
        </div>
        <span className={styles['buttons']}>
          <PersonButton contact={contact} />
          {onEdit === null ? null : <CardButtons contact={contact} onEdit={onEdit} />}
        </span>
      </header>
      <p className={styles['tags']}>
        {contact.isPrimary ? <Tag tone="accent">{t('contacts.primary')}</Tag> : null}
        {contact.decisionRole === null ? null : <Tag>{t(`contacts.role.${contact.decisionRole}`)}</Tag>}
        {contact.leftOn === null ? null : (
          <Tag tone="warn">{t('contacts.leftOn', { day: f.date(contact.leftOn) })}</Tag>
        )}
      </p>
      <p className={styles['marks']}>
        <AttitudeMark contact={contact} />
        <Influence value={contact.influence} />
      </p>
      <Ways contact={contact} />
      {contact.reportsToName === null ? null : (
        <p className={styles['faint']}>{t('contacts.reportsToName', { name: contact.reportsToName })}</p>
      )}
      {contact.birthday === null ? null : (
        <p className={styles['faint']}>{t('contacts.birthdayOn', { day: f.date(contact.birthday) })}</p>
      )}
      {contact.notes === null ? null : <p className={styles['notes']}>{contact.notes}</p>}
    </article>
  );
}

/** Consents, a copy for the person, erasure. */
function PersonButton({ contact }: { contact: ContactRow }) {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton
        icon="key"
        label={t('contacts.person.of', { name: contact.name })}
        onPointerEnter={personDialog.prepare}
        onClick={() => setOpen(true)}
      />
      {isOpen ? <personDialog.Part contact={contact} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function CardButtons({ contact, onEdit }: { contact: ContactRow; onEdit: () => void }) {
  const t = useWords();
  const toast = useToast();
  const client = useQueryClient();
  const takeBack = async () => {
    await restoreContact(contact.contactId);
    await client.invalidateQueries({ queryKey: ['contacts', 'of', contact.customerId] });
  };
  const remove = useDeleteContact(contact.customerId, () =>
    toast.undo(t('contacts.deleted', { name: contact.name }), takeBack),
  );
  const onDelete = () => remove.mutate(contact.contactId, { onError: (error) => toast.failed(error) });
  return (
    <>
      <IconButton icon="edit" label={t('contacts.edit', { name: contact.name })} onClick={onEdit} />
      <IconButton
        icon="trash"
        label={t('contacts.delete', { name: contact.name })}
        disabled={remove.isPending}
        onClick={onDelete}
      />
    </>
  );
}

function Influence({ value }: { value: number | null }) {
  const t = useWords();
  if (value === null) return null;
  const said = t('contacts.influenceOf', { value });
  return (
    <span className={styles['influence']} role="img" aria-label={said} title={said}>
      {mostInfluence.map((step) => (
        <span key={step} data-full={step <= value} />
      ))}
    </span>
  );
}

/** Masked until the reader asks; what was shown is hidden again when the card is left. */
function Ways({ contact }: { contact: ContactRow }) {
  const t = useWords();
  const toast = useToast();
  const reveal = useRevealContact();
  const [full, setFull] = useState<ContactWays | null>(null);
  const mayReveal = useCan('contacts:reveal') && contact.mayReveal;
  const { phones, mails, wechat } = full ?? contact;
  const lines = [
    ...phones.map((text) => ({ kind: 'phone' as const, text })),
    ...mails.map((text) => ({ kind: 'mail' as const, text })),
    ...(wechat === null ? [] : [{ kind: 'wechat' as const, text: wechat }]),
  ];
  if (lines.length === 0) return <p className={styles['faint']}>{t('contacts.noWays')}</p>;
  const show = () =>
    reveal.mutate(contact.contactId, { onSuccess: setFull, onError: (error) => toast.failed(error) });
  return (
    <div className={styles['ways']}>
      <ul className={styles['lines']}>
        {lines.map(({ kind, text }) => (
          <li key={`${kind} ${text}`} className={styles['way']}>
            <span className={styles['faint']}>{t(`contacts.${kind}`)}</span>
            <span className={styles['text']}>{text}</span>
          </li>
        ))}
      </ul>
      {full !== null ? null : mayReveal ? (
        <Button size="small" loading={reveal.isPending} title={t('contacts.revealHint')} onClick={show}>
          {t('contacts.reveal')}
        </Button>
      ) : (
        <span className={styles['faint']}>{t('contacts.masked')}</span>
      )}
    </div>
  );
}
