import type { TaskRow } from '@kezi/contract';
import { useFormats } from '../../../lib/formats.js';
import { useAnyWord } from '../../../lib/words.js';

/** What a task asks for: in its writer's words, or in ours where a rule made it. */
export function useTaskWords() {
  const say = useAnyWord();
  const f = useFormats();
  const title = ({ kind, title: written, made }: Pick<TaskRow, 'kind' | 'title' | 'made'>): string => {
    if (made === null || kind === 'stage') return written;
    if (kind === 'festival') {
      return say('worklist.made.festival', {
        festival: say(`worklist.festival.${made['festival']}`),
        day: f.date(String(made['festivalOn'])),
        what: made['what'] ?? say('worklist.festivalGreeting'),
      });
    }
    const params = Object.entries(made).map(([name, value]) => {
      if (value === null) return [name, name === 'lastOn' ? say('worklist.never') : '–'];
      return [name, name.endsWith('On') ? f.date(String(value)) : value];
    });
    return say(`worklist.made.${kind}`, Object.fromEntries(params) as Record<string, string | number>);
  };
  /** Why it was taken off the list, and by whom. */
  const reason = ({ because, note, byName, at }: NonNullable<TaskRow['cancelled']>): string =>
    say(`worklist.because.${note === null ? because : 'note'}`, {
      note: note ?? '',
      name: byName ?? say('worklist.somebody'),
      day: f.date(at),
    });
  return Object.assign(title, { kind: (kind: TaskRow['kind']) => say(`worklist.taskKind.${kind}`), reason });
}
