import { Segmented } from 'antd';
import { can, useCan, type Session } from '../../../../lib/session.js';
import { useWords } from '../words.js';

type Whose = 'mine' | 'team';

/** One's own for those who have customers of their own; leaders begin with their team. */
export const usualWhose = (session: Session | null): Whose =>
  can(session, 'tasks:read-team') ? 'team' : 'mine';

/** Between one's own tasks and those of the team, for who may see both. */
export function WhoseSwitch({ whose, onChange }: { whose: Whose; onChange: (whose: Whose) => void }) {
  const t = useWords();
  if (!useCan('tasks:read-team')) return null;
  return (
    <Segmented<Whose>
      aria-label={t('worklist.whose')}
      value={whose}
      options={[
        { value: 'mine', label: t('worklist.mine') },
        { value: 'team', label: t('worklist.everybody') },
      ]}
      onChange={onChange}
    />
  );
}
