import { usePreferences } from './preferences.js';
import { useMaybeSession } from './session.js';

/** Whether a rise is red for this reader: their own choice, else the organisation's, else the habit of the language. */
export function useRiseIsRed(): boolean {
  const { rise, language } = usePreferences();
  const habit = useMaybeSession()?.settings.upColour ?? (language === 'zh-CN' ? 'red' : 'green');
  return (rise === 'auto' ? habit : rise) === 'red';
}
