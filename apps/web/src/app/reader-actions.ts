import { api } from '../lib/api.js';
import { setPreferences } from '../lib/preferences.js';
import type { Language, ThemeChoice } from '../lib/preferences.js';
import { sessionQuery } from '../lib/session.js';
import { changeLanguage } from '../lib/words.js';
import { queryClient } from './query-client.js';

/** Keeps a choice with the user as well, so that it is there on the next machine. This page has it already: a failure changes nothing. */
async function keepWithUser(change: { language?: Language; theme?: ThemeChoice }) {
  if (!queryClient.getQueryData(sessionQuery.queryKey)) return;
  try {
    await api.patch('/me/preferences', change);
  } catch {
    return; // it stays in this browser
  }
}

export async function switchLanguage(language: Language): Promise<void> {
  setPreferences({ language });
  await changeLanguage(language);
  document.documentElement.lang = language;
  await keepWithUser({ language });
}

export async function switchTheme(theme: ThemeChoice): Promise<void> {
  setPreferences({ theme });
  await keepWithUser({ theme });
}

/** Ends the session and forgets everything that was loaded. */
export async function signOut(): Promise<void> {
  try {
    await api.post('/auth/sign-out');
  } finally {
    queryClient.clear();
    window.location.assign('/sign-in');
  }
}
