import type { SavedView } from '@kezi/contract';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { Tag } from '../../../../ui/tag.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useWords } from '../words.js';
import { SharedWith, type Sharing } from './shared-with.js';
import { useFocus } from './use-focus.js';
import type { Views } from './use-views.js';
import styles from './views.module.css';

interface DialogInput {
  views: Views;
  onClose: () => void;
}

/** What the menu of saved views opens. */
export default function ViewsDialogs({ which, ...rest }: DialogInput & { which: 'new' | 'manage' }) {
  return which === 'new' ? <NewView {...rest} /> : <ManageViews {...rest} />;
}

/** Keeps what is shown now under a name. */
function NewView({ views, onClose }: DialogInput) {
  const t = useWords();
  const common = useCommonWords();
  const focus = useFocus();
  const [name, setName] = useState('');
  const [sharing, setSharing] = useState<Sharing>({ isShared: false, teamId: null });
  const wanted = name.trim();
  const taken = views.views.some((view) => view.isMine && view.name === wanted);
  const save = () => {
    if (wanted !== '' && !taken) views.save({ name: wanted, ...sharing }, onClose);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('customers.view.newTitle')}
      footer={
        <>
          <Button onClick={onClose}>{common('common.cancel')}</Button>
          <Button type="primary" loading={views.isSaving} disabled={wanted === '' || taken} onClick={save}>
            {common('common.save')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field
          label={t('customers.view.name')}
          hint={t('customers.view.newHint')}
          error={taken ? t('customers.view.taken') : undefined}
        >
          <Input
            ref={focus}
            maxLength={100}
            value={name}
            placeholder={t('customers.view.example')}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={save}
          />
        </Field>
        <Field label={t('customers.view.sharedWith')} hint={t('customers.view.sharedHint')}>
          <SharedWith sharing={sharing} onChange={setSharing} />
        </Field>
      </FieldStack>
    </Dialog>
  );
}

/** Names, sharing, the view to begin with, and an end. */
function ManageViews({ views, onClose }: DialogInput) {
  const t = useWords();
  return (
    <Dialog open onClose={onClose} title={t('customers.view.manageTitle')} width={680}>
      <ul className={styles['list']}>
        {views.views.map((view) => (
          <ViewLine key={view.savedViewId} view={view} views={views} />
        ))}
      </ul>
      {views.views.length === 0 ? <p>{t('customers.view.none')}</p> : null}
    </Dialog>
  );
}

function ViewLine({ view, views }: { view: SavedView; views: Views }) {
  const t = useWords();
  const common = useCommonWords();
  const [name, setName] = useState(view.name);
  const isDefault = views.defaultId === view.savedViewId;
  const rename = () => {
    const wanted = name.trim();
    if (wanted === '') setName(view.name);
    else if (wanted !== view.name) views.edit(view, { name: wanted });
  };
  return (
    <li className={styles['line']}>
      {view.isMine ? (
        <Input
          value={name}
          maxLength={100}
          aria-label={t('customers.view.name')}
          onChange={(event) => setName(event.target.value)}
          onBlur={rename}
          onPressEnter={rename}
        />
      ) : (
        <span className={styles['name']}>
          {view.name} <Tag>{t('customers.view.fromOther')}</Tag>
        </span>
      )}
      <Checkbox checked={isDefault} onChange={() => views.setDefault(isDefault ? null : view.savedViewId)}>
        {t('customers.view.default')}
      </Checkbox>
      {view.isMine ? (
        <>
          <SharedWith
            sharing={view}
            label={t('customers.view.sharedWithOf', { name: view.name })}
            onChange={(sharing) => views.edit(view, sharing)}
          />
          <IconButton
            icon="trash"
            label={`${common('common.delete')} ${view.name}`}
            onClick={() => views.remove(view)}
          />
        </>
      ) : null}
    </li>
  );
}
