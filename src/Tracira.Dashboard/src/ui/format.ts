import { t } from '../text';

const number = new Intl.NumberFormat('en');
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });

const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

export const count = (value: number) => number.format(value);
export const exactTime = (iso: string) => moment.format(new Date(iso));
export const clockTime = (iso: string) => clock.format(new Date(iso));
export const shortDay = (date: Date) => day.format(date);

/** How long ago, as one says it: "5m ago"; older than a month: the date. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.round((now - Date.parse(iso)) / 1000);
  if (Math.abs(seconds) < 60)
    return seconds < 0 ? t.time.soon : t.time.now;
  if (Math.abs(seconds) > 30 * 86_400)
    return day.format(new Date(iso));
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length)
      return relative.format(-Math.trunc(seconds / length), unit);
  }
  return t.time.now;
}

/** A stretch of time in its largest unit. */
export function age(milliseconds: number): string {
  const minutes = Math.max(0, milliseconds) / 60_000;
  return minutes < 60 ? t.time.minutes(Math.round(minutes)) : minutes < 48 * 60 ? t.time.hours(Math.round(minutes / 60)) : t.time.days(Math.round(minutes / 1_440));
}

export function latency(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}

export function dollars(value: number): string {
  const digits = value === 0 || value >= 1 ? 2 : value >= 0.01 ? 3 : 5;
  return `$${new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: digits }).format(value)}`;
}

export const percent = (share: number, digits = 0) => `${(share * 100).toFixed(digits)}%`;

export function bytes(size: number): string {
  if (size < 1_024)
    return `${size} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length, Math.floor(Math.log2(size) / 10));
  const value = size / 1_024 ** step;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[step - 1]}`;
}
