import { useEffect, useRef } from 'react';

/** Whether a key belongs to a field or a dialog that has the focus, or to the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return event.ctrlKey || event.metaKey || event.altKey || target.isContentEditable
    || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && (target as HTMLInputElement).type !== 'checkbox'
    || target.closest('dialog, [role=menu]') !== null;
}

/** Runs what a key stands for, wherever on the page it is pressed, but while somebody types. */
export function useShortcuts(keys: Record<string, (event: KeyboardEvent) => void>) {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || event.defaultPrevented)
        return;
      // Enter and space belong to whatever button or link has the focus.
      if ((event.key === 'Enter' || event.key === ' ') && (event.target as HTMLElement).closest('button, a, summary'))
        return;
      const run = latest.current[event.key];
      if (run) {
        event.preventDefault();
        run(event);
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
