import { consentBases, consentPurposes, type Consent, type ContactRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { dayOf } from '../../../../lib/format-date.js';
import { useFormats } from '../../../../lib/formats.js';
import { useCan } from '../../../../lib/session.js';
import DayControl from '../../../../ui/day-control.js';
import { Dialog } from '../../../../ui/dialog.js';
import { Field } from '../../../../ui/field.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { consentsQuery, useGiveConsent, useWithdrawConsent, type PersonSubject } from '../api/person.js';
import { useWords } from '../words.js';
import styles from './contacts.module.css';
import { ErasePart, ExportPart } from './person-parts.js';

interface PersonDialogProps {
  contact: ContactRow;
  onClose: () => void;
}

/** What a person's data may be used for, all of it for that person, and the end of it. */
export default function PersonDialog({ contact, onClose }: PersonDialogProps) {
  const t = useWords();
  const mayExport = useCan('persons:export');
  const mayErase = useCan('persons:erase');
  const { contactId: id, customerId, name } = contact;
  const person: PersonSubject = { kind: 'contacts', id, customerId, name };
  return (
    <Dialog open onClose={onClose} title={t('contacts.person.of', { name: contact.name })} width={560}>
      <div className={styles['person']}>
        <Consents contact={contact} />
        {mayExport ? <ExportPart person={person} /> : null}
        {mayErase ? <ErasePart person={person} onErased={onClose} /> : null}
      </div>
    </Dialog>
  );
}

function Consents({ contact }: { contact: ContactRow }) {
  const t = useWords();
  const mayWrite = useCan('contacts:write');
  const query = useQuery(consentsQuery(contact.contactId));
  return (
    <section aria-label={t('contacts.person.uses')}>
      <h3>{t('contacts.person.uses')}</h3>
      <QueryView query={query} skeleton={<SkeletonLines n={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles['faint']}>{t('contacts.person.noUses')}</p>
          ) : (
            <ul className={styles['consents']}>
              {items.map((one) => (
                <ConsentLine
                  key={one.consentId}
                  consent={one}
                  contactId={contact.contactId}
                  mayWrite={mayWrite}
                />
              ))}
            </ul>
          )
        }
      </QueryView>
      {mayWrite ? <GiveConsent contactId={contact.contactId} /> : null}
    </section>
  );
}

interface ConsentLineProps {
  consent: Consent;
  contactId: number;
  mayWrite: boolean;
}

function ConsentLine({ consent, contactId, mayWrite }: ConsentLineProps) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const withdraw = useWithdrawConsent(contactId);
  const { purpose, basis, givenOn, withdrawnOn, source } = consent;
  return (
    <li className={styles['consent']}>
      <span className={styles['who']}>
        <strong>{t(`contacts.purpose.${purpose}`)}</strong>
        {` · ${t(`contacts.basis.${basis}`)}`}
        <span className={styles['faint']}>
          {' '}
          {t('contacts.person.since', { day: f.date(givenOn) })}
          {source === null ? '' : ` · ${source}`}
        </span>
      </span>
      {withdrawnOn !== null ? (
        <Tag tone="warn">{t('contacts.person.withdrawnOn', { day: f.date(withdrawnOn) })}</Tag>
      ) : mayWrite ? (
        <Button
          size="small"
          loading={withdraw.isPending}
          onClick={() =>
            withdraw.mutate(consent.consentId, {
              onSuccess: () => toast.done(t('contacts.person.withdrawn')),
              onError: (error) => toast.failed(error),
            })
          }
        >
          {t('contacts.person.withdraw')}
        </Button>
      ) : null}
    </li>
  );
}

function GiveConsent({ contactId }: { contactId: number }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const give = useGiveConsent(contactId);
  const [purpose, setPurpose] = useState<Consent['purpose']>('marketing');
  const [basis, setBasis] = useState<Consent['basis']>('consent');
  const [givenOn, setGivenOn] = useState<string | undefined>(() =>
    dayOf(new Date().toISOString(), f.timeZone),
  );
  const [source, setSource] = useState('');
  const add = () => {
    if (givenOn === undefined) return;
    const input = { purpose, basis, givenOn, source: source.trim() === '' ? null : source };
    give.mutate(input, {
      onSuccess: () => {
        toast.done(t('contacts.person.given'));
        setSource('');
      },
      onError: (error) => toast.failed(error),
    });
  };
  return (
    <div className={styles['fields']}>
      <Field label={t('contacts.person.purpose')}>
        <Select
          value={purpose}
          options={consentPurposes.map((value) => ({ value, label: t(`contacts.purpose.${value}`) }))}
          onChange={setPurpose}
        />
      </Field>
      <Field label={t('contacts.person.basis')}>
        <Select
          value={basis}
          options={consentBases.map((value) => ({ value, label: t(`contacts.basis.${value}`) }))}
          onChange={setBasis}
        />
      </Field>
      <Field label={t('contacts.person.givenOn')}>
        <DayControl label={t('contacts.person.givenOn')} value={givenOn} onChange={setGivenOn} />
      </Field>
      <Field label={t('contacts.person.source')} optional>
        <Input
          maxLength={500}
          placeholder={t('contacts.person.sourceHint')}
          value={source}
          onChange={(event) => setSource(event.target.value)}
        />
      </Field>
      <div className={styles['act']}>
        <Button disabled={givenOn === undefined} loading={give.isPending} onClick={add}>
          {t('contacts.person.give')}
        </Button>
      </div>
    </div>
  );
}
