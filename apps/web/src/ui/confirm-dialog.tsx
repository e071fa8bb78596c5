import { Button, Input } from 'antd';
import { useState } from 'react';
import { Dialog } from './dialog.js';
import styles from './dialog.module.css';
import type { Question } from './question.js';
import { useCommonWords } from './words.js';

interface ConfirmDialogProps {
  question: Question;
  onAnswer: (yes: boolean) => void;
}

/** The question itself; loaded when the first one is asked. */
export default function ConfirmDialog({ question, onAnswer }: ConfirmDialogProps) {
  const t = useCommonWords();
  const [typed, setTyped] = useState('');
  const mayGo = question.typeName === undefined || typed.trim() === question.typeName;
  return (
    <Dialog
      open
      onClose={() => onAnswer(false)}
      title={question.title}
      footer={
        <>
          <Button onClick={() => onAnswer(false)}>{t('common.cancel')}</Button>
          <Button
            type="primary"
            danger={question.danger ?? false}
            disabled={!mayGo}
            onClick={() => onAnswer(true)}
          >
            {question.action}
          </Button>
        </>
      }
    >
      {question.text === undefined ? null : <div className={styles['text']}>{question.text}</div>}
      {question.typeName === undefined ? null : (
        <label className={styles['field']}>
          {t('confirm.type', { name: question.typeName })}
          <Input value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
      )}
    </Dialog>
  );
}
