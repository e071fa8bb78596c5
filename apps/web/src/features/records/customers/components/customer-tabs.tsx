import {
  customerTabGroups,
  isCustomerPart,
  type CustomerTab,
  type CustomerTabGroup,
} from '../../../../lib/feature.js';
import { can, useMaybeSession, type Session } from '../../../../lib/session.js';
import { customerPart } from '../../../../ui/customer-parts.js';
import { useWords } from '../words.js';
import styles from './customer-tabs.module.css';

interface CustomerTabsProps {
  tab: CustomerTab;
  onTab: (tab: CustomerTab) => void;
}

/** Id of the element that names the panel of a tab. */
export const tabId = (tab: CustomerTab) => `customer-tab-${tab}`;

/** Groups in one row and, where the open group has several tabs, those in a second. */
export function CustomerTabs({ tab, onTab }: CustomerTabsProps) {
  const t = useWords();
  const groups = shownGroups(useMaybeSession());
  const open = groups.find(({ tabs }) => tabs.includes(tab));
  return (
    <div className={styles['bars']}>
      <TabRow
        label={t('customers.one')}
        className={styles['groups'] ?? ''}
        open={open?.group}
        controls={`customer-${tab}`}
        tabs={groups.map(({ group, tabs: [first] }) => ({
          name: group,
          id: open?.group === group && open.tabs.length === 1 ? tabId(tab) : `customer-group-${group}`,
          label: t(`customers.tabs.${group}`),
          onNear: () => prepareTab(first),
          onOpen: () => onTab(open?.group === group ? tab : first),
        }))}
      />
      {open === undefined || open.tabs.length === 1 ? null : (
        <TabRow
          label={t(`customers.tabs.${open.group}`)}
          className={styles['within'] ?? ''}
          open={tab}
          controls={`customer-${tab}`}
          tabs={open.tabs.map((one) => ({
            name: one,
            id: tabId(one),
            label: t(`customers.tab.${one}`),
            onNear: () => prepareTab(one),
            onOpen: () => onTab(one),
          }))}
        />
      )}
    </div>
  );
}

interface ShownGroup {
  group: CustomerTabGroup;
  tabs: [CustomerTab, ...CustomerTab[]];
}

/** Groups and tabs that the reader may open; a group without any is left out. */
function shownGroups(session: Session | null): ShownGroup[] {
  const isShown = (tab: CustomerTab) => {
    if (!isCustomerPart(tab)) return true;
    const part = customerPart(tab);
    return part !== undefined && can(session, part.permission);
  };
  return Object.entries(customerTabGroups).flatMap(([group, all]) => {
    const [first, ...rest] = all.filter(isShown);
    return first === undefined ? [] : [{ group: group as CustomerTabGroup, tabs: [first, ...rest] }];
  });
}

function prepareTab(tab: CustomerTab) {
  if (isCustomerPart(tab)) customerPart(tab)?.prepare();
}

interface TabRowProps {
  label: string;
  className: string;
  open: string | undefined;
  controls: string;
  tabs: { name: string; id: string; label: string; onNear: () => void; onOpen: () => void }[];
}

/** One row of tabs: arrow keys move within it. */
function TabRow({ label, className, open, controls, tabs }: TabRowProps) {
  return (
    <div role="tablist" className={className} aria-label={label}>
      {tabs.map((tab, index) => {
        const isOpen = tab.name === open;
        // Where none is open (a right was taken away) the first still takes the focus.
        const takesFocus = isOpen || (open === undefined && index === 0);
        return (
          <button
            key={tab.name}
            id={tab.id}
            type="button"
            role="tab"
            aria-selected={isOpen}
            {...(isOpen ? { 'aria-controls': controls } : {})}
            tabIndex={takesFocus ? 0 : -1}
            className={styles['tab']}
            onPointerEnter={tab.onNear}
            onClick={tab.onOpen}
            onKeyDown={(event) => {
              const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
              const to = (index + step + tabs.length) % tabs.length;
              if (step === 0) return;
              tabs[to]?.onOpen();
              const row = event.currentTarget.parentElement;
              row?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
            }}
          >
            {tab.label}
          </button>
        );
      })}
    </div>
  );
}
