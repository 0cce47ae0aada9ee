import { type RefObject, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { shortDay } from './format';
import { useIsDark } from './theme';

export interface Plot {
  series: uPlot.Series[];
  data: (number | null)[][];
  /** The ends of the upward axis, given the largest value. */
  top: (largest: number) => number;
  label: (value: number) => string;
  /** Room beside the first day and the last, in days. */
  margin: number;
}

/** A chart over days in the element that the reference is given to, and the number of the day under the pointer. */
export function usePlot(days: readonly string[], height: number, make: (colour: (name: string) => string) => Plot): [host: RefObject<HTMLDivElement | null>, at: number | null] {
  const host = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const dark = useIsDark();

  useEffect(() => {
    const element = host.current!;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const { series, data, top, label, margin } = make(colour);
    const axis = { font: `11px ${getComputedStyle(document.body).fontFamily}`, stroke: colour('--muted'), ticks: { show: false }, grid: { stroke: colour('--line'), width: 1 } };
    const width = () => Math.max(element.clientWidth, 120);
    const plot = new uPlot({
      width: width(), height, padding: [14, 14, 0, 0], legend: { show: false }, cursor: { y: false, points: { show: false } },
      scales: { x: { time: false, range: [-margin, days.length - 1 + margin] }, y: { range: (_, __, largest) => [0, top(largest ?? 0)] } },
      axes: [
        { ...axis, size: 30, grid: { show: false }, splits: () => everyNth(days.length, width()), values: (_, splits) => splits.map(i => (days[i] ? shortDay(new Date(`${days[i]}T12:00:00Z`)) : '')) },
        { ...axis, size: 52, values: (_, splits) => splits.map(label) },
      ],
      series: [{}, ...series],
      hooks: { setCursor: [plot => setAt(plot.cursor.idx ?? null)] },
    }, [days.map((_, i) => i), ...data], element);
    const observer = new ResizeObserver(() => plot.setSize({ width: width(), height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [days, height, make, dark]);
  return [host, at];
}

function everyNth(days: number, width: number): number[] {
  const step = Math.max(1, Math.ceil(days / Math.max(2, Math.floor(width / 70))));
  return Array.from({ length: Math.ceil(days / step) }, (_, i) => days - 1 - i * step).reverse();
}
