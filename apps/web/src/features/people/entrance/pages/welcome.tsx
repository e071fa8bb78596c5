import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { z } from 'zod';
import { useGo, useSearch } from '../../../../lib/navigate.js';
import { sessionQuery } from '../../../../lib/session.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { Steps } from '../../../../ui/steps.js';
import { setupQuery } from '../api/enter.js';
import { AdministratorForm } from '../components/administrator-form.js';
import { DataChoice } from '../components/data-choice.js';
import { EntranceFrame } from '../components/entrance-frame.js';
import styles from '../components/welcome.module.css';
import { useWords } from '../words.js';

const welcomeSearch = z.object({ step: z.enum(['administrator', 'data']).catch('administrator') });

/** First run: the administrator, then the first data. */
export default function Welcome() {
  const t = useWords();
  const go = useGo();
  const [{ step }, setSearch] = useSearch(welcomeSearch);
  const setup = useQuery(setupQuery);
  const session = useQuery(sessionQuery);
  const isOver = step === 'administrator' && setup.data?.needed === false;
  const isStranger = step === 'data' && session.data === null;
  useEffect(() => {
    if (isOver || isStranger) go('/', { replace: true });
  }, [isOver, isStranger, go]);
  return (
    <EntranceFrame title={t('entrance.welcome')}>
      <div className={styles['steps']}>
        <Steps
          current={step}
          items={[
            { id: 'administrator', title: t('entrance.step.administrator') },
            { id: 'data', title: t('entrance.step.data') },
          ]}
        />
      </div>
      {step === 'data' ? (
        <DataChoice />
      ) : (
        <QueryView query={setup} skeleton={<SkeletonLines n={6} />}>
          {({ codeNeeded }) => (
            <AdministratorForm
              codeNeeded={codeNeeded}
              onDone={() => setSearch({ step: 'data' }, { replace: true })}
            />
          )}
        </QueryView>
      )}
    </EntranceFrame>
  );
}
