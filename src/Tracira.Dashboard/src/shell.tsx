import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { type ComponentProps, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { connect, useLive } from './live';
import { waitingQuery } from './queries';
import { useMe } from './session';
import { t } from './text';
import { cx, Dialog } from './ui/basics';
import { count } from './ui/format';
import { Icon, type IconName, Mark } from './ui/icons';
import { isTyping, useShortcuts } from './ui/shortcuts';

const PasswordDialog = lazy(() => import('./pages/password').then(page => ({ default: page.PasswordDialog })));
const EverywhereDialog = lazy(() => import('./pages/password').then(page => ({ default: page.EverywhereDialog })));

export const places = [
  ['/queue', 'queue', t.nav.queue], ['/overview', 'overview', t.nav.overview], ['/logs', 'logs', t.nav.logs], ['/rules', 'rules', t.nav.rules],
  ['/projects', 'projects', t.nav.projects], ['/deliveries', 'deliveries', t.nav.deliveries], ['/settings', 'settings', t.nav.settings],
] as const satisfies readonly (readonly [string, IconName, string])[];

const goes: Record<string, string> = { q: '/queue', o: '/overview', l: '/logs', u: '/rules', p: '/projects', d: '/deliveries', s: '/settings' };

export function Shell() {
  const me = useMe();
  const navigate = useNavigate();
  const path = useRouterState({ select: state => state.location.pathname });
  const [dialog, setDialog] = useState<'help' | 'password' | 'everywhere'>();
  const main = useRef<HTMLElement>(null);
  const afterG = useRef(0);

  useEffect(connect, [me.workspaceId]);
  useEffect(() => {
    const place = places.find(([to]) => path.startsWith(to));
    document.title = place ? `${place[2]} · ${t.product}` : t.product;
  }, [path]);

  useShortcuts({
    '?': () => setDialog('help'),
    '/': () => void navigate({ to: '/logs' }).then(() => document.getElementById('log-search')?.focus()),
    g: () => void (afterG.current = Date.now()),
  });
  useEffect(() => {
    const go = (event: KeyboardEvent) => {
      if (Date.now() - afterG.current < 1_200 && !isTyping(event) && goes[event.key]) {
        afterG.current = 0;
        event.preventDefault();
        event.stopImmediatePropagation();
        void navigate({ to: goes[event.key] });
      }
    };
    window.addEventListener('keydown', go, { capture: true });
    return () => window.removeEventListener('keydown', go, { capture: true });
  }, [navigate]);

  return (
    <div className="grid h-full grid-rows-[minmax(0,1fr)_auto] lg:grid-cols-[13.5rem_minmax(0,1fr)] lg:grid-rows-1">
      <a href="#content" onClick={event => (event.preventDefault(), main.current?.focus())}
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-ink px-3 py-2 text-sm text-ink-text focus:translate-y-0">{t.skip}</a>
      <Sidebar onDialog={setDialog} />
      <main id="content" ref={main} tabIndex={-1} className="min-h-0 overflow-y-auto">
        <Outlet />
      </main>
      <TabBar onDialog={setDialog} />
      {dialog === 'help' && <HelpDialog onClose={() => setDialog(undefined)} />}
      <Suspense>
        {dialog === 'password' && <PasswordDialog onClose={() => setDialog(undefined)} />}
        {dialog === 'everywhere' && <EverywhereDialog onClose={() => setDialog(undefined)} />}
      </Suspense>
    </div>
  );
}

// The menu is not part of what the first page waits for: until it is there its button stands in for it.
const Menu = lazy(() => import('./account-menu').then(module => ({ default: module.AccountMenu })));

function AccountMenu(props: ComponentProps<typeof Menu>) {
  return <Suspense fallback={props.children}><Menu {...props} /></Suspense>;
}

export type OnDialog = (dialog: 'help' | 'password' | 'everywhere') => void;

function Sidebar({ onDialog }: { onDialog: OnDialog }) {
  const me = useMe();
  const { connected } = useLive();
  return (
    <header className="hidden min-h-0 flex-col border-r border-line px-3 py-4 lg:flex">
      <Link to="/" className="flex items-center gap-2.5 rounded-md px-2 py-1 text-[0.9375rem] font-semibold tracking-tight">
        <Mark /> {t.product}
      </Link>
      <nav aria-label={t.nav.label} className="mt-5 grid gap-0.5">
        {places.map(([to, icon, word]) => (
          <Link key={to} to={to} className="flex h-8 items-center gap-2.5 rounded-[7px] px-2.5 text-sm text-muted hover:bg-hover hover:text-text"
            activeProps={{ className: 'bg-hover! text-text! font-medium', 'aria-current': 'page' }}>
            <Icon name={icon} /> {word} {to === '/queue' && <Waiting />}
          </Link>
        ))}
      </nav>
      <div className="mt-auto grid gap-1">
        <p className="flex items-center gap-2 px-2.5 text-xs text-muted" title={t.queue.connectionTitle} role="status">
          <span className={cx('size-1.5 rounded-full', connected ? 'bg-ok' : 'bg-line-strong')} /> {connected ? t.queue.live : t.queue.offline}
        </p>
        <AccountMenu onDialog={onDialog} side="top">
          <button type="button" className="flex w-full items-center gap-2.5 rounded-[7px] px-2 py-1.5 text-left hover:bg-hover">
            <Initials name={me.name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">{me.name}</span>
              <span className="block truncate text-xs text-muted">{me.workspaceName}</span>
            </span>
            <Icon name="more" className="text-muted" />
          </button>
        </AccountMenu>
      </div>
    </header>
  );
}

function Waiting() {
  const { data } = useQuery(waitingQuery);
  return data ? (
    <span className="ml-auto rounded-full bg-accent-soft px-1.5 text-xs font-medium text-accent tabular-nums">
      <span aria-hidden="true">{count(data)}</span>
      <span className="sr-only">{t.nav.waiting(data)}</span>
    </span>
  ) : null;
}

export function Initials({ name }: { name: string }) {
  const letters = name.split(/[\s.@_-]+/).filter(Boolean).slice(0, 2).map(word => word[0]!.toUpperCase()).join('');
  return <span aria-hidden="true" className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent">{letters}</span>;
}

function TabBar({ onDialog }: { onDialog: OnDialog }) {
  return (
    <nav aria-label={t.nav.label} className="grid grid-cols-5 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden">
      {places.slice(0, 4).map(([to, icon, word]) => (
        <Link key={to} to={to} className="grid min-h-14 justify-items-center gap-0.5 pt-2 text-[0.6875rem] text-muted" activeProps={{ className: 'text-accent!', 'aria-current': 'page' }}>
          <Icon name={icon} size={18} /> {word}
        </Link>
      ))}
      <AccountMenu onDialog={onDialog} side="top" withPlaces>
        <button type="button" className="grid min-h-14 justify-items-center gap-0.5 pt-2 text-[0.6875rem] text-muted">
          <Icon name="more" size={18} /> {t.nav.more}
        </button>
      </AccountMenu>
    </nav>
  );
}

function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t.help.title} onClose={onClose}>
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {t.help.groups.map(([title, keys]) => (
          <section key={title}>
            <h3 className="mb-2 text-sm font-semibold">{title}</h3>
            <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1.5 text-sm">
              {keys.map(([key, what]) => (
                <div key={key} className="contents">
                  <dt><kbd className="rounded-[4px] border border-line-strong bg-sunken px-1.5 font-mono text-xs leading-5">{key}</kbd></dt>
                  <dd className="text-muted">{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
