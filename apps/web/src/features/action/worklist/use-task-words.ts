import { taskTitle, type TaskRow } from '@kezi/contract';
import { useFormats } from '../../../lib/formats.js';
import { useAnyWord } from '../../../lib/words.js';

/** What a task asks for: in its writer's words, or in ours where a rule made it. */
export function useTaskWords() {
  const say = useAnyWord();
  const f = useFormats();
  const title = (task: TaskRow): string => taskTitle(task, { language: f.language, day: f.date });
  /** Why it was taken off the list, and by whom. */
  const reason = ({ because, note, byName, at }: NonNullable<TaskRow['cancelled']>): string =>
    say(`worklist.because.${note === null ? because : 'note'}`, {
      note: note ?? '',
      name: byName ?? say('worklist.somebody'),
      day: f.date(at),
    });
  return Object.assign(title, { kind: (kind: TaskRow['kind']) => say(`worklist.taskKind.${kind}`), reason });
}
