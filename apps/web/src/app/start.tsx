import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenUnauthenticated } from '../lib/api.js';
import { focusFirstFault } from '../lib/focus-fault.js';
import { getPreferences, setPreferences } from '../lib/preferences.js';
import { sessionQuery } from '../lib/session.js';
import { changeLanguage, loadWords, startWords } from '../lib/words.js';
import { offerCustomerAct, offerCustomerPanel, offerCustomerPart } from '../ui/customer-parts.js';
import { features } from './features.js';
import { queryClient } from './query-client.js';
import { router } from './router.js';
import { ThemeProvider, installTokens } from './theme.js';

/** The reader's own choices, kept with the user, win over what this browser remembers. */
async function takeUserPreferences() {
  const session = await queryClient.ensureQueryData(sessionQuery).catch(() => null);
  if (!session) return;
  const language = session.language ?? session.settings.language;
  setPreferences({ theme: session.theme, language });
  document.documentElement.lang = language;
  await changeLanguage(language);
}

/** A session that ended while the page stood open: sign in, then come back to the same place. */
function goToSignIn() {
  const here = router.state.location;
  if (here.pathname === '/sign-in' || here.pathname === '/welcome') return;
  queryClient.setQueryData(sessionQuery.queryKey, null);
  void router.navigate({ href: `/sign-in?${new URLSearchParams({ to: here.href }).toString()}` });
}

/** What features bring to the page of a customer. The words of a part or of a dialog come with its script. */
function offerCustomerParts() {
  for (const { id, words, customerPart, customerPanel, customerActs = [] } of features) {
    const withWords =
      <Module,>(load: () => Promise<Module>) =>
      async () => {
        const [module] = await Promise.all([load(), loadWords(id, words)]);
        return module;
      };
    if (customerPart !== undefined)
      offerCustomerPart(customerPart.name, customerPart.permission, withWords(customerPart.view));
    if (customerPanel !== undefined) offerCustomerPanel(withWords(customerPanel));
    for (const act of customerActs)
      offerCustomerAct(act.dialog === undefined ? act : { ...act, dialog: withWords(act.dialog) });
  }
}

/** Words first, then the page: no key and no wrong language is ever seen. */
export async function start(element: HTMLElement): Promise<void> {
  installTokens();
  offerCustomerParts();
  await startWords();
  await Promise.all([
    loadWords('app', {
      'zh-CN': () => import('./locale/zh-CN.js'),
      'en-US': () => import('./locale/en-US.js'),
    }),
    loadWords('ui', {
      'zh-CN': () => import('../ui/locale/zh-CN.js'),
      'en-US': () => import('../ui/locale/en-US.js'),
    }),
    takeUserPreferences(),
  ]);
  document.documentElement.lang = getPreferences().language;
  whenUnauthenticated(goToSignIn);
  focusFirstFault();
  createRoot(element).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <ThemeProvider>
          <RouterProvider router={router} />
        </ThemeProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
