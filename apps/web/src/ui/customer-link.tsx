import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { AnchorHTMLAttributes, ReactNode } from 'react';
import { AppLink } from '../lib/navigate.js';

/** `/customers/12?tab=orders` as what the side panel keeps in the address of the page that it stands beside. */
function besideOf(path: string): { customer: number; customerTab: string | undefined } | null {
  const [, id, tab] = /^\/customers\/(\d+)(?:\?tab=([a-z]+))?$/.exec(path) ?? [];
  return id === undefined ? null : { customer: Number(id), customerTab: tab };
}

/** Opens a customer beside the page that is shown, which keeps its place; a path to anything else is gone to. */
export function useOpenBeside(): (path: string) => void {
  const router = useRouter();
  return useCallback(
    (path: string) => {
      const beside = besideOf(path);
      const { pathname, search } = router.state.location;
      if (beside === null || pathname === `/customers/${beside.customer}`) {
        void router.navigate({ href: path });
        return;
      }
      void router.navigate({
        to: pathname,
        search: { ...search, ...beside },
        // From one customer to the next, back leads out of the panel at once.
        replace: 'customer' in search,
        resetScroll: false,
      });
    },
    [router],
  );
}

interface CustomerLinkProps extends Omit<
  AnchorHTMLAttributes<HTMLAnchorElement>,
  'href' | 'target' | 'onClick'
> {
  /** `/customers/12?tab=orders` */
  to: string;
  children?: ReactNode;
}

/** The name of a customer: a click opens it beside the page; in a new window, or copied, the link is its own page. */
export function CustomerLink(props: CustomerLinkProps) {
  const openBeside = useOpenBeside();
  return (
    <AppLink
      {...props}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        openBeside(props.to);
      }}
    />
  );
}
