import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { DropdownMenu } from 'radix-ui';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { api } from './api/client';
import { sendAll } from './decisions';
import { connect, useLive } from './live';
import { waitingQuery } from './queries';
import { useMe } from './session';
import { t } from './text';
import { cx, Dialog, Key } from './ui/basics';
import { count } from './ui/format';
import { Icon, type IconName, Mark } from './ui/icons';
import { isTyping, useShortcuts } from './ui/shortcuts';
import { setTheme, theme, type Theme } from './ui/theme';
import { tellFailure } from './ui/toasts';

const PasswordDialog = lazy(() => import('./pages/password').then(page => ({ default: page.PasswordDialog })));
const EverywhereDialog = lazy(() => import('./pages/password').then(page => ({ default: page.EverywhereDialog })));

const places = [
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

type OnDialog = (dialog: 'help' | 'password' | 'everywhere') => void;

function Sidebar({ onDialog }: { onDialog: OnDialog }) {
  const me = useMe();
  const { connected } = useLive();
  return (
    <div className="hidden min-h-0 flex-col border-r border-line px-3 py-4 lg:flex">
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
          <button type="button" className="flex w-full items-center gap-2.5 rounded-[7px] px-2 py-1.5 text-left hover:bg-hover" aria-label={`${t.nav.account}: ${me.name}`}>
            <Initials name={me.name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">{me.name}</span>
              <span className="block truncate text-xs text-muted">{me.workspaceName}</span>
            </span>
            <Icon name="more" className="text-muted" />
          </button>
        </AccountMenu>
      </div>
    </div>
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

const item = 'flex h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm outline-none data-[highlighted]:bg-hover pointer-coarse:h-11';

function AccountMenu({ onDialog, side, withPlaces, children }: { onDialog: OnDialog; side: 'top' | 'bottom'; withPlaces?: boolean; children: ReactNode }) {
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Theme>(theme());

  async function signOut() {
    try {
      await sendAll();
      await api.post('/api/auth/sign-out');
      queries.clear();
      await navigate({ to: '/sign-in' });
    } catch (error) {
      tellFailure(error as Error);
    }
  }

  async function switchTo(workspaceId: string) {
    try {
      await sendAll();
      await api.post('/api/me/workspace', { body: { workspaceId } });
      location.assign('/');
    } catch (error) {
      tellFailure(error as Error);
    }
  }

  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content side={side} align="start" sideOffset={6} className="z-40 min-w-60 rounded-[10px] border border-line bg-surface p-1.5 shadow-float">
          <DropdownMenu.Label className="px-2.5 py-1 text-xs text-muted">{me.email}</DropdownMenu.Label>
          {withPlaces && places.slice(4).map(([to, icon, word]) => (
            <DropdownMenu.Item key={to} className={item} onSelect={() => void navigate({ to })}><Icon name={icon} /> {word}</DropdownMenu.Item>
          ))}
          {me.workspaces.length > 1 && (
            <DropdownMenu.RadioGroup value={me.workspaceId} onValueChange={id => void switchTo(id)}>
              <DropdownMenu.Separator className="my-1 h-px bg-line" />
              <DropdownMenu.Label className="px-2.5 py-1 text-xs text-muted">{t.nav.workspace}</DropdownMenu.Label>
              {me.workspaces.map(one => (
                <DropdownMenu.RadioItem key={one.id} value={one.id} className={item}>
                  <span className="w-4"><DropdownMenu.ItemIndicator><Icon name="check" /></DropdownMenu.ItemIndicator></span> {one.name}
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          )}
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Label className="px-2.5 py-1 text-xs text-muted">{t.nav.theme}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={chosen} onValueChange={next => (setTheme(next as Theme), setChosen(next as Theme))}>
            {(['light', 'dark', 'system'] as const).map(one => (
              <DropdownMenu.RadioItem key={one} value={one} className={item}>
                <span className="w-4"><DropdownMenu.ItemIndicator><Icon name="check" /></DropdownMenu.ItemIndicator></span> {t.nav[one]}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className={item} onSelect={() => onDialog('help')}><Icon name="alert" className="opacity-0" /> {t.nav.help} <span className="ml-auto"><Key>?</Key></span></DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={() => void navigate({ to: '/start' })}><Icon name="deliveries" /> {t.nav.start}</DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={() => window.open('/docs/api', '_blank', 'noopener')}><Icon name="file" /> {t.nav.api}</DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={() => onDialog('password')}><Icon name="user" /> {t.nav.password}</DropdownMenu.Item>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className={item} onSelect={() => void signOut()}><Icon name="out" /> {t.nav.signOut}</DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={() => onDialog('everywhere')}><Icon name="out" /> {t.nav.signOutEverywhere}</DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
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
