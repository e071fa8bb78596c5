import type { ReactNode } from 'react';
import { Page } from '../../../../ui/page.js';
import { Steps } from '../../../../ui/steps.js';
import { importSteps } from '../step-of-batch.js';
import type { ImportStep } from '../step-of-batch.js';
import { useWords } from '../words.js';
import styles from './import-frame.module.css';

interface ImportFrameProps {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  step: ImportStep;
  onGo?: (step: ImportStep) => void;
  children: ReactNode;
}

/** Page of the wizard: where one is, and the work of the step. */
export function ImportFrame({ title, subtitle, actions, step, onGo, children }: ImportFrameProps) {
  const t = useWords();
  return (
    <Page title={title} subtitle={subtitle} actions={actions} back="/imports">
      <div className={styles['steps']}>
        <Steps
          current={step}
          items={importSteps.map((id) => ({ id, title: t(`imports.step.${id}`) }))}
          {...(onGo ? { onGo: (id: string) => onGo(id as ImportStep) } : {})}
        />
      </div>
      {children}
    </Page>
  );
}

/** The buttons of a step, always in sight at the foot of the window. */
export function StepBar({ note, children }: { note?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles['bar']}>
      <div className={styles['note']} aria-live="polite">
        {note}
      </div>
      <div className={styles['buttons']}>{children}</div>
    </div>
  );
}
