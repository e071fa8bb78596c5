import { daysInList } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { FileButton } from '../../../../ui/file-button.js';
import { useToast } from '../../../../ui/toast.js';
import { holidaysQuery } from '../api/clocks.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

interface Days {
  closedDays: readonly string[];
  openDays: readonly string[];
}

/** Holidays that are not typed: of a year that was announced, or out of a file. They are saved with the form around. */
export function TakeDays({ onTake }: { onTake: (days: Days) => void }) {
  const t = useWords();
  const toast = useToast();
  const [wrong, setWrong] = useState<readonly number[]>([]);
  const years = useQuery(holidaysQuery).data?.items ?? [];
  const take = (days: Days) => {
    onTake(days);
    toast.done(t('tiers.daysTaken', { closed: days.closedDays.length, open: days.openDays.length }));
  };
  const read = async (file: File) => {
    const { wrongLines, ...days } = daysInList(await file.text());
    setWrong(wrongLines.slice(0, 20));
    if (wrongLines.length === 0) take(days);
  };
  return (
    <>
      <div className={styles['row']}>
        {years.map((each) => (
          <Button key={each.year} onClick={() => take(each)}>
            {t('tiers.takeYear', { year: each.year })}
          </Button>
        ))}
        <FileButton
          label={t('tiers.takeFile')}
          title={t('tiers.takeFileHint')}
          accept=".csv,.tsv,.txt"
          onFile={(file) => void read(file)}
        />
      </div>
      {wrong.length === 0 ? null : (
        <p className={styles['warn']} role="alert">
          {t('tiers.daysUnread', { lines: wrong.join(', ') })}
        </p>
      )}
      <p className={styles['note']}>
        {t('tiers.takeDaysHint')} {t('tiers.takeFileHint')}
      </p>
    </>
  );
}
