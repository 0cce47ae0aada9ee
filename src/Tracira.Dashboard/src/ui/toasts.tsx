import { useSyncExternalStore } from 'react';
import { t } from '../text';
import { cx, IconButton } from './basics';
import { Icon } from './icons';

interface Toast {
  id: number;
  text: string;
  tone: 'ok' | 'bad';
  action?: { label: string; run: () => void };
}

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners)
    listener();
}

/** Says something in the corner. */
export function toast(text: string, { tone = 'ok', action, lasts = 5_000 }: Partial<Pick<Toast, 'tone' | 'action'>> & { lasts?: number } = {}): number {
  const id = ++last;
  set([...toasts.slice(-3), { id, text, tone, action }]);
  setTimeout(() => dismiss(id), tone === 'bad' ? Math.max(lasts, 8_000) : lasts);
  return id;
}

export function dismiss(id: number) {
  set(toasts.filter(one => one.id !== id));
}

export const tellFailure = (error: Error) => void toast(error.message, { tone: 'bad' });

export function Toasts() {
  const shown = useSyncExternalStore(listener => (listeners.add(listener), () => listeners.delete(listener)), () => toasts);
  return (
    <div aria-live="polite" className="pointer-events-none fixed inset-x-3 bottom-20 z-50 grid justify-items-center gap-2">
      {shown.map(one => (
        <div key={one.id} role={one.tone === 'bad' ? 'alert' : undefined}
          className="pointer-events-auto flex max-w-lg items-center gap-2 rounded-[10px] bg-ink py-1.5 pr-1.5 pl-3.5 text-sm text-ink-text shadow-float">
          <Icon name={one.tone === 'ok' ? 'check' : 'alert'} size={14} />
          <span className="py-1">{one.text}</span>
          {one.action && (
            <button type="button" className="rounded-md px-2 py-1 font-semibold underline underline-offset-2 hover:no-underline focus-visible:outline-current" onClick={() => (dismiss(one.id), one.action?.run())}>
              {one.action.label}
            </button>
          )}
          <IconButton icon="cross" label={t.close} className={cx('size-7! text-current! opacity-70 hover:bg-transparent! hover:opacity-100')} onClick={() => dismiss(one.id)} />
        </div>
      ))}
    </div>
  );
}
