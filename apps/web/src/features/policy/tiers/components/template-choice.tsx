import { tierTemplates, type TierTemplate } from '@kezi/contract';
import { useGo } from '../../../../lib/navigate.js';
import { useToast } from '../../../../ui/toast.js';
import { useStartPolicy } from '../api/tiers.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

/** Ready-made tier sets to begin with; a click makes a draft that can be changed. */
export function TemplateChoice() {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const start = useStartPolicy();
  const begin = (template: TierTemplate) =>
    start.mutate(template, {
      onSuccess: (policy) => go(`/grading/policies/${policy.tierPolicyId}`),
      onError: (error) => toast.failed(error),
    });
  return (
    <div className={styles['choices']}>
      {tierTemplates.map((template) => (
        <button
          key={template}
          type="button"
          className={styles['choice']}
          disabled={start.isPending}
          onClick={() => begin(template)}
        >
          <strong>{t(`tiers.template.${template}`)}</strong>
          <span className={styles['note']}>{t(`tiers.template.${template}.tiers`)}</span>
        </button>
      ))}
    </div>
  );
}
