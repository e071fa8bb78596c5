import {
  Link,
  useMatch,
  useParams as useRouteParams,
  useRouter,
  useRouterState,
} from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { AnchorHTMLAttributes, ReactNode } from 'react';
import type { z } from 'zod';

type Search = Record<string, unknown>;

/** `/customers/12?tab=orders` apart: what the router wants as `to` and `search`. */
export function splitPath(
  path: string,
  parse: (text: string) => Search,
): { to: string; search: Search; hash?: string } {
  const [beforeHash = '', hash] = path.split('#', 2);
  const at = beforeHash.indexOf('?');
  const rest = hash === undefined ? {} : { hash };
  if (at < 0) return { to: beforeHash, search: {}, ...rest };
  return { to: beforeHash.slice(0, at), search: parse(beforeHash.slice(at)), ...rest };
}

interface GoOptions {
  /** Takes the place of the present entry: back does not lead here again. */
  replace?: boolean;
}

/** `go('/customers/12?tab=orders')` */
export function useGo() {
  const router = useRouter();
  return useCallback(
    (path: string, options: GoOptions = {}) => {
      void router.navigate({
        ...splitPath(path, router.options.parseSearch),
        replace: options.replace ?? false,
      });
    },
    [router],
  );
}

interface AppLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'target'> {
  to: string;
  children?: ReactNode;
  /** Marks the link also on pages below its own path. */
  activeClassName?: string;
  exact?: boolean;
}

/** A link within the program; what it leads to is fetched when it is hovered or focused. */
export function AppLink({ to, children, activeClassName, exact = false, className, ...rest }: AppLinkProps) {
  const router = useRouter();
  const target = useMemo(() => splitPath(to, router.options.parseSearch), [to, router]);
  return (
    <Link
      {...rest}
      {...target}
      preload="intent"
      activeOptions={{ exact, includeSearch: false }}
      activeProps={{
        'aria-current': 'page',
        className: [className, activeClassName].filter(Boolean).join(' '),
      }}
      inactiveProps={className === undefined ? {} : { className }}
    >
      {children}
    </Link>
  );
}

/** Leaves out what equals the schema's defaults, so that a link holds only what was chosen. */
export function withoutDefaults(search: Search, defaults: Search): Search {
  const kept = Object.entries(search).filter(
    ([key, value]) =>
      value !== undefined &&
      value !== null &&
      value !== '' &&
      JSON.stringify(value) !== JSON.stringify(defaults[key]),
  );
  return Object.fromEntries(kept);
}

/**
 * The page's state in the URL. The schema gives every key a `.catch` or `.default`, so that a mangled link still opens.
 * Setting merges; an undefined value removes its key.
 */
export function useSearch<Schema extends z.ZodType<Search>>(
  schema: Schema,
): [z.infer<Schema>, (change: Partial<z.infer<Schema>>, options?: GoOptions) => void] {
  const router = useRouter();
  // While the next page is on its way its address is already in the bar: this page keeps the search it was drawn with.
  const path = useMatch({ strict: false, select: (match) => match.pathname });
  const kept = useMatch({ strict: false, select: (match) => JSON.stringify(match.search) });
  const text = useRouterState({
    select: ({ location }) => (location.pathname === path ? JSON.stringify(location.search) : kept),
  });
  const search = useMemo(() => schema.parse(JSON.parse(text)), [schema, text]);
  const set = useCallback(
    (change: Partial<z.infer<Schema>>, options: GoOptions = {}) => {
      const before = router.state.location.search as Search;
      const merged = withoutDefaults({ ...before, ...change }, schema.parse({}));
      const to = router.state.location.pathname;
      void router.navigate({ to, search: merged, replace: options.replace ?? false, resetScroll: false });
    },
    [router, schema],
  );
  return [search, set];
}

/** The `$parts` of the page's path. */
export function useParams(): Record<string, string> {
  return useRouteParams({ strict: false });
}

/** The path shown now, with its search. */
export function useHere(): string {
  return useRouterState({ select: (state) => state.location.href });
}
