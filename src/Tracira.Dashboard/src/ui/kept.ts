import { useState } from 'react';

/** A choice that this browser keeps. */
export function useKept<T>(name: string, otherwise: T): [T, (value: T) => void] {
  const key = `tracira.${name}`;
  const [value, setValue] = useState<T>(() => {
    try {
      return (JSON.parse(localStorage.getItem(key) ?? 'null') as T | null) ?? otherwise;
    } catch {
      return otherwise;
    }
  });
  return [value, next => {
    localStorage.setItem(key, JSON.stringify(next));
    setValue(next);
  }];
}
