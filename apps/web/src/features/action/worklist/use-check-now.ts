import { useToast } from '../../../ui/toast.js';
import { useRunDetectors } from './api/warnings.js';
import { useWords } from './words.js';

/** Asks all detectors now; the list follows by itself. */
export function useCheckNow() {
  const t = useWords();
  const toast = useToast();
  const run = useRunDetectors();
  const check = () =>
    run.mutate(null, {
      onSuccess: () => toast.done(t('alerts.started')),
      onError: (error) => toast.failed(error),
    });
  return { check, isStarting: run.isPending };
}
