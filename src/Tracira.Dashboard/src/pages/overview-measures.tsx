import { lazy, Suspense, useMemo, useState } from 'react';
import type { Schemas } from '../api/client';
import { t } from '../text';
import { Loading, Panel, Tabs } from '../ui/basics';
import { count, dollars, latency } from '../ui/format';
import { Change } from './overview-change';

const Lines = lazy(() => import('../ui/lines').then(module => ({ default: module.Lines })));
const mostLines = 5;

type Measures = Schemas['StatsMeasures'];

interface Row {
  key: string;
  name: string;
  logs: number;
  now: Measures;
  before: Measures;
  days: readonly Schemas['StatsPoint'][];
}

const measures = {
  latency: { of: (one: Measures) => one.meanLatencyMs ?? null, format: latency },
  cost: { of: (one: Measures) => (one.priced > 0 ? one.costUsd : null), format: dollars },
};

/** How long models take and what they cost, over time, by model or by project. */
export function MeasuresPanel({ stats }: { stats: Schemas['StatsAnswer'] }) {
  const o = t.overview;
  const [what, setWhat] = useState<keyof typeof measures>('latency');
  const [by, setBy] = useState<'models' | 'projects'>('models');
  const rows = useMemo<Row[]>(() => (by === 'models'
    ? stats.models.map(one => ({ key: one.model ?? (one.isOthers ? '*' : ''), name: one.model ?? (one.isOthers ? o.otherModels : o.noModel), logs: one.logs, now: one.measures, before: one.measuresBefore, days: one.days ?? [] }))
    : stats.projects.map(one => ({ key: one.id, name: one.name, logs: one.counts.logs, now: one.measures, before: one.measuresBefore, days: one.days ?? [] }))
  ).filter(row => row.now.timed > 0 || row.now.priced > 0), [stats, by, o]);
  const names = useMemo(() => stats.days.map(one => one.day), [stats]);
  const lines = useMemo(() => rows.slice(0, mostLines).map(row => {
    const values = new Map(row.days.map(point => [point.day, measures[what].of(point.measures)]));
    return { key: row.key, name: row.name, values: names.map(day => values.get(day) ?? (what === 'cost' ? 0 : null)) };
  }), [rows, names, what]);
  return (
    <Panel title={o.measures} action={
      <span className="flex flex-wrap justify-end gap-2">
        <Tabs label={o.measure} value={what} onChange={setWhat} options={[['latency', o.latency], ['cost', o.cost]]} />
        <Tabs label={o.by} value={by} onChange={setBy} options={[['models', o.byModel], ['projects', o.byProject]]} />
      </span>
    }>
      {rows.length === 0 ? <p className="px-4 py-4 text-sm text-muted">{o.noMeasures}</p> : (
        <>
          <Suspense fallback={<Loading rows={4} />}><Lines days={names} lines={lines} format={measures[what].format} /></Suspense>
          <div className="overflow-x-auto border-t border-line" tabIndex={0} role="region" aria-label={o.measures}>
            <table className="w-full text-right text-sm tabular-nums">
              <thead className="text-xs text-muted">
                <tr className="[&>th]:px-4 [&>th]:py-2 [&>th]:font-normal">
                  <th className="text-left">{by === 'models' ? o.model : o.project}</th><th className="max-sm:hidden">{o.volume}</th><th>{o.mean}</th><th className="max-sm:hidden">{o.p95}</th><th>{o.cost}</th><th className="max-sm:hidden">{o.each}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(row => (
                  <tr key={row.key} className="border-t border-line [&>td]:px-4 [&>td]:py-2">
                    <td className="max-w-44 truncate text-left font-medium">{row.name}</td>
                    <td className="max-sm:hidden">{count(row.logs)}</td>
                    <td>{row.now.meanLatencyMs === undefined ? o.unknown : latency(row.now.meanLatencyMs)} <Change now={row.now.meanLatencyMs} was={row.before.meanLatencyMs} isShare good="down" short /></td>
                    <td className="max-sm:hidden">{row.now.p95LatencyMs === undefined ? o.unknown : `≈ ${latency(row.now.p95LatencyMs)}`}</td>
                    <td>{row.now.priced === 0 ? o.unknown : dollars(row.now.costUsd)} <Change now={row.now.costUsd} was={row.before.costUsd} isShare short /></td>
                    <td className="max-sm:hidden">{row.now.priced === 0 ? o.unknown : dollars(row.now.costUsd / row.now.priced)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Panel>
  );
}
