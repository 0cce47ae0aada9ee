import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { api } from './api/client';
import { sendAll } from './decisions';
import { useMe } from './session';
import { type OnDialog, places } from './shell';
import { t } from './text';
import { Key } from './ui/basics';
import { Icon } from './ui/icons';
import { setTheme, theme, type Theme } from './ui/theme';
import { tellFailure } from './ui/toasts';

const item = 'flex h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm outline-none data-[highlighted]:bg-hover pointer-coarse:h-11';

export function AccountMenu({ onDialog, side, withPlaces, children }: { onDialog: OnDialog; side: 'top' | 'bottom'; withPlaces?: boolean; children: ReactNode }) {
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
          <DropdownMenu.Item className={item} onSelect={() => window.open('/licences.txt', '_blank', 'noopener')}><Icon name="note" /> {t.nav.licences}</DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={() => onDialog('password')}><Icon name="user" /> {t.nav.password}</DropdownMenu.Item>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item className={item} onSelect={() => void signOut()}><Icon name="out" /> {t.nav.signOut}</DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={() => onDialog('everywhere')}><Icon name="out" /> {t.nav.signOutEverywhere}</DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
