import { useCallback } from 'react';
import { t } from '../text';
import { type Plot, usePlot } from './plot';

export interface Line {
  key: string;
  name: string;
  /** A value for each day; null where there is none. */
  values: (number | null)[];
}

// Whoever cannot tell the colours apart has the dashes, and the table below.
const dashes = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 4]];
export const swatches = ['bg-chart-1', 'bg-chart-2', 'bg-chart-3', 'bg-chart-4', 'bg-chart-5'];
export const mostLines = swatches.length;

/** Some values over days, a line each. */
export function Lines({ days, lines, format }: { days: readonly string[]; lines: readonly Line[]; format: (value: number) => string }) {
  const make = useCallback((colour: (name: string) => string): Plot => ({
    series: lines.map((_, i) => ({
      stroke: colour(`--chart-${i + 1}`), width: 2, dash: dashes[i], spanGaps: true, points: { show: days.length < 15, size: 5 },
    })),
    data: lines.map(line => line.values), margin: 0.3, top: largest => (largest > 0 ? largest * 1.1 : 1), label: format,
  }), [days.length, lines, format]);
  const [host, at] = usePlot(days, 210, make);
  return (
    <figure className="px-3 pb-2">
      <figcaption className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-1 pt-2 text-xs text-muted">
        {lines.map((line, i) => {
          const value = at === null ? null : line.values[at];
          return <span key={line.key} className="inline-flex max-w-52 items-center gap-1.5"><i className={`h-0.5 w-3 shrink-0 rounded-full ${swatches[i]}`} /><span className="truncate">{line.name}</span>{value != null && <b className="font-medium text-text tabular-nums">{format(value)}</b>}</span>;
        })}
        <span className="ml-auto">{at === null ? t.overview.days : days[at]}</span>
      </figcaption>
      <div ref={host} aria-hidden="true" />
    </figure>
  );
}
