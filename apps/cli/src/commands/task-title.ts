import type { Festival, TaskRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { say } from '../output.js';

/** What a task asks for: as somebody wrote it, or in our words where a rule made it. */
export function taskTitle(
  { kind, title, made }: Pick<TaskRow, 'kind' | 'title' | 'made'>,
  language: Language,
): string {
  // A stage's task is in the words of whoever set the stage up.
  if (made === null || kind === 'warning' || kind === 'next-step' || kind === 'manual' || kind === 'stage') {
    return title;
  }
  if (kind === 'festival') {
    return say(language, 'worklist.made.festival', {
      festival: say(language, `task.festival.${made['festival'] as Festival}`),
      day: String(made['festivalOn']),
      what: made['what'] ?? say(language, 'task.greeting'),
    });
  }
  const params = Object.entries(made).map(([word, value]) => {
    const none = word === 'lastOn' ? say(language, 'worklist.never') : '–';
    return [word, value ?? none] as const;
  });
  return say(language, `worklist.made.${kind}`, Object.fromEntries(params));
}
