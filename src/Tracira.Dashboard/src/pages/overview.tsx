import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { api, type Schemas } from '../api/client';
import { projectsQuery } from '../queries';
import { mayManage, useMe } from '../session';
import { t } from '../text';
import { buttonClass, cx, Empty, Failure, Loading, PageHead, Panel, Tabs } from '../ui/basics';
import { age, count, percent } from '../ui/format';
import { Change } from './overview-change';
import { MeasuresPanel } from './overview-measures';

const Chart = lazy(() => import('../ui/chart').then(module => ({ default: module.Chart })));

export function OverviewPage() {
  const { days = '30', project, from, to } = useSearch({ from: '/shell/overview' });
  const navigate = useNavigate({ from: '/overview' });
  const { data: projects } = useQuery(projectsQuery);
  const isCustom = days === 'custom';
  const range = isCustom ? { from: from ?? new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10), to: to ?? new Date().toISOString().slice(0, 10) } : { days };
  const stats = useQuery({
    queryKey: ['stats', range, project],
    queryFn: ({ signal }) => api.get('/api/stats', { query: { ...range, project }, signal }),
    placeholderData: keepPreviousData,
  });
  const o = t.overview;
  return (
    <div className="mx-auto max-w-6xl pb-10">
      <PageHead title={o.title} action={<>
        <select aria-label={o.project} className="control w-auto!" value={project ?? ''} onChange={event => void navigate({ search: was => ({ ...was, project: event.target.value || undefined }), replace: true })}>
          <option value="">{o.allProjects}</option>{projects?.map(one => <option key={one.id}>{one.name}</option>)}
        </select>
        <Tabs label={o.range} value={days} onChange={next => void navigate({ search: was => ({ ...was, days: next }), replace: true })} options={Object.entries(o.ranges)} />
        {isCustom && (['from', 'to'] as const).map(name => (
          <input key={name} type="date" aria-label={t.list[name]} className="control w-auto!" value={range[name]} onChange={event => event.target.value && void navigate({ search: was => ({ ...was, [name]: event.target.value }), replace: true })} />
        ))}
      </>}>{o.compared}</PageHead>
      {stats.error ? <Failure error={stats.error} onRetry={() => void stats.refetch()} />
        : !stats.data ? <Loading rows={10} />
        : <div className={cx('px-5 transition-opacity lg:px-8', stats.isPlaceholderData && 'opacity-60')}><Numbers stats={stats.data} /></div>}
    </div>
  );
}

function Numbers({ stats }: { stats: Schemas['StatsAnswer'] }) {
  const me = useMe();
  const o = t.overview;
  const { total, before } = stats;
  if (total.logs === 0 && stats.openReviews === 0)
    return <Empty icon="overview" title={o.none} action={<Link to="/start" className={buttonClass()}>{t.queue.firstAction}</Link>}>{o.noneHint}</Empty>;
  return (
    <div className="grid grid-cols-1 gap-4">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line lg:grid-cols-4">
        <Tile label={o.passRate} value={total.passRate === undefined ? '–' : `${total.passRate}%`} note={<Change now={total.passRate} was={before.passRate} unit={o.points} good="up" />} />
        <Tile label={o.volume} value={count(total.logs)} note={<Change now={total.logs} was={before.logs} isShare />} />
        <Tile label={o.open} value={<Link to="/queue" className="rounded hover:underline">{count(stats.openReviews)}</Link>} note={stats.oldestOpenReview ? o.oldest(age(Date.now() - Date.parse(stats.oldestOpenReview))) : '\u00a0'} />
        <Tile label={o.incidents} hint={o.incidentsHint} value={count(stats.heldBack)} note={
          stats.savedUsd !== undefined ? o.saved(`$${count(Math.round(stats.savedUsd))}`)
            : mayManage(me) ? <Link to="/settings/$section" params={{ section: 'general' }} className="rounded underline">{o.setCost}</Link> : <Change now={stats.heldBack} was={stats.heldBackBefore} />} />
      </dl>
      <Panel title={o.chart}><Suspense fallback={<Loading rows={4} />}><Chart days={stats.days} /></Suspense></Panel>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title={o.byProject}>
          <Bars rows={stats.projects.map(one => ({
            key: one.id, label: one.name, value: one.counts.logs, note: one.counts.passRate === undefined ? '' : `${one.counts.passRate}%`,
            change: <Change now={one.counts.passRate} was={one.before.passRate} unit={o.points} good="up" short />, to: { to: '/logs', search: { project: one.name } } as const,
          }))} />
        </Panel>
        <Panel title={o.byRule}>
          <Bars rows={stats.rules.map(one => ({
            key: one.ruleId, label: one.name, value: one.hits, note: one.decided > 0 ? o.confirmed(percent(one.confirmed / one.decided)) : '', change: <Change now={one.hits} was={one.hitsBefore} isShare short />,
            to: { to: '/rules/$id', params: { id: one.ruleId } } as const,
          }))} />
        </Panel>
      </div>
      <MeasuresPanel stats={stats} />
      <details className="text-sm">
        <summary className="w-fit rounded text-muted">{o.table}</summary>
        <div className="mt-2 overflow-x-auto rounded-xl border border-line bg-surface">
          <table className="w-full text-right tabular-nums">
            <thead className="text-xs text-muted"><tr className="[&>th]:px-4 [&>th]:py-2 [&>th]:font-normal"><th className="text-left">{o.day}</th>{(['pass', 'flagged', 'error', 'pending'] as const).map(one => <th key={one}>{t.status[one]}</th>)}<th>{o.passRate}</th></tr></thead>
            <tbody>
              {[...stats.days].reverse().map(({ day, counts }) => (
                <tr key={day} className="border-t border-line [&>td]:px-4 [&>td]:py-1.5"><td className="text-left">{day}</td>{(['pass', 'flagged', 'error', 'pending'] as const).map(one => <td key={one}>{count(counts[one])}</td>)}<td>{counts.passRate === undefined ? '–' : `${counts.passRate}%`}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

function Tile({ label, value, note, hint }: { label: string; value: ReactNode; note?: ReactNode; hint?: string }) {
  return (
    <div className="bg-surface px-4 py-3.5" title={hint}>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="mt-1 text-[1.75rem] leading-8 font-semibold tracking-tight tabular-nums">{value}</dd>
      <dd className="mt-0.5 text-xs text-muted">{note}</dd>
    </div>
  );
}

interface BarRow {
  key: string;
  label: string;
  value: number;
  note?: string;
  change?: ReactNode;
  to: { to: '/logs'; search: { project: string } } | { to: '/rules/$id'; params: { id: string } };
}

function Bars({ rows }: { rows: BarRow[] }) {
  const most = Math.max(1, ...rows.map(row => row.value));
  if (rows.length === 0)
    return <p className="px-4 py-4 text-sm text-muted">{t.none}.</p>;
  return (
    <ul className="p-2">
      {rows.slice(0, 12).map(row => (
        <li key={row.key}>
          <Link {...row.to} className="relative flex items-center gap-3 overflow-hidden rounded-[7px] px-2.5 py-1.5 text-sm hover:bg-hover">
            <span aria-hidden="true" className="absolute inset-y-1 left-0 rounded-[5px] bg-accent-soft" style={{ width: percent(row.value / most, 1) }} />
            <span className="relative min-w-0 flex-1 truncate">{row.label}</span>
            <span className="relative flex items-center gap-2 text-xs text-muted tabular-nums"><span className="max-sm:hidden">{row.note}</span>{row.change && <span className="flex w-16 justify-end">{row.change}</span>}</span>
            <span className="relative w-14 text-right font-medium tabular-nums">{count(row.value)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
