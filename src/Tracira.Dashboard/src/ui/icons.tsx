import type { ReactNode } from 'react';

// One hand: 16 by 16, strokes of 1.5, round ends.
const shapes = {
  overview: <><path d="M2.5 13.5h11" /><path d="M4.5 11V7.5M8 11V3.5M11.5 11V6" /></>,
  queue: <><path d="M2.5 4.5 4 6l2.5-3" /><path d="M9 4.5h4.5M9 11.5h4.5" /><path d="M2.5 11.5 4 13l2.5-3" /></>,
  logs: <path d="M2.5 4h11M2.5 8h11M2.5 12h7" />,
  rules: <><path d="M8 1.8 13.2 4v4c0 3-2.2 5.2-5.2 6.2C5 13.2 2.8 11 2.8 8V4Z" /><path d="m5.8 8 1.6 1.600L10.4 6.5" /></>,
  projects: <path d="M1.8 4.500c0-.8.6-1.3 1.3-1.300h3l1.5 1.600h5.300c.8 0 1.3.6 1.3 1.300v5.600c0 .8-.6 1.3-1.3 1.300H3.100c-.7 0-1.3-.5-1.3-1.300Z" />,
  deliveries: <path d="m2 7.5 12-5-4.5 11.5-2.3-4.700Z" />,
  settings: <><path d="M2 4.500h6M12 4.500h2M2 11.500h2M8 11.500h6" /><circle cx="10" cy="4.5" r="1.8" /><circle cx="6" cy="11.5" r="1.8" /></>,
  check: <path d="m3 8.5 3.2 3.200L13 4.8" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  note: <path d="M11 2.5 13.5 5l-7.7 7.7-3.2.7.7-3.200Z" />,
  more: <><circle cx="3.5" cy="8" r=".6" /><circle cx="8" cy="8" r=".6" /><circle cx="12.5" cy="8" r=".6" /></>,
  search: <><circle cx="7" cy="7" r="4.3" /><path d="m10.3 10.3 3.2 3.2" /></>,
  plus: <path d="M8 3v10M3 8h10" />,
  down: <path d="m4 6 4 4 4-4" />,
  right: <path d="m6 4 4 4-4 4" />,
  left: <path d="m10 4-4 4 4 4" />,
  copy: <><rect x="5.5" y="5.5" width="8" height="8" rx="1.5" /><path d="M10.5 3.500v-.2c0-.5-.4-.8-.8-.8H3.300c-.4 0-.8.3-.8.8v6.400c0 .4.4.8.8.8h.2" /></>,
  eye: <><path d="M1.5 8S3.8 3.5 8 3.5 14.5 8 14.5 8 12.2 12.5 8 12.5 1.5 8 1.5 8Z" /><circle cx="8" cy="8" r="1.9" /></>,
  file: <><path d="M9.5 1.800H4.300c-.5 0-.8.4-.8.8v10.800c0 .5.3.8.8.8h7.400c.5 0 .8-.3.8-.8V4.800Z" /><path d="M9.5 1.800v3h3" /></>,
  sun: <><circle cx="8" cy="8" r="2.8" /><path d="M8 1.500v1.300M8 13.200v1.300M1.5 8h1.300M13.2 8h1.300M3.4 3.400l.9.9M11.7 11.700l.9.9M12.6 3.400l-.9.9M4.3 11.700l-.9.9" /></>,
  moon: <path d="M13.5 9.500A5.8 5.8 0 0 1 6.5 2.500a5.8 5.8 0 1 0 7 7Z" />,
  out: <><path d="M6 2.500H3.500c-.6 0-1 .4-1 1v9c0 .6.4 1 1 1H6" /><path d="M10.5 11 13.5 8l-3-3M13.5 8H6" /></>,
  download: <><path d="M8 2.500V10M5 7.2 8 10.200l3-3" /><path d="M2.5 13.500h11" /></>,
  columns: <><rect x="2" y="2.5" width="12" height="11" rx="1.5" /><path d="M6 2.500v11M10 2.500v11" /></>,
  bookmark: <path d="M4 2.500h8v11l-4-3-4 3Z" />,
  replay: <><path d="M3 8a5 5 0 1 0 1.6-3.7" /><path d="M2.5 2.300v2.900h2.9" /></>,
  trash: <><path d="M2.5 4.500h11M6 4.500v-2h4v2M4 4.500l.6 8.200c0 .5.4.8.9.8h5c.5 0 .9-.3.9-.8l.6-8.2" /></>,
  alert: <><path d="M8 2 14.5 13.500h-13Z" /><path d="M8 6.500v3M8 11.500v.1" /></>,
  clock: <><circle cx="8" cy="8" r="5.8" /><path d="M8 4.800V8l2.2 1.5" /></>,
  user: <><circle cx="8" cy="5.3" r="2.6" /><path d="M2.8 13.500c.6-2.6 2.7-4 5.2-4s4.6 1.4 5.2 4" /></>,
  filter: <path d="M2 3.500h12L9.5 8.500v4l-3 1.500V8.500Z" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 16, className = '' }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      aria-hidden="true" width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5"
      strokeLinecap="round" strokeLinejoin="round" className={`shrink-0 ${className}`}
    >
      {shapes[name]}
    </svg>
  );
}

/** The mark: a trace that goes through a gate. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" className="shrink-0">
      <rect width="32" height="32" rx="8" fill="#23306b" />
      <path d="M5 19h5l3-8 4 13 3-9h7" fill="none" stroke="#fff" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
