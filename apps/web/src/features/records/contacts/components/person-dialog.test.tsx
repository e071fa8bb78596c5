import type { Consent, ContactRow } from '@kezi/contract';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionQuery } from '../../../../lib/session.js';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ConfirmProvider } from '../../../../ui/confirm.js';
import { ToastProvider } from '../../../../ui/toast.js';
import PersonDialog from './person-dialog.js';

const contact = { contactId: 17, customerId: 7, name: '王五' } as ContactRow;
const file = {
  attachmentId: 3,
  fileName: '名片.png',
  mediaType: 'image/png',
  sizeBytes: 10,
  createdAt: '2026-02-01T00:00:00Z',
  subject: 'interaction',
  subjectId: 4,
};
let consents: Consent[];
const sent: string[] = [];

function serve(path: string, options: RequestInit = {}) {
  const method = options.method ?? 'GET';
  if (method !== 'GET')
    sent.push(`${method} ${path} ${typeof options.body === 'string' ? options.body : ''}`);
  if (method === 'DELETE') return Promise.resolve(new Response(null, { status: 204 }));
  const answer = path.endsWith('/erase')
    ? { contactId: 17, texts: 2, auditEntries: 3, files: [file] }
    : { items: consents };
  return Promise.resolve(
    new Response(JSON.stringify(answer), { status: 200, headers: { 'content-type': 'application/json' } }),
  );
}

/** The card of the contact, which goes with it, on a page that shows more than contacts. */
function Card({ onClose }: { onClose: () => void }) {
  const isErased = () => sent.some((line) => line.includes('/erase'));
  const { data } = useQuery({
    queryKey: ['contacts', 'of', 7],
    queryFn: () => (isErased() ? [] : [contact]),
  });
  useQuery({
    queryKey: ['customers', 7],
    queryFn: () => new Promise((answer) => setTimeout(answer, 100, 7)),
  });
  return data?.map((one) => <PersonDialog key={one.contactId} contact={one} onClose={onClose} />);
}

function show(permissions: readonly string[]) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  client.setQueryData(sessionQuery.queryKey, { permissions } as never);
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={client}>
      <ToastProvider>
        <ConfirmProvider>
          <Card onClose={onClose} />
        </ConfirmProvider>
      </ToastProvider>
    </QueryClientProvider>,
  );
  return onClose;
}

beforeAll(async () => {
  // The test's document has no windows over the page.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  await startWords();
  const own = { 'zh-CN': () => import('../locale/zh-CN.js'), 'en-US': () => import('../locale/en-US.js') };
  await loadWords('contacts', own);
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});
beforeEach(() => {
  sent.length = 0;
  const given = { basis: 'consent', givenOn: '2026-02-01', source: '展会登记表' } as const;
  consents = [
    { ...given, consentId: 4, purpose: 'marketing', withdrawnOn: null },
    { ...given, consentId: 5, purpose: 'research', withdrawnOn: '2026-02-20' },
  ];
  vi.stubGlobal('fetch', serve);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the personal data of a contact', () => {
  it('shows what they may be used for, and a consent can be withdrawn', async () => {
    show(['contacts:read', 'contacts:write']);
    await screen.findByText('市场推广', { selector: 'strong' });
    expect(screen.getByText(/撤回$/, { selector: 'span' }).textContent).toContain('2026');
    expect(screen.queryByRole('button', { name: '抹除此人' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /^撤\s*回$/ }));
    await waitFor(() => expect(sent).toEqual(['DELETE /api/v1/consents/4 ']));
  });

  it('is erased with a reason, after the name was typed', async () => {
    const onClose = show(['contacts:read', 'persons:erase']);
    const erase = await screen.findByRole('button', { name: '抹除此人' });
    expect((erase as HTMLButtonElement).disabled).toBe(true);
    fireEvent.change(screen.getByRole('textbox', { name: '原因' }), { target: { value: '本人要求' } });
    fireEvent.click(erase);
    const typed = await screen.findByRole('textbox', { name: /王五/ });
    expect(sent).toEqual([]);
    fireEvent.change(typed, { target: { value: '王五' } });
    fireEvent.click(screen.getAllByRole('button', { name: '抹除此人' }).at(-1)!);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent).toEqual(['POST /api/v1/contacts/17/erase {"reason":"本人要求"}']);
    await screen.findByText('已抹除');
    // Nobody has looked into what was attached.
    await screen.findByText(/名片\.png/);
  });
});
