import { Button, Input, QRCode } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useSession } from '../../../../lib/session.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import {
  factorQuery,
  useBeginFactor,
  useConfirmFactor,
  useEndFactor,
  useRenewCodes,
} from '../api/security.js';
import { useWords } from '../words.js';
import styles from './security.module.css';

/** A code of an authenticator besides the password: switched on here, with codes for the day the telephone is lost. */
export function SecondFactor() {
  const t = useWords();
  const query = useQuery(factorQuery);
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <Panel title={t('security.factor')} hint={t('security.factor_hint')}>
      <QueryView query={query} skeleton={<SkeletonLines n={3} />}>
        {(state) =>
          codes !== null ? (
            <Codes codes={codes} onDone={() => setCodes(null)} />
          ) : state.isOn ? (
            <FactorOn codesLeft={state.recoveryCodesLeft} isRequired={state.isRequired} onCodes={setCodes} />
          ) : (
            <FactorOff isRequired={state.isRequired} onCodes={setCodes} />
          )
        }
      </QueryView>
    </Panel>
  );
}

function Codes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useWords();
  return (
    <div className={styles['form']} style={{ maxWidth: 'none' }}>
      <p className={styles['warn']}>{t('security.codes_text')}</p>
      <ul className={styles['codes']}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div>
        <Button type="primary" onClick={onDone}>
          {t('security.codes_kept')}
        </Button>
      </div>
    </div>
  );
}

interface ProofFormProps {
  action: string;
  pending: boolean;
  error: unknown;
  onSubmit: (password: string, code: string) => void;
  withCode?: boolean;
  danger?: boolean;
  children?: ReactNode;
}

function ProofForm({ action, pending, error, onSubmit, withCode = false, danger = false }: ProofFormProps) {
  const t = useWords();
  const { email } = useSession();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const isReady = password !== '' && (!withCode || code.trim() !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onSubmit(password, code.trim());
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label={t('security.password')}>
        <Input.Password
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      {withCode ? (
        <Field label={t('security.code')}>
          <Input
            autoComplete="one-time-code"
            inputMode="numeric"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
      ) : null}
      {error ? <ErrorState error={error} size="band" /> : null}
      <div>
        <Button htmlType="submit" danger={danger} type="primary" disabled={!isReady} loading={pending}>
          {action}
        </Button>
      </div>
    </form>
  );
}

function FactorOff({ isRequired, onCodes }: { isRequired: boolean; onCodes: (codes: string[]) => void }) {
  const t = useWords();
  const begin = useBeginFactor();
  const confirm = useConfirmFactor();
  const [code, setCode] = useState('');
  const secret = begin.data;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate(code.trim(), { onSuccess: ({ codes }) => onCodes(codes) });
  };
  if (secret === undefined) {
    return (
      <div className={styles['stack']}>
        {isRequired ? <p className={styles['warn']}>{t('security.factor_required')}</p> : null}
        <p className={styles['soft']}>{t('security.factor_off')}</p>
        <ProofForm
          action={t('security.factor_begin')}
          pending={begin.isPending}
          error={begin.error}
          onSubmit={(password) => begin.mutate(password)}
        />
      </div>
    );
  }
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <p>{t('security.scan')}</p>
      <div className={styles['scan']}>
        <div className={styles['picture']}>
          <QRCode value={secret.uri} size={176} bordered={false} color="#000" bgColor="#fff" type="svg" />
        </div>
        <p className={styles['secret']}>
          {t('security.scan_by_hand')} <code>{secret.secret}</code>
        </p>
      </div>
      <Field label={t('security.code')} hint={t('security.code_hint')}>
        <Input
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={6}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      {confirm.isError ? <ErrorState error={confirm.error} size="band" /> : null}
      <div>
        <Button
          type="primary"
          htmlType="submit"
          disabled={code.trim().length < 6}
          loading={confirm.isPending}
        >
          {t('security.factor_on_action')}
        </Button>
      </div>
    </form>
  );
}

interface FactorOnProps {
  codesLeft: number;
  isRequired: boolean;
  onCodes: (codes: string[]) => void;
}

function FactorOn({ codesLeft, isRequired, onCodes }: FactorOnProps) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const end = useEndFactor();
  const renew = useRenewCodes();
  const [open, setOpen] = useState<'end' | 'renew' | null>(null);
  return (
    <div className={styles['stack']}>
      <div className={styles['row']}>
        <Tag tone="good">{t('security.factor_is_on')}</Tag>
        <span className={styles['soft']}>{t('security.codes_left', { count: codesLeft })}</span>
      </div>
      {open === 'renew' ? (
        <ProofForm
          action={t('security.codes_renew')}
          pending={renew.isPending}
          error={renew.error}
          onSubmit={(password) => renew.mutate(password, { onSuccess: ({ codes }) => onCodes(codes) })}
        />
      ) : null}
      {open === 'end' ? (
        <ProofForm
          withCode
          danger
          action={t('security.factor_end')}
          pending={end.isPending}
          error={end.error}
          onSubmit={(password, code) =>
            end.mutate({ password, code }, { onSuccess: () => toast.done(t('security.factor_ended')) })
          }
        />
      ) : null}
      <div className={styles['row']}>
        {open === null ? (
          <>
            <Button onClick={() => setOpen('renew')}>{t('security.codes_renew')}</Button>
            {isRequired ? (
              <span className={styles['faint']}>{t('security.factor_stays')}</span>
            ) : (
              <Button danger onClick={() => setOpen('end')}>
                {t('security.factor_end')}
              </Button>
            )}
          </>
        ) : (
          <Button onClick={() => setOpen(null)}>{c('common.cancel')}</Button>
        )}
      </div>
    </div>
  );
}
