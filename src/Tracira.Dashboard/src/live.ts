import { useEffect, useSyncExternalStore } from 'react';
import { api, type Schemas } from './api/client';
import { client } from './queries';

// What happens in the workspace while it happens: one connection a page, shared by everything on it.

type LiveLog = Schemas extends { LiveLog: infer L } ? L : { id: string; change: string; status?: string; projectName?: string; humanDecision?: string; decidedBy?: string };
export interface Viewer { userId: string; name: string; logId: string }

let source: EventSource | undefined;
let listener: string | undefined;
let focus: string | null = null;
let state: { connected: boolean; viewers: readonly Viewer[] } = { connected: false, viewers: [] };
const watchers = new Set<() => void>();
const logListeners = new Set<(log: LiveLog) => void>();

function set(change: Partial<typeof state>) {
  state = { ...state, ...change };
  for (const watcher of watchers)
    watcher();
}

// However much happens, lists are asked for anew once a second at most.
const due = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

function refresh(...keys: string[]) {
  for (const key of keys)
    due.add(key);
  timer ??= setTimeout(() => {
    timer = undefined;
    for (const key of due)
      void client.invalidateQueries({ queryKey: [key] });
    due.clear();
  }, 1_000);
}

const keysOf: Record<string, string[]> = {
  rule: ['rules', 'stats'], project: ['projects', 'rules'], task: ['projects', 'tasks'], settings: ['settings'], token: ['settings'], key: ['keys'], member: ['members'], invitation: ['members'], delivery: ['deliveries'],
};

function tellFocus() {
  if (listener)
    void api.put('/api/events/focus', { body: { listener, logId: focus ?? undefined } }).catch(() => undefined); // it is told again with the next one
}

export function connect(): () => void {
  source = new EventSource('/api/events');
  source.addEventListener('hello', event => {
    const wasLost = listener !== undefined;
    listener = (JSON.parse(event.data as string) as { listener: string }).listener;
    set({ connected: true });
    if (focus)
      tellFocus();
    if (wasLost)
      void client.invalidateQueries(); // whatever happened meanwhile
  });
  source.addEventListener('viewers', event => set({ viewers: JSON.parse(event.data as string) as Viewer[] }));
  source.addEventListener('log', event => {
    const log = JSON.parse(event.data as string) as LiveLog;
    for (const tell of logListeners)
      tell(log);
    void client.invalidateQueries({ queryKey: ['log', log.id] });
    refresh('logs', 'projects', 'stats');
  });
  source.addEventListener('change', event => {
    const { action } = JSON.parse(event.data as string) as { action: string };
    refresh('audit', ...(keysOf[action.split('.')[0] ?? ''] ?? []));
  });
  source.addEventListener('missed', () => void client.invalidateQueries());
  source.addEventListener('error', () => {
    set({ connected: false });
    if (source?.readyState === EventSource.CLOSED) // refused: the session may have ended
      void client.invalidateQueries({ queryKey: ['me'] });
  });
  return () => {
    source?.close();
    source = listener = undefined;
    set({ connected: false, viewers: [] });
  };
}

function watch(watcher: () => void) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export const useLive = () => useSyncExternalStore(watch, () => state);

/** Tells colleagues what is being looked at, as long as it is. */
export function useFocusOn(logId: string | undefined) {
  useEffect(() => {
    const timer = setTimeout(() => {
      focus = logId ?? null;
      tellFocus();
    }, 150); // not for every log that j runs past
    return () => clearTimeout(timer);
  }, [logId]);
  useEffect(() => () => {
    focus = null;
    tellFocus();
  }, []);
}

export function useLogEvents(tell: (log: LiveLog) => void) {
  useEffect(() => {
    logListeners.add(tell);
    return () => void logListeners.delete(tell);
  }, [tell]);
}
