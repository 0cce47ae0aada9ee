import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Link, Outlet, redirect } from '@tanstack/react-router';
import { ApiError } from './api/client';
import { client } from './queries';
import { meQuery } from './session';
import { Shell } from './shell';
import { t } from './text';
import { buttonClass, Empty, Failure, Loading } from './ui/basics';
import { Toasts } from './ui/toasts';

// A query's values are texts: the router would make numbers of some.
const text = (value: unknown) => (value === undefined || value === null || value === '' ? undefined : String(value));

function texts<K extends string>(...names: K[]) {
  return (search: Record<string, unknown>) => Object.fromEntries(names.map(name => [name, text(search[name])])) as { [N in K]?: string };
}

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Toasts />
    </>
  ),
  errorComponent: ({ error }) => <Failure error={error as Error} onRetry={() => location.reload()} />,
});

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', validateSearch: texts('to'), component: lazyRouteComponent(() => import('./pages/account'), 'SignInPage') });
const setup = createRoute({ getParentRoute: () => root, path: '/setup', validateSearch: texts('token'), component: lazyRouteComponent(() => import('./pages/account'), 'SetupPage') });
const invitation = createRoute({ getParentRoute: () => root, path: '/invitation', validateSearch: texts('token'), component: lazyRouteComponent(() => import('./pages/account'), 'InvitationPage') });

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    try {
      await client.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401)
        throw redirect({ to: '/sign-in', search: { to: location.href === '/' ? undefined : location.href } });
      throw error;
    }
  },
  component: Shell,
  pendingComponent: () => <Loading />,
  errorComponent: ({ error }) => <Failure error={error as Error} onRetry={() => location.reload()} />,
});

const home = createRoute({ getParentRoute: () => shell, path: '/', beforeLoad: () => { throw redirect({ to: '/queue', replace: true }); } });
const start = createRoute({ getParentRoute: () => shell, path: '/start', component: lazyRouteComponent(() => import('./pages/start'), 'StartPage') });
const overview = createRoute({ getParentRoute: () => shell, path: '/overview', validateSearch: texts('days', 'project', 'from', 'to'), component: lazyRouteComponent(() => import('./pages/overview'), 'OverviewPage') });
const queue = createRoute({ getParentRoute: () => shell, path: '/queue', validateSearch: texts('log', 'project', 'order'), component: lazyRouteComponent(() => import('./pages/queue'), 'QueuePage') });
const logs = createRoute({
  getParentRoute: () => shell,
  path: '/logs',
  validateSearch: texts('text', 'q', 'status', 'pending', 'project', 'task', 'sessionId', 'subjectId', 'actorId', 'tags', 'from', 'to', 'sortBy', 'sortDir'),
  component: lazyRouteComponent(() => import('./pages/logs'), 'LogsPage'),
});
const log = createRoute({ getParentRoute: () => shell, path: '/logs/$id', component: lazyRouteComponent(() => import('./pages/log'), 'LogPage') });
const rules = createRoute({ getParentRoute: () => shell, path: '/rules', component: lazyRouteComponent(() => import('./pages/rules'), 'RulesPage') });
const rule = createRoute({ getParentRoute: () => shell, path: '/rules/$id', validateSearch: texts('template'), component: lazyRouteComponent(() => import('./pages/rule'), 'RulePage') });
const projects = createRoute({ getParentRoute: () => shell, path: '/projects', component: lazyRouteComponent(() => import('./pages/projects'), 'ProjectsPage') });
const deliveries = createRoute({ getParentRoute: () => shell, path: '/deliveries', validateSearch: texts('state', 'logId'), component: lazyRouteComponent(() => import('./pages/deliveries'), 'DeliveriesPage') });
const settingsHome = createRoute({ getParentRoute: () => shell, path: '/settings', beforeLoad: () => { throw redirect({ to: '/settings/$section', params: { section: 'general' }, replace: true }); } });
const settings = createRoute({ getParentRoute: () => shell, path: '/settings/$section', component: lazyRouteComponent(() => import('./pages/settings'), 'SettingsPage') });

export const router = createRouter({
  routeTree: root.addChildren([
    signIn, setup, invitation,
    shell.addChildren([home, start, overview, queue, logs, log, rules, rule, projects, deliveries, settingsHome, settings]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Loading />,
  defaultNotFoundComponent: () => <Empty icon="search" title={t.failure.missing} action={<Link to="/queue" className={buttonClass()}>{t.failure.home}</Link>}>{t.failure.missingHint}</Empty>,
  // A page that fails leaves the way to the others in sight.
  defaultErrorComponent: ({ error, reset }) => <Failure error={error as Error} onRetry={reset} />,
  defaultPendingMs: 300,
  scrollRestoration: true,
  // Readable queries: ?status=flagged, not ?status="flagged".
  stringifySearch: search => {
    const query = new URLSearchParams(Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    return query.size > 0 ? `?${query}` : '';
  },
  parseSearch: query => Object.fromEntries(new URLSearchParams(query)),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

const preload = (id: keyof typeof router.routesById) =>
  void (router.routesById[id].options.component as { preload?: () => Promise<unknown> } | undefined)?.preload?.().catch(() => undefined); // asked for again with the page

/** Fetches the page of this address while it is still asked who has signed in. */
export function preloadPage() {
  for (const { routeId } of router.matchRoutes(router.latestLocation))
    preload(routeId === '/shell/' ? '/shell/queue' : routeId);
}

/** Fetches the pages that nobody has asked for yet, so that they are there at once, and when the network is not. */
export function preloadPages() {
  for (const id of Object.keys(router.routesById))
    preload(id as keyof typeof router.routesById);
}

window.addEventListener('tracira:signed-out', () => {
  if (!/^\/(sign-in|setup|invitation)/.test(location.pathname)) {
    client.clear();
    void router.navigate({ to: '/sign-in', search: { to: location.pathname + location.search } });
  }
});
