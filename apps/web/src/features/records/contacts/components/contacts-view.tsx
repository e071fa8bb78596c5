import type { ContactRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { later } from '../../../../ui/later.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { contactsQuery } from '../api/contacts.js';
import { useWords } from '../words.js';
import { ContactCard } from './contact-card.js';
import styles from './contacts.module.css';
import { RelationshipMap } from './relationship-map.js';

const customerPersonDialog = later(() => import('./customer-person-dialog.js'));
const contactForm = later(() => import('./contact-form.js'));

/** The first contact, then whoever counts most; those who have left at the end. */
function inOrder(contacts: readonly ContactRow[]): ContactRow[] {
  const weight = (one: ContactRow) =>
    (one.leftOn === null ? 100 : 0) + (one.isPrimary ? 50 : 0) + (one.influence ?? 0);
  return [...contacts].sort((a, b) => weight(b) - weight(a) || a.contactId - b.contactId);
}

/** For a customer who is a person: a copy for them, erasure. */
function CustomerPersonButton({ customerId }: { customerId: number }) {
  const t = useWords();
  const mayExport = useCan('persons:export');
  const [isOpen, setOpen] = useState(false);
  if (!mayExport) return null;
  return (
    <>
      <Button onPointerEnter={customerPersonDialog.prepare} onClick={() => setOpen(true)}>
        {t('contacts.owner.open')}
      </Button>
      {isOpen ? <customerPersonDialog.Part customerId={customerId} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** The people at a customer: who they are, what they say in a decision, who reports to whom. */
export default function ContactsView({ customerId }: { customerId: number }) {
  const t = useWords();
  const mayWrite = useCan('contacts:write');
  const query = useQuery(contactsQuery(customerId));
  // The contact that is edited, or a new one.
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  const close = () => setEditing(null);
  const form = (contact: ContactRow | null, contacts: readonly ContactRow[]) => (
    <contactForm.Part
      key={contact?.contactId ?? 'new'}
      customerId={customerId}
      contact={contact}
      others={contacts.filter((one) => one.contactId !== contact?.contactId)}
      onClose={close}
      waiting={<SkeletonLines n={5} />}
    />
  );
  const addButton = mayWrite ? (
    <Button
      type="primary"
      disabled={editing === 'new'}
      onPointerEnter={contactForm.prepare}
      onClick={() => setEditing('new')}
    >
      {t('contacts.add')}
    </Button>
  ) : null;
  return (
    <QueryView query={query} skeleton={<SkeletonLines n={8} />}>
      {(contacts) => {
        if (contacts.length === 0 && editing !== 'new') {
          return (
            <Panel extra={<CustomerPersonButton customerId={customerId} />}>
              <EmptyState
                title={t('contacts.none')}
                text={t('contacts.noneText')}
                {...(mayWrite
                  ? { action: { label: t('contacts.add'), onClick: () => setEditing('new') } }
                  : {})}
              />
            </Panel>
          );
        }
        return (
          <div className={styles['view']}>
            <Panel
              title={t('contacts.title')}
              hint={t('contacts.count', { count: contacts.length })}
              extra={
                <>
                  <CustomerPersonButton customerId={customerId} /> {addButton}
                </>
              }
            >
              <ul className={styles['cards']}>
                {editing === 'new' ? <li className={styles['wide']}>{form(null, contacts)}</li> : null}
                {inOrder(contacts).map((contact) => (
                  <li
                    key={contact.contactId}
                    className={editing === contact.contactId ? styles['wide'] : undefined}
                  >
                    {editing === contact.contactId ? (
                      form(contact, contacts)
                    ) : (
                      <ContactCard
                        contact={contact}
                        onEdit={mayWrite ? () => setEditing(contact.contactId) : null}
                      />
                    )}
                  </li>
                ))}
              </ul>
            </Panel>
            {contacts.length > 0 ? <RelationshipMap contacts={contacts} /> : null}
          </div>
        );
      }}
    </QueryView>
  );
}
