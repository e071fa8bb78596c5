import type { ValidationRule } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionQuery } from '../../../../lib/session.js';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ConfirmProvider } from '../../../../ui/confirm.js';
import { ToastProvider } from '../../../../ui/toast.js';
import { RulesPanel } from './rules-panel.js';

let stored: ValidationRule;
let sent: Record<string, unknown>[];

function answer(status: number, body: unknown) {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }));
}

const choice = {
  customFieldId: 4,
  key: 'cf4',
  name: '采购方式',
  nameEn: null,
  kind: 'choice',
  choices: ['框架', '按单'],
  isRequired: false,
  position: 1,
  rowVersion: 1,
};

/** One rule, held to its version as the server holds it. */
function serve(path: string, options: RequestInit = {}) {
  if (path.includes('/custom-fields')) return answer(200, { items: [choice] });
  if (path.includes('/facets'))
    return answer(200, { industries: ['制造'], regions: [], sources: [], tags: [] });
  if (typeof options.body !== 'string') return answer(200, { items: [stored] });
  const body = JSON.parse(options.body) as Record<string, unknown>;
  sent.push(body);
  if (options.method === 'PUT' && body['rowVersion'] !== stored.rowVersion) {
    const params = { by: '林晓', fields: 'message' };
    return answer(409, { code: 'quality.rule_changed', detail: '刚被林晓改过', params });
  }
  stored = { ...stored, ...body, rowVersion: stored.rowVersion + 1 };
  return answer(200, stored);
}

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  client.setQueryData(sessionQuery.queryKey, { permissions: ['quality:read', 'quality:write'] } as never);
  render(
    <QueryClientProvider client={client}>
      <ToastProvider>
        <ConfirmProvider>
          <RulesPanel />
        </ConfirmProvider>
      </ToastProvider>
    </QueryClientProvider>,
  );
}

/** Seeks an option of a select and takes it: a long list draws only what is in sight. */
async function choose(label: string, option: string) {
  const control = screen.getByLabelText(label);
  fireEvent.mouseDown(control);
  fireEvent.change(control, { target: { value: option } });
  fireEvent.click(await screen.findByText(option, { selector: '.ant-select-item-option-content' }));
}
const save = () => fireEvent.submit(screen.getByLabelText('修改规则', { selector: 'form' }));

beforeAll(async () => {
  await startWords();
  const own = { 'zh-CN': () => import('../locale/zh-CN.js'), 'en-US': () => import('../locale/en-US.js') };
  await loadWords('quality', own);
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});
beforeEach(() => {
  sent = [];
  stored = {
    validationRuleId: 3,
    field: 'region',
    kind: 'required',
    pattern: null,
    whenField: 'industry',
    whenValues: ['制造'],
    message: null,
    isActive: true,
    rowVersion: 1,
  };
  vi.stubGlobal('fetch', serve);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the rules of quality', () => {
  it('are changed where they stand: field, condition and its values', async () => {
    show();
    fireEvent.click(await screen.findByLabelText(/^修改规则/));
    await choose('管哪些客户', '按采购方式');
    save();
    await screen.findByText('请至少选一个值');
    await choose('值是其中之一', '框架');
    save();
    await screen.findByText('地区 必填（采购方式是 框架 时）');
    expect(sent).toEqual([
      {
        field: 'region',
        kind: 'required',
        pattern: null,
        whenField: 'cf4',
        whenValues: ['框架'],
        message: null,
        isActive: true,
        rowVersion: 1,
      },
    ]);
  });

  it('write over nothing that somebody else has changed meanwhile', async () => {
    show();
    fireEvent.click(await screen.findByLabelText(/^修改规则/));
    fireEvent.click(screen.getByLabelText('启用'));
    stored = { ...stored, message: '写上地区', rowVersion: 2 };
    save();
    await screen.findByText(/林晓在你填写时改过/);
    expect(screen.getByText(/写上地区/)).toBeTruthy();
    save();
    await waitFor(() =>
      expect(stored).toMatchObject({ message: '写上地区', isActive: false, rowVersion: 3 }),
    );
  });
});
