import type { ImportMapping, ImportQuestion } from '@kezi/contract';
import { Icon } from '../../../../ui/icon.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './map-step.module.css';

interface QuestionsPanelProps {
  questions: readonly ImportQuestion[];
  onAnswer: (change: Partial<ImportMapping>) => void;
}

/** What only the reader can know, each reading with what it makes of a value of the file. */
export function QuestionsPanel({ questions, onAnswer }: QuestionsPanelProps) {
  const t = useWords();
  return (
    <Panel
      className={styles['asking'] ?? ''}
      title={t('imports.questions')}
      hint={t('imports.questions.hint')}
    >
      {questions.map((question) => (
        <fieldset key={question.code} className={styles['question']}>
          <legend>{question.detail ?? question.code}</legend>
          <div className={styles['answers']}>
            {question.choices.map((choice) => (
              <button
                key={choice.value}
                type="button"
                className={styles['answer']}
                onClick={() => onAnswer(answerOf(question, choice.value))}
              >
                <Example text={choice.example} />
                <span>{t(wordOf(question, choice.value))}</span>
              </button>
            ))}
          </div>
        </fieldset>
      ))}
    </Panel>
  );
}

const isDate = (question: ImportQuestion) => question.code === 'imports.question_date';

function answerOf(question: ImportQuestion, value: string): Partial<ImportMapping> {
  return isDate(question) ? { dateFormat: value } : { numberStyle: value };
}

function wordOf(question: ImportQuestion, value: string) {
  if (!isDate(question)) return value.endsWith(',56') ? 'imports.answer.comma' : 'imports.answer.point';
  // The answer comes first, before the formats of the column that nobody doubts.
  const [asked] = value.split('+');
  if (asked === 'dmy') return 'imports.answer.dmy';
  return asked === 'mdy' ? 'imports.answer.mdy' : 'imports.answer.this';
}

/** 'as written → as understood', the second part in bold. */
function Example({ text }: { text: string }) {
  const [written = '', understood = ''] = text.split(' → ');
  return (
    <span className={styles['example']}>
      <code>{written}</code>
      <Icon name="right" size={14} />
      <strong>{understood}</strong>
    </span>
  );
}
