import type { BenchModel } from '@kezi/contract';
import { Select } from 'antd';
import { useAnyWord } from '../../../../lib/words.js';
import { Panel } from '../../../../ui/panel.js';
import { useNarrow } from '../../../../ui/use-narrow.js';
import { families } from '../fit-choices.js';
import { useWords } from '../words.js';
import styles from './models.module.css';

interface ModelListProps {
  chosen: BenchModel;
  onChoose: (name: BenchModel) => void;
}

/** What there is, by the question it answers. On a phone a list to choose from, with the answer below. */
export function ModelList({ chosen, onChoose }: ModelListProps) {
  const t = useWords();
  const word = useAnyWord();
  const isNarrow = useNarrow();
  if (isNarrow) {
    return (
      <Panel title={t('models.choose')}>
        <Select
          aria-label={t('models.choose')}
          style={{ width: '100%' }}
          value={chosen}
          onChange={onChoose}
          options={families.map(({ family, models }) => ({
            label: t(`models.family.${family}`),
            options: models.map((name) => ({
              value: name,
              label: word(`models.name.${name}`),
            })),
          }))}
        />
        <p className={styles['note']}>{word(`models.answers.${chosen}`)}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t('models.choose')} hint={t('models.chooseHint')}>
      {families.map(({ family, models }) => (
        <fieldset key={family} className={styles['family']}>
          <legend>{t(`models.family.${family}`)}</legend>
          {models.map((name) => (
            <label key={name} className={styles['model']}>
              <input type="radio" name="model" checked={name === chosen} onChange={() => onChoose(name)} />
              {word(`models.name.${name}`)}
              <span className={styles['answer']}>{word(`models.answers.${name}`)}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </Panel>
  );
}
