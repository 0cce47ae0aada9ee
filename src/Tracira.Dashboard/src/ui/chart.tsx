import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Schemas } from '../api/client';
import { t } from '../text';
import { count, shortDay } from './format';
import { useIsDark } from './theme';

const series = ['error', 'flagged', 'pass'] as const;
const colours = { error: '--chart-bad', flagged: '--chart-warn', pass: '--chart-ok' };

/** Outputs per day, one bar a day, its statuses on top of each other. The numbers stand beside it for those who cannot see it. */
export function Chart({ days }: { days: readonly Schemas['StatsDay'][] }) {
  const host = useRef<HTMLDivElement>(null);
  const dark = useIsDark();
  const [at, setAt] = useState<number | null>(null);

  useEffect(() => {
    const element = host.current!;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const font = `11px ${style.fontFamily || 'sans-serif'}`;
    const sums: number[][] = [];
    let below = days.map(() => 0);
    for (const name of series) {
      below = days.map((day, i) => below[i]! + day.counts[name]);
      sums.push(below);
    }
    const axis = { font, stroke: colour('--muted'), ticks: { show: false }, grid: { stroke: colour('--line'), width: 1 } };
    const plot = new uPlot({
      width: Math.max(element.clientWidth, 120), height: 230, padding: [14, 12, 0, 0], legend: { show: false },
      cursor: { y: false, points: { show: false } },
      scales: { x: { time: false, range: [-0.6, days.length - 0.4] }, y: { range: (_, __, max) => [0, Math.max(4, max * 1.08)] } },
      axes: [
        { ...axis, size: 30, grid: { show: false }, splits: () => everyNth(days.length, element.clientWidth), values: (_, splits) => splits.map(i => (days[i] ? shortDay(new Date(`${days[i].day}T12:00:00Z`)) : '')) },
        { ...axis, size: 44, values: (_, splits) => splits.map(value => (Number.isInteger(value) ? count(value) : '')) },
      ],
      // The tallest is drawn first, so that the shorter ones lie on it.
      series: [{}, ...[...series].reverse().map(name => ({
        fill: colour(colours[name]), width: 0, points: { show: false }, paths: uPlot.paths.bars!({ size: [0.72, 36], radius: name === 'pass' ? 0.12 : 0 }),
      }))],
      hooks: { setCursor: [plot => setAt(plot.cursor.idx ?? null)] },
    }, [days.map((_, i) => i), ...[...sums].reverse()], element);
    const observer = new ResizeObserver(() => plot.setSize({ width: Math.max(element.clientWidth, 120), height: 230 }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [days, dark]);

  const shown = at === null ? undefined : days[at];
  return (
    <figure className="px-3 pb-2">
      <figcaption className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-1 pt-2 text-xs text-muted">
        {[...series].reverse().map(name => (
          <span key={name} className="inline-flex items-center gap-1.5"><i className={`size-2 rounded-[2px] ${{ pass: 'bg-chart-ok', flagged: 'bg-chart-warn', error: 'bg-chart-bad' }[name]}`} />{t.status[name]}{shown && <b className="font-medium text-text tabular-nums">{count(shown.counts[name])}</b>}</span>
        ))}
        <span className="ml-auto">{shown ? `${shown.day}${shown.counts.passRate === undefined ? '' : ` · ${shown.counts.passRate}%`}` : t.overview.chartHint}</span>
      </figcaption>
      <div ref={host} aria-hidden="true" />
    </figure>
  );
}

function everyNth(days: number, width: number): number[] {
  const step = Math.max(1, Math.ceil(days / Math.max(2, Math.floor(width / 70))));
  return Array.from({ length: Math.ceil(days / step) }, (_, i) => days - 1 - i * step).reverse();
}
