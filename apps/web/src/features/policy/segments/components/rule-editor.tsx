import type { SegmentFieldList, SegmentGroup } from '@kezi/contract';
import { Button, Select } from 'antd';
import { Icon } from '../../../../ui/icon.js';
import { IconButton } from '../../../../ui/icon-button.js';
import {
  changeAt,
  changeGroup,
  deepestGroup,
  isGroup,
  mostItems,
  newCondition,
  newGroup,
  type RulePath,
} from '../rule-draft.js';
import { useWords } from '../words.js';
import { ConditionEditor } from './condition-editor.js';
import styles from './segments.module.css';

interface RuleEditorProps {
  rule: SegmentGroup;
  fields: SegmentFieldList;
  disabled: boolean;
  /** Somebody wanted to keep the rule: conditions that are not filled in say so. */
  isAsked: boolean;
  onChange: (rule: SegmentGroup) => void;
}

/** Conditions in groups: all of them, any of them, or none. */
export default function RuleEditor(props: RuleEditorProps) {
  return <GroupEditor {...props} group={props.rule} path={[]} />;
}

interface GroupProps extends RuleEditorProps {
  group: SegmentGroup;
  path: RulePath;
}

const joins = ['all', 'any', 'not-all', 'not-any'] as const;
type Join = (typeof joins)[number];

const joinOf = ({ match, not }: SegmentGroup): Join => (not ? `not-${match}` : match);

function GroupEditor({ rule, fields, disabled, isAsked, onChange, group, path }: GroupProps) {
  const t = useWords();
  const change = (part: Partial<SegmentGroup>) =>
    onChange(changeGroup(rule, path, (own) => ({ ...own, ...part })));
  const add = (item: SegmentGroup['items'][number]) => change({ items: [...group.items, item] });
  const first = fields.items[0]?.field ?? 'region';
  return (
    <fieldset className={styles['group']}>
      <div className={styles['row']}>
        <Select
          aria-label={t('segments.join')}
          disabled={disabled}
          value={joinOf(group)}
          options={joins.map((value) => ({ value, label: t(`segments.join.${value}`) }))}
          onChange={(join) =>
            change({ match: join.endsWith('all') ? 'all' : 'any', not: join.startsWith('not') })
          }
        />
        {path.length === 0 || disabled ? null : (
          <span className={styles['end']}>
            <IconButton
              icon="close"
              label={t('segments.removeGroup')}
              onClick={() => onChange(changeAt(rule, path, () => null))}
            />
          </span>
        )}
      </div>
      {group.items.length === 0 ? <p className={styles['note']}>{t('segments.noConditions')}</p> : null}
      <ul className={styles['items']}>
        {group.items.map((item, at) => {
          const place = [...path, at];
          // An item has no name of its own; it is what stands at its place.
          const key = place.join('-');
          if (isGroup(item)) {
            return (
              <li key={key}>
                <GroupEditor {...{ rule, fields, disabled, isAsked, onChange }} group={item} path={place} />
              </li>
            );
          }
          return (
            <ConditionEditor
              key={key}
              condition={item}
              fields={fields}
              disabled={disabled}
              isAsked={isAsked}
              onChange={(condition) => onChange(changeAt(rule, place, () => condition))}
              onRemove={() => onChange(changeAt(rule, place, () => null))}
            />
          );
        })}
      </ul>
      {disabled || group.items.length >= mostItems ? null : (
        <div className={styles['row']}>
          <Button size="small" icon={<Icon name="plus" size={16} />} onClick={() => add(newCondition(first))}>
            {t('segments.addCondition')}
          </Button>
          {path.length < deepestGroup ? (
            <Button
              size="small"
              type="text"
              onClick={() => add({ ...newGroup(), items: [newCondition(first)] })}
            >
              {t('segments.addGroup')}
            </Button>
          ) : null}
        </div>
      )}
    </fieldset>
  );
}
