import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { customerTabGroups, isCustomerPart, type CustomerTab } from '../../../../lib/feature.js';
import { sessionQuery, type Session } from '../../../../lib/session.js';
import { loadWords, startWords } from '../../../../lib/words.js';
import { offerCustomerPart } from '../../../../ui/customer-parts.js';
import { customerSearch } from '../customers-search.js';
import { CustomerTabs } from './customer-tabs.js';

function Shown({ first }: { first: CustomerTab }) {
  const [tab, setTab] = useState(first);
  return <CustomerTabs tab={tab} onTab={setTab} />;
}

function show(first: CustomerTab, permissions: Session['permissions'] = ['customers:read', 'contacts:read']) {
  const client = new QueryClient();
  client.setQueryData(sessionQuery.queryKey, { permissions } as Session);
  render(
    <QueryClientProvider client={client}>
      <Shown first={first} />
    </QueryClientProvider>,
  );
}

const names = () => screen.getAllByRole('tab').map((tab) => tab.textContent);
const selected = () => screen.getAllByRole('tab', { selected: true }).map((tab) => tab.textContent);

beforeAll(async () => {
  await startWords();
  await loadWords('customers', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
  for (const tab of ['contacts', 'group'] as const) {
    const permission = tab === 'contacts' ? 'contacts:read' : 'customers:read';
    offerCustomerPart(tab, permission, () => Promise.resolve({ default: () => null }));
  }
});
afterEach(cleanup);

describe('the tabs of a customer', () => {
  it('are found by every link that was ever made', () => {
    const all = Object.values(customerTabGroups).flat();
    expect(all.map((tab) => customerSearch.parse({ tab }).tab)).toEqual(all);
    expect(customerSearch.parse({ tab: 'nothing' }).tab).toBe('overview');
    expect(all.filter((tab) => !isCustomerPart(tab))).toEqual(['overview', 'orders', 'products']);
  });

  it('stand in groups, and only those of the open group are shown', () => {
    show('group');
    expect(names()).toEqual(['概况', '关系', '交易', '联系人', '集团']);
    expect(selected()).toEqual(['关系', '集团']);
    fireEvent.click(screen.getByRole('tab', { name: '交易' }));
    expect(names()).toEqual(['概况', '关系', '交易', '订单', '产品']);
    expect(selected()).toEqual(['交易', '订单']);
  });

  it('have no second row where the reader may open one of a group alone', () => {
    show('group', ['customers:read']);
    expect(names()).toEqual(['概况', '关系', '交易']);
    expect(selected()).toEqual(['关系']);
  });

  it('are walked with the arrow keys, each row by itself', () => {
    show('overview');
    fireEvent.keyDown(screen.getByRole('tab', { name: '概况' }), { key: 'ArrowRight' });
    expect(selected()).toEqual(['关系', '联系人']);
    fireEvent.keyDown(screen.getByRole('tab', { name: '联系人' }), { key: 'ArrowLeft' });
    expect(selected()).toEqual(['关系', '集团']);
  });
});
