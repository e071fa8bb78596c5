import { attachment, attachments, largestAttachment, type Attachment } from '@kezi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button } from 'antd';
import { api } from '../lib/api.js';
import { useFormats } from '../lib/formats.js';
import { Icon } from './icon.js';
import { IconButton } from './icon-button.js';
import { QueryView } from './query-view.js';
import styles from './record-files.module.css';
import { SkeletonLines } from './skeleton.js';
import { useToast } from './toast.js';
import { useCommonWords } from './words.js';

interface RecordFilesProps {
  /** Where the files of the record are: `/contracts/7/files`. */
  path: string;
  mayWrite: boolean;
}

/** The files of a record: to take, to add, to take away. */
export function RecordFiles({ path, mayWrite }: RecordFilesProps) {
  const t = useCommonWords();
  const toast = useToast();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [isSending, setSending] = useState(false);
  const query = useQuery({
    queryKey: ['files', path],
    queryFn: ({ signal }) => api.get(path, { schema: attachments, signal }),
  });
  const again = () => client.invalidateQueries({ queryKey: ['files', path] });
  const send = async (file: File) => {
    if (file.size > largestAttachment) {
      toast.failed(new Error(t('files.tooLarge', { megabytes: largestAttachment / 1e6 })));
      return;
    }
    const form = new FormData();
    form.append('file', file, file.name);
    setSending(true);
    try {
      await api.upload(path, form, { schema: attachment });
      await again();
    } catch (error) {
      toast.failed(error);
    } finally {
      setSending(false);
    }
  };
  const remove = (file: Attachment) =>
    api.delete(`/files/${file.attachmentId}`).then(again, (error: unknown) => toast.failed(error));
  return (
    <section className={styles['files']} aria-label={t('files.title')}>
      <QueryView query={query} skeleton={<SkeletonLines n={1} />}>
        {({ items }) => (
          <ul>
            {items.map((file) => (
              <FileLine key={file.attachmentId} file={file} onRemove={mayWrite ? remove : null} />
            ))}
          </ul>
        )}
      </QueryView>
      {mayWrite ? (
        <>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={t('files.add')}
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void send(file);
            }}
          />
          <Button size="small" loading={isSending} onClick={() => input.current?.click()}>
            {t('files.add')}
          </Button>
        </>
      ) : null}
    </section>
  );
}

function FileLine({
  file,
  onRemove,
}: {
  file: Attachment;
  onRemove: ((file: Attachment) => Promise<unknown>) | null;
}) {
  const t = useCommonWords();
  const f = useFormats();
  return (
    <li className={styles['file']}>
      <Icon name="file" />
      <a href={api.url(`/files/${file.attachmentId}`)} download={file.fileName} className={styles['name']}>
        {file.fileName}
      </a>
      <span className={styles['faint']}>
        {[f.bytes(file.sizeBytes), file.createdByName].filter(Boolean).join(' · ')}
      </span>
      {onRemove ? (
        <IconButton
          icon="trash"
          label={t('files.remove', { name: file.fileName })}
          onClick={() => void onRemove(file)}
        />
      ) : null}
    </li>
  );
}
