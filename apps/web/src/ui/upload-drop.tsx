import { Button } from 'antd';
import { useId, useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { useFormats } from '../lib/formats.js';
import { ErrorState } from './error-state.js';
import { Icon } from './icon.js';
import { ProgressBar } from './progress-bar.js';
import styles from './upload-drop.module.css';
import { useCommonWords } from './words.js';

interface UploadDropProps<Done> {
  /** Endings with their dot: `.csv`, `.csv.gz`. */
  accept: readonly string[];
  maxBytes?: number;
  upload: (
    file: File,
    options: { signal: AbortSignal; onProgress: (sent: number, total: number) => void },
  ) => Promise<Done>;
  onDone: (done: Done, file: File) => void;
  hint?: string;
}

type Refusal = { reason: 'upload.wrong_kind' | 'upload.too_large'; file: File };

/** Whether a file may be sent: its ending is known and it is not too large. */
export function refusalOf(file: File, accept: readonly string[], maxBytes: number): Refusal | null {
  const name = file.name.toLowerCase();
  if (!accept.some((ending) => name.endsWith(ending))) return { reason: 'upload.wrong_kind', file };
  return file.size > maxBytes ? { reason: 'upload.too_large', file } : null;
}

interface Sending {
  file: File;
  sent: number;
  /** Since the first byte. */
  seconds: number;
  abort: AbortController;
}

/** A place to drop a file. It is checked, sent with progress, and can be stopped. */
export function UploadDrop<Done>({
  accept,
  maxBytes = Infinity,
  upload,
  onDone,
  hint,
}: UploadDropProps<Done>) {
  const t = useCommonWords();
  const f = useFormats();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sending | null>(null);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [last, setLast] = useState<File | null>(null);
  const kinds = accept.join(' ');

  const send = async (file: File) => {
    const refusal = refusalOf(file, accept, maxBytes);
    setRefused(refusal);
    setError(null);
    setLast(file);
    if (refusal) return;
    const abort = new AbortController();
    const startedAt = performance.now();
    setSending({ file, sent: 0, seconds: 0, abort });
    try {
      const onProgress = (sent: number) =>
        setSending({ file, sent, seconds: (performance.now() - startedAt) / 1000, abort });
      onDone(await upload(file, { signal: abort.signal, onProgress }), file);
    } catch (failure) {
      if (!abort.signal.aborted) setError(failure);
    } finally {
      setSending(null);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) void send(file);
  };

  if (sending) return <SendingView sending={sending} />;
  return (
    <div className={styles['upload']}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the file input inside is the way for keys */}
      <label
        htmlFor={id}
        className={`${styles['drop']} ${over ? styles['over'] : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <span className={styles['picture']}>
          <Icon name="upload" size={28} />
        </span>
        <strong>{t('upload.drop')}</strong>
        <span className={styles['hint']}>
          {hint ?? t('upload.kinds', { kinds })}
          {maxBytes === Infinity ? null : t('upload.limit', { size: f.bytes(maxBytes) })}
        </span>
        <input
          ref={input}
          id={id}
          className="kz-unseen"
          type="file"
          accept={accept.join(',')}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) void send(file);
          }}
        />
      </label>
      {refused ? (
        <p className={styles['refused']} role="alert">
          {t(refused.reason, {
            name: refused.file.name,
            kinds,
            size: f.bytes(refused.file.size),
            limit: f.bytes(maxBytes),
          })}
        </p>
      ) : null}
      {error === null ? null : (
        <ErrorState error={error} size="band" {...(last ? { onRetry: () => void send(last) } : {})} />
      )}
    </div>
  );
}

function SendingView({ sending }: { sending: Sending }) {
  const t = useCommonWords();
  const f = useFormats();
  const { file, sent, seconds, abort } = sending;
  // The first two seconds tell little of the line's speed.
  const left = seconds > 2 && sent > 0 ? (seconds / sent) * (file.size - sent) : null;
  return (
    <div className={styles['sending']}>
      <ProgressBar
        label={t('upload.sending', { name: file.name })}
        done={sent}
        total={file.size}
        note={`${t('upload.progress', { sent: f.bytes(sent), total: f.bytes(file.size) })}${
          left === null ? '' : ` · ${t('upload.left', { time: f.duration(Math.max(left, 1)) })}`
        }`}
      />
      <Button onClick={() => abort.abort()}>{t('common.cancel')}</Button>
    </div>
  );
}
