import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { ProgressBar } from '../../../../ui/progress-bar.js';
import { previewProgressQuery } from '../api/tiers.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

/** Milliseconds that nobody wants an account of. */
const soonMs = 1000;

/** What goes on while a policy is tried, once that takes longer than one notices. */
export function Trying() {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), soonMs);
    return () => clearTimeout(timer);
  }, []);
  return isLate ? <Stages /> : null;
}

/** The first trial reads all customers, which takes as long as there are many; grading them is the smaller part. */
function Stages() {
  const t = useWords();
  const f = useFormats();
  const { data } = useQuery(previewProgressQuery);
  const measuring = data?.measuring ?? null;
  const isGrading = data !== undefined && measuring === null;
  return (
    <div className={styles['trying']} role="status">
      <ProgressBar
        label={t(isGrading ? 'tiers.trying.grade' : 'tiers.trying.measure')}
        done={measuring?.done ?? 0}
        total={isGrading ? null : (measuring?.parts ?? null)}
        note={t('tiers.trying.step', { step: f.count(isGrading ? 2 : 1), steps: f.count(2) })}
      />
      <p className={styles['note']}>{t('tiers.trying.hint')}</p>
    </div>
  );
}
