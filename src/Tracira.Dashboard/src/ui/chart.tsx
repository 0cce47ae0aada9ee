import { useCallback, useMemo } from 'react';
import uPlot from 'uplot';
import type { Schemas } from '../api/client';
import { t } from '../text';
import { count } from './format';
import { type Plot, usePlot } from './plot';

const series = ['error', 'flagged', 'pass'] as const;
const colours = { error: '--chart-bad', flagged: '--chart-warn', pass: '--chart-ok' };
const swatches = { pass: 'bg-chart-ok', flagged: 'bg-chart-warn', error: 'bg-chart-bad' };

/** Outputs per day, one bar a day, its statuses on top of each other. The numbers stand beside it for those who cannot see it. */
export function Chart({ days }: { days: readonly Schemas['StatsDay'][] }) {
  const names = useMemo(() => days.map(one => one.day), [days]);
  const make = useCallback((colour: (name: string) => string): Plot => {
    const sums: number[][] = [];
    let below = days.map(() => 0);
    for (const name of series) {
      below = days.map((day, i) => below[i]! + day.counts[name]);
      sums.push(below);
    }
    return {
      // The tallest is drawn first, so that the shorter ones lie on it.
      series: [...series].reverse().map(name => ({
        fill: colour(colours[name]), width: 0, points: { show: false }, paths: uPlot.paths.bars!({ size: [0.72, 36], radius: name === 'pass' ? 0.12 : 0 }),
      })),
      data: sums.reverse(), margin: 0.6, top: largest => Math.max(4, largest * 1.08), label: value => (Number.isInteger(value) ? count(value) : ''),
    };
  }, [days]);
  const [host, at] = usePlot(names, 230, make);
  const shown = at === null ? undefined : days[at];
  return (
    <figure className="px-3 pb-2">
      <figcaption className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-1 pt-2 text-xs text-muted">
        {[...series].reverse().map(name => (
          <span key={name} className="inline-flex items-center gap-1.5"><i className={`size-2 rounded-[2px] ${swatches[name]}`} />{t.status[name]}{shown && <b className="font-medium text-text tabular-nums">{count(shown.counts[name])}</b>}</span>
        ))}
        <span className="ml-auto">{shown ? `${shown.day}${shown.counts.passRate === undefined ? '' : ` · ${shown.counts.passRate}%`}` : t.overview.chartHint}</span>
      </figcaption>
      <div ref={host} aria-hidden="true" />
    </figure>
  );
}
