import { Button, Input } from 'antd';
import { useState } from 'react';
import { saveFile } from '../../../../ui/chart/chart-table.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useErasePerson, useExportPerson, type PersonSubject } from '../api/person.js';
import { useWords } from '../words.js';
import styles from './contacts.module.css';

/** A copy of everything for the person. */
export function ExportPart({ person }: { person: PersonSubject }) {
  const t = useWords();
  const toast = useToast();
  const exporting = useExportPerson(person);
  const save = () =>
    exporting.mutate(undefined, {
      onSuccess: (data) => {
        const text = `${JSON.stringify(data, null, 2)}\n`;
        saveFile(`${person.name}.json`, new Blob([text], { type: 'application/json' }));
        toast.done(t('contacts.person.exported'));
      },
      onError: (error) => toast.failed(error),
    });
  return (
    <section aria-label={t('contacts.person.copy')}>
      <h3>{t('contacts.person.copy')}</h3>
      <p className={styles['faint']}>{t('contacts.person.copyHint')}</p>
      <Button loading={exporting.isPending} onClick={save}>
        {t('contacts.person.export')}
      </Button>
    </section>
  );
}

/** The end of what is kept of them. */
export function ErasePart({ person, onErased }: { person: PersonSubject; onErased: () => void }) {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const erase = useErasePerson(person, ({ files }) => {
    toast.done(t('contacts.person.erased'));
    const names = files.map(({ fileName }) => fileName).join(t('contacts.person.comma'));
    if (files.length > 0) {
      void confirm({
        title: t('contacts.person.filesLeft', { count: files.length }),
        text: t('contacts.person.filesLeftText', { names }),
        action: t('contacts.person.understood'),
      });
    }
    onErased();
  });
  const [reason, setReason] = useState('');
  const ask = async () => {
    const { name, kind } = person;
    const question = {
      title: t('contacts.person.eraseAsk', { name }),
      text: t(kind === 'customers' ? 'contacts.owner.eraseText' : 'contacts.person.eraseText'),
      action: t('contacts.person.erase'),
      danger: true,
      typeName: name,
    };
    if (!(await confirm(question))) return;
    erase.mutate(reason.trim(), { onError: (error) => toast.failed(error) });
  };
  return (
    <section aria-label={t('contacts.person.end')}>
      <h3>{t('contacts.person.end')}</h3>
      <p className={styles['faint']}>
        {t(person.kind === 'customers' ? 'contacts.owner.endHint' : 'contacts.person.endHint')}
      </p>
      <FieldStack>
        <Field label={t('contacts.person.reason')} hint={t('contacts.person.reasonHint')}>
          <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </FieldStack>
      <Button danger disabled={reason.trim().length < 2} loading={erase.isPending} onClick={() => void ask()}>
        {t('contacts.person.erase')}
      </Button>
    </section>
  );
}
