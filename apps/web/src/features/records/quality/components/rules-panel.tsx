import type { ValidationRule } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useCan } from '../../../../lib/session.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { rulesQuery, useDeleteRule } from '../api/quality.js';
import { useWords } from '../words.js';
import styles from './quality.module.css';
import { RuleForm } from './rule-form.js';
import { useFieldName } from './rule-names.js';

const anew = 0;

/** What customers must fulfil; administrators write it, each rule where it stands. */
export function RulesPanel() {
  const t = useWords();
  const query = useQuery(rulesQuery);
  const canWrite = useCan('quality:write');
  const [open, setOpen] = useState<number | null>(null);
  const close = () => setOpen(null);
  return (
    <Panel
      title={t('quality.rules')}
      extra={
        canWrite ? (
          <Button size="small" disabled={open === anew} onClick={() => setOpen(anew)}>
            {t('quality.rule.add')}
          </Button>
        ) : undefined
      }
    >
      <div className={styles['sections']}>
        <p className={styles['faint']}>{t('quality.rulesText')}</p>
        {open === anew ? <RuleForm rule={null} onClose={close} /> : null}
        <QueryView
          query={query}
          empty={({ items }) => items.length === 0}
          emptyView={open === anew ? null : <p className={styles['faint']}>{t('quality.noRules')}</p>}
        >
          {({ items }) => (
            <ul className={styles['rules']}>
              {items.map((rule) => (
                <li key={rule.validationRuleId}>
                  {open === rule.validationRuleId ? (
                    <RuleForm rule={rule} onClose={close} />
                  ) : (
                    <RuleLine rule={rule} canWrite={canWrite} onEdit={() => setOpen(rule.validationRuleId)} />
                  )}
                </li>
              ))}
            </ul>
          )}
        </QueryView>
      </div>
    </Panel>
  );
}

/** The rule in a sentence. */
function useDemand({ field, kind, pattern, whenField, whenValues }: ValidationRule): string {
  const t = useWords();
  const nameOf = useFieldName();
  const demand =
    kind === 'required'
      ? t('quality.rule.required', { field: nameOf(field) })
      : t('quality.rule.pattern', { field: nameOf(field), pattern: pattern ?? '' });
  if (whenField === null) return demand;
  const values = whenValues.join(t('quality.rule.or'));
  return `${demand}${t('quality.rule.when', { field: nameOf(whenField), values })}`;
}

interface RuleLineProps {
  rule: ValidationRule;
  canWrite: boolean;
  onEdit: () => void;
}

function RuleLine({ rule, canWrite, onEdit }: RuleLineProps) {
  const t = useWords();
  const common = useCommonWords();
  const toast = useToast();
  const confirm = useConfirm();
  const remove = useDeleteRule();
  const demand = useDemand(rule);
  const askToRemove = async () => {
    const isSure = await confirm({
      title: t('quality.rule.deleteAsk', { rule: demand }),
      text: t('quality.rule.deleteText'),
      action: t('quality.rule.deleteDo'),
      danger: true,
    });
    if (!isSure) return;
    remove.mutate(rule.validationRuleId, {
      onSuccess: () => toast.done(t('quality.rule.deleted')),
      onError: (error) => toast.failed(error),
    });
  };
  return (
    <div className={styles['rule']}>
      <span className={styles['demand']}>
        {demand} {rule.isActive ? null : <Tag>{t('quality.rule.off')}</Tag>}
        {rule.message === null ? null : <span className={styles['said']}>{rule.message}</span>}
      </span>
      {canWrite ? (
        <span className={styles['buttons']}>
          <Button size="small" aria-label={t('quality.rule.editOne', { rule: demand })} onClick={onEdit}>
            {common('common.edit')}
          </Button>
          <Button
            size="small"
            aria-label={t('quality.rule.deleteOne', { rule: demand })}
            loading={remove.isPending}
            onClick={() => void askToRemove()}
          >
            {t('quality.rule.delete')}
          </Button>
        </span>
      ) : null}
    </div>
  );
}
