import type { Permission } from '@kezi/contract';
import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useSession } from '../../../../lib/session.js';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useCreateKey } from '../api/keys.js';
import { useWords } from '../words.js';
import { permissionGroups, permissionWord } from './permission-words.js';
import styles from './settings.module.css';

const lives = ['30', '90', '365', 'never'] as const;
type Life = (typeof lives)[number];
const dayMs = 86_400_000;

const endOf = (life: Life): string | null =>
  life === 'never' ? null : new Date(Date.now() + Number(life) * dayMs).toISOString();

/** Makes a key, then shows it this once. */
export default function NewKeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords();
  const c = useCommonWords();
  const create = useCreateKey();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Permission[]>([]);
  const [life, setLife] = useState<Life>('365');
  const [tried, setTried] = useState(false);
  const made = create.data?.key;
  const submit = () => {
    setTried(true);
    if (name.trim() !== '' && scopes.length > 0) {
      create.mutate({ name: name.trim(), scopes, expiresAt: endOf(life) });
    }
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={made === undefined ? t('settings.keys.new') : t('settings.keys.made')}
      width={520}
      footer={
        made === undefined ? (
          <>
            <Button onClick={onClose}>{c('common.cancel')}</Button>
            <Button type="primary" loading={create.isPending} onClick={submit}>
              {c('common.create')}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{c('common.close')}</Button>
        )
      }
    >
      {made === undefined ? (
        <div className={styles['fields']} style={{ maxWidth: 'none' }}>
          <Field
            label={t('settings.keys.name')}
            error={tried && name.trim() === '' ? t('settings.keys.missing_name') : undefined}
          >
            <Input
              value={name}
              maxLength={100}
              placeholder={t('settings.keys.name_example')}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <ScopeChoice scopes={scopes} onChange={setScopes} fault={tried && scopes.length === 0} />
          <Field label={t('settings.keys.expires')}>
            <Segmented<Life>
              value={life}
              options={lives.map((value) => ({ value, label: t(`settings.keys.expires.${value}`) }))}
              onChange={setLife}
            />
          </Field>
          {create.isError ? <ErrorState error={create.error} size="band" /> : null}
        </div>
      ) : (
        <Secret text={made} />
      )}
    </Dialog>
  );
}

interface ScopeChoiceProps {
  scopes: readonly Permission[];
  onChange: (scopes: Permission[]) => void;
  fault: boolean;
}

function ScopeChoice({ scopes, onChange, fault }: ScopeChoiceProps) {
  const t = useWords();
  const { permissions } = useSession();
  const toggle = (permission: Permission) =>
    onChange(
      scopes.includes(permission) ? scopes.filter((one) => one !== permission) : [...scopes, permission],
    );
  return (
    <fieldset className={styles['fieldset']}>
      <legend>{t('settings.keys.scopes')}</legend>
      <div className={styles['scopes']}>
        {permissionGroups(permissions).map(({ subject, permissions: offered }) => (
          <div key={subject} className={styles['scope']}>
            <span>{permissionWord(subject, t)}</span>
            {offered.map(({ permission, verb }) => (
              <label key={permission}>
                <input
                  type="checkbox"
                  checked={scopes.includes(permission)}
                  onChange={() => toggle(permission)}
                />
                {permissionWord(verb, t)}
              </label>
            ))}
          </div>
        ))}
      </div>
      {fault ? (
        <p className={styles['fault']} role="alert">
          {t('settings.keys.missing_scope')}
        </p>
      ) : null}
    </fieldset>
  );
}

function Secret({ text }: { text: string }) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const copy = () => navigator.clipboard.writeText(text).then(() => toast.done(c('common.copied')));
  return (
    <>
      <p className={styles['warning']}>{t('settings.keys.made_text')}</p>
      <div className={styles['secret']}>
        <code>{text}</code>
        {/* The clipboard is there on https and on this machine only. */}
        {window.isSecureContext ? (
          <Button type="primary" onClick={() => void copy()}>
            {c('common.copy')}
          </Button>
        ) : null}
      </div>
    </>
  );
}
