import { useSyncExternalStore } from 'react';

function watching(query: string) {
  const list = matchMedia(query);
  return [
    (changed: () => void) => {
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => list.matches,
  ] as const;
}

const narrow = watching('(width < 40rem)');

/** Whether the page is as narrow as a phone, where a row of columns does not fit. */
export const useIsNarrow = () => useSyncExternalStore(...narrow);
