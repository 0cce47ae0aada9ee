import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark' | 'system';

const key = 'tracira.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

export function theme(): Theme {
  const kept = localStorage.getItem(key);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function isDark(): boolean {
  return theme() === 'dark' || (theme() === 'system' && dark.matches);
}

export function applyTheme() {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
  for (const listener of listeners)
    listener();
}

export function setTheme(next: Theme) {
  localStorage.setItem(key, next);
  applyTheme();
}

export function useIsDark(): boolean {
  return useSyncExternalStore(listener => (listeners.add(listener), () => listeners.delete(listener)), isDark);
}

dark.addEventListener('change', applyTheme);
