import type { QueryClient } from '@tanstack/react-query';
import {
  Outlet,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import type { Feature, FeatureRoute } from '../lib/feature.js';
import { useParams } from '../lib/navigate.js';
import { can, sessionQuery } from '../lib/session.js';
import { loadWords } from '../lib/words.js';
import { ErrorPage, NotFoundPage, WaitingPage } from './edge-pages.js';
import { features } from './features.js';
import { Frame } from './frame.js';
import { railOf } from './menu.js';
import { idsAreNumbers } from './numbered-path.js';
import { queryClient } from './query-client.js';

interface RouterContext {
  client: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
});

/** What stands in the rail, in settings tabs and in the head of a customer is said before its page is opened. */
const loadMenuWords = () =>
  loadWords('menu', {
    'zh-CN': () => import('./locale/menu.zh-CN.js'),
    'en-US': () => import('./locale/menu.en-US.js'),
  });

/** Everything inside the frame needs a signed-in reader; the place they wanted is kept in the link to sign-in. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    if (session) {
      const isThere = location.pathname === '/settings/security';
      // oxlint-disable-next-line typescript/only-throw-error -- the router's way of redirecting
      if (session.mustEnrol && !isThere) throw redirect({ href: '/settings/security' });
      await loadMenuWords();
      return;
    }
    const to = location.href === '/' ? {} : { to: location.href };
    // oxlint-disable-next-line typescript/only-throw-error -- the router's way of redirecting
    throw redirect({ href: `/sign-in?${new URLSearchParams(to).toString()}` });
  },
});

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: async ({ context }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    const [first] = railOf(features, session);
    // oxlint-disable-next-line typescript/only-throw-error -- the router's way of redirecting
    throw redirect({ href: first?.path ?? '/settings/me', replace: true });
  },
});

/** An address that nothing answers to: said inside the frame, so that the way on is in sight. */
const unknown = createRoute({ getParentRoute: () => frame, path: '$', component: NotFoundPage });

const loadNoRight = () => import('./no-right-page.js');

/** One route of a feature: words and page come together, then the page's own queries start. */
function routeOf(feature: Feature, route: FeatureRoute): AnyRoute {
  const { page, redirect: target } = route;
  const guarded = {
    getParentRoute: () => (route.bare === true ? root : frame) as AnyRoute,
    path: route.path,
    beforeLoad: () => {
      // oxlint-disable-next-line typescript/only-throw-error -- the router's way of redirecting
      if (target !== undefined) throw redirect({ href: target, replace: true });
    },
    loader: async ({
      params,
      location,
    }: {
      params: Record<string, string>;
      location: { search: unknown };
    }) => {
      const [module] = await Promise.all([page?.(), loadWords(feature.id, feature.words)]);
      const session = queryClient.getQueryData(sessionQuery.queryKey) ?? null;
      if (!can(session, route.permission) || !idsAreNumbers(params)) return;
      void module?.prefetch?.({
        client: queryClient,
        params,
        search: location.search as Record<string, unknown>,
      });
    },
  };
  if (page === undefined) return createRoute(guarded);
  const Wanted = lazyRouteComponent(page);
  const Refused = lazyRouteComponent(loadNoRight);
  return createRoute({
    ...guarded,
    component: () => {
      const session = queryClient.getQueryData(sessionQuery.queryKey) ?? null;
      const isNumbered = idsAreNumbers(useParams());
      if (!can(session, route.permission)) return <Refused />;
      return isNumbered ? <Wanted /> : <NotFoundPage />;
    },
  });
}

const routesOf = (bare: boolean) =>
  features.flatMap((feature) =>
    feature.routes.filter((route) => (route.bare === true) === bare).map((route) => routeOf(feature, route)),
  );

/** For those who build Kezi: every building block on one page. Not part of what is built. */
const gallery = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => root,
        path: '/_gallery',
        component: lazyRouteComponent(() => import('./gallery.js')),
      }),
    ]
  : [];

export const router = createRouter({
  routeTree: root.addChildren([
    frame.addChildren([home, unknown, ...routesOf(false)]),
    ...routesOf(true),
    ...gallery,
  ]),
  context: { client: queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0, // freshness is the query client's business
  defaultPendingMs: 300,
  defaultPendingComponent: WaitingPage,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});
