import type { Language } from '@kezi/contract/errors';
import type { ValuationStage } from '@kezi/valuation';
import { say } from '../output.js';

interface Progress {
  update: (stage: ValuationStage, share: number) => void;
  stop: () => void;
}

/** A bar on a terminal; nothing on a pipe. */
export async function watchProgress(onTerminal: boolean, language: Language): Promise<Progress> {
  if (!onTerminal) return { update: () => undefined, stop: () => undefined };
  const { default: progress } = await import('cli-progress');
  const bar = new progress.SingleBar({
    format: '{stage} {bar} {percentage}% {duration_formatted}',
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(1, 0, { stage: say(language, 'value.stage.read') });
  return {
    update: (stage, share) => bar.update(share, { stage: say(language, `value.stage.${stage}`) }),
    stop: () => bar.stop(),
  };
}
