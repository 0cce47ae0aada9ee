import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Popover } from 'radix-ui';
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { address, type LogItem } from '../api/client';
import { logPageQuery, projectsQuery } from '../queries';
import { useMe } from '../session';
import { t } from '../text';
import { Button, buttonClass, cx, DecisionBadge, Empty, Failure, Field, IconButton, Loading, StatusBadge } from '../ui/basics';
import { ago, count, dollars, exactTime, latency } from '../ui/format';
import { Icon } from '../ui/icons';
import { useKept } from '../ui/kept';

const rowHeight = 36;
const pageSize = 100;

type Column = keyof typeof t.list.headings;

const widths: Record<Column, string> = {
  timestamp: '5rem', status: '6rem', decision: '9rem', projectName: '10rem', taskName: '8rem', output: 'minmax(14rem,3fr)', explanation: 'minmax(10rem,2fr)', model: '9rem',
  latencyMs: '5.5rem', costUsd: '5.5rem', sessionId: '10rem', subjectId: '10rem', actorId: '9rem', tags: '9rem',
};
const all = Object.keys(widths) as Column[];
const usual: Column[] = ['timestamp', 'status', 'projectName', 'output', 'explanation', 'model', 'latencyMs'];
const sortable = new Set<Column>(['timestamp', 'projectName', 'model', 'status', 'latencyMs', 'costUsd']);
const filters = ['status', 'pending', 'project', 'task', 'q', 'sessionId', 'subjectId', 'actorId', 'tags', 'from', 'to'] as const;
type Filter = (typeof filters)[number];

function cell(log: LogItem, column: Column): ReactNode {
  switch (column) {
    case 'timestamp': return <time dateTime={log.timestamp} title={exactTime(log.timestamp)} className="text-muted tabular-nums">{ago(log.timestamp)}</time>;
    case 'status': return <StatusBadge status={log.status} />;
    case 'decision': return log.humanDecision && <DecisionBadge decision={log.humanDecision} />;
    case 'output': return <span className="font-medium">{log.output.slice(0, 300)}</span>;
    case 'latencyMs': return log.latencyMs !== undefined && <span className="tabular-nums">{latency(log.latencyMs)}</span>;
    case 'costUsd': return log.costUsd !== undefined && <span className="tabular-nums">{dollars(log.costUsd)}</span>;
    case 'tags': return log.tags?.join(', ');
    default: return <span className="text-muted">{log[column]}</span>;
  }
}

// Browsers cannot make an element as tall as one likes; how tall this one can is found out once.
let tallest = 0;
function maxRows(): number {
  if (tallest === 0) {
    const probe = document.createElement('div');
    probe.style.cssText = 'position:absolute;visibility:hidden;width:1px;height:40000000px';
    document.body.append(probe);
    tallest = Math.max(1_000_000, probe.offsetHeight || probe.getBoundingClientRect().height) - 10_000;
    probe.remove();
  }
  return Math.floor(tallest / rowHeight);
}

export function LogsPage() {
  const search = useSearch({ from: '/shell/logs' });
  const navigate = useNavigate({ from: '/logs' });
  const [columns, setColumns] = useKept<Column[]>('columns', usual);
  const shown = all.filter(column => columns.includes(column));
  const query = useMemo(() => ({ ...search }), [search]);
  const first = useQuery(logPageQuery(query, 1));
  const set = (change: Partial<Record<string, string | undefined>>) => void navigate({ search: was => ({ ...was, ...change }), replace: true });
  const active = filters.filter(name => search[name]);

  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)]">
      <header className="border-b border-line px-4 pt-4 pb-3 lg:px-6">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="mr-2 text-base font-semibold">{t.list.title}</h1>
          <TextSearch key={search.text} text={search.text} onSearch={text => set({ text })} />
          <FilterButton search={search} onChange={set} active={active.length} />
          <ViewsButton search={search} />
          <ColumnsButton shown={columns} onChange={setColumns} />
          <ExportButton query={query} />
        </div>
        {active.length > 0 && (
          <ul className="mt-2.5 flex flex-wrap items-center gap-1.5" aria-label={t.list.filters}>
            {active.map(name => (
              <li key={name} className="inline-flex h-6 items-center gap-1 rounded-[6px] bg-accent-soft pr-0.5 pl-2 text-xs text-accent">
                {t.list[labels[name]] as string}{name !== 'pending' && <>: <b className="max-w-52 truncate font-semibold">{search[name]}</b></>}
                <IconButton icon="cross" label={`${t.remove}: ${t.list[labels[name]] as string}`} className="size-5! text-current!" onClick={() => set({ [name]: undefined })} />
              </li>
            ))}
            <li><Button small look="quiet" onClick={() => void navigate({ search: {}, replace: true })}>{t.list.clear}</Button></li>
          </ul>
        )}
        <p className="mt-2 text-xs text-muted" aria-live="polite">
          {first.data && <>{t.list.total(first.data.total)} · {t.list.passRate(first.data.summary.successRate)} · {count(first.data.summary.pendingReviews)} {t.list.waits(first.data.summary.pendingReviews).replace(/^[\d,]+ /, '')}</>}
          {first.data?.search && !first.data.search.complete && <> · {t.list.cut(first.data.search.searched)}{' '}
            <button type="button" className="font-medium text-accent underline" onClick={() => set({ to: first.data.search?.reached })}>{t.list.older}</button></>}
          {first.isFetching && !first.data && t.loading}
          {'\u00a0'}
        </p>
      </header>
      {first.error ? <Failure error={first.error} onRetry={() => void first.refetch()} />
        : !first.data ? <Loading rows={12} />
        : first.data.total === 0 ? <Empty icon="search" title={t.list.empty} action={active.length > 0 || search.text ? <Button onClick={() => void navigate({ search: {} })}>{t.list.clear}</Button> : <Link to="/start" className={buttonClass('primary')}>{t.queue.firstAction}</Link>}>{t.list.emptyHint}</Empty>
        : <Table query={query} total={first.data.total} columns={shown} sortBy={(search.sortBy ?? 'timestamp') as Column} descending={search.sortDir !== 'asc'}
            onSort={column => set({ sortBy: column === 'timestamp' ? undefined : column, sortDir: (search.sortBy ?? 'timestamp') === column && search.sortDir !== 'asc' ? 'asc' : undefined })} />}
    </div>
  );
}

const labels: Record<Filter, keyof typeof t.list> = {
  status: 'status', pending: 'pending', project: 'project', task: 'task', q: 'q', sessionId: 'session', subjectId: 'subject', actorId: 'actor', tags: 'tags', from: 'from', to: 'to',
};

interface TableProps {
  query: Record<string, string | undefined>;
  total: number;
  columns: readonly Column[];
  sortBy: Column;
  descending: boolean;
  onSort: (column: Column) => void;
}

/** However many logs there are: only the rows in sight are made, and only the pages they are on are asked for. */
function Table({ query, total, columns, sortBy, descending, onSort }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const rowsShown = Math.min(total, maxRows());
  const rows = useVirtualizer({ count: rowsShown, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  const items = rows.getVirtualItems();
  const template = columns.map(column => widths[column]).join(' ');
  const [settled, setSettled] = useState<readonly number[]>([1]);
  const from = Math.floor((items[0]?.index ?? 0) / pageSize) + 1;
  const to = Math.floor((items.at(-1)?.index ?? 0) / pageSize) + 1;

  // While somebody drags the scrollbar past a thousand pages none of them is asked for.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(Array.from({ length: to - from + 1 }, (_, i) => from + i)), 60);
    return () => clearTimeout(timer);
  }, [from, to]);

  const pages = useQueries({ queries: settled.map(page => logPageQuery(query, page)) });
  const logs = new Map<number, LogItem>();
  pages.forEach(page => page.data?.executions.forEach((log, i) => logs.set((page.data.page - 1) * pageSize + i, log)));
  const [at, setAt] = useState(-1);

  function press(event: React.KeyboardEvent) {
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.min(Math.max(at + step, 0), rowsShown - 1);
      setAt(next);
      rows.scrollToIndex(next);
    } else if (event.key === 'Enter' && logs.get(at)) {
      void navigate({ to: '/logs/$id', params: { id: logs.get(at)!.id } });
    }
  }

  return (
    <div ref={scroller} className="min-h-0 overflow-auto" tabIndex={0} role="region" aria-label={t.list.rows} onKeyDown={press}>
      <div role="table" aria-label={t.list.title} aria-rowcount={total} className="w-max min-w-full text-sm">
        <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-bg">
          <div role="row" className="grid h-8 items-center gap-x-3 px-4 text-xs text-muted lg:px-6" style={{ gridTemplateColumns: template }}>
            {columns.map(column => (
              <div key={column} role="columnheader" aria-sort={sortBy === column ? (descending ? 'descending' : 'ascending') : undefined}>
                {sortable.has(column)
                  ? <button type="button" className="inline-flex items-center gap-1 rounded hover:text-text" onClick={() => onSort(column)} title={t.list.sortBy(t.list.headings[column])}>
                      {t.list.headings[column]} {sortBy === column && <Icon name="down" size={11} className={descending ? '' : 'rotate-180'} />}
                    </button>
                  : t.list.headings[column]}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
          {items.map(row => {
            const log = logs.get(row.index);
            return (
              <div key={row.key} role="row" aria-rowindex={row.index + 2} style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${row.start}px)` }}
                className={cx('absolute inset-x-0 grid items-center gap-x-3 border-b border-line px-4 lg:px-6', row.index === at ? 'bg-accent-soft' : 'hover:bg-hover')}>
                {log ? columns.map(column => (
                  <div key={column} role="cell" className="min-w-0 truncate">
                    {column === 'output'
                      ? <Link to="/logs/$id" params={{ id: log.id }} className="rounded outline-offset-0 after:absolute after:inset-0">{cell(log, column) || '—'}</Link>
                      : cell(log, column)}
                  </div>
                )) : <div role="cell" className="col-span-full"><div className="h-3 w-2/3 animate-pulse rounded bg-sunken" /></div>}
              </div>
            );
          })}
        </div>
      </div>
      {rowsShown < total && <p className="px-6 py-3 text-sm text-muted">{t.list.capped(rowsShown)}</p>}
    </div>
  );
}

function TextSearch({ text, onSearch }: { text?: string; onSearch: (text?: string) => void }) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onSearch((new FormData(event.currentTarget).get('text') as string).trim() || undefined);
  }
  return (
    <form role="search" className="relative min-w-44 flex-1 sm:max-w-sm" onSubmit={submit}>
      <Icon name="search" className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" size={14} />
      <input id="log-search" name="text" type="search" aria-label={t.list.search} placeholder={t.list.search} defaultValue={text} className="control pl-8!" maxLength={500}
        onChange={event => event.target.value === '' && text && onSearch(undefined)} />
    </form>
  );
}

const popover = 'z-40 w-80 max-w-[calc(100vw-1.5rem)] rounded-[10px] border border-line bg-surface p-3.5 shadow-float';

function Pop({ label, icon, badge, children }: { label: string; icon: 'filter' | 'bookmark' | 'columns' | 'download'; badge?: number; children: ReactNode }) {
  return (
    <Popover.Root>
      <Popover.Trigger className={buttonClass()}><Icon name={icon} /><span className="max-sm:sr-only">{label}</span>{badge ? <span className="rounded bg-accent-soft px-1 text-xs text-accent">{badge}</span> : null}</Popover.Trigger>
      <Popover.Portal><Popover.Content align="end" sideOffset={6} className={popover} aria-label={label}>{children}</Popover.Content></Popover.Portal>
    </Popover.Root>
  );
}

function FilterButton({ search, onChange, active }: { search: Partial<Record<Filter, string>>; onChange: (change: Record<string, string | undefined>) => void; active: number }) {
  const { data: projects } = useQuery(projectsQuery);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    onChange(Object.fromEntries(filters.map(name => [name, name === 'from' || name === 'to' ? toIso(values[name]) : values[name]?.trim() || undefined])));
  }
  return (
    <Pop label={t.list.filters} icon="filter" badge={active}>
      <form className="grid gap-3" onSubmit={submit}>
        <div className="grid grid-cols-2 gap-3">
          <Field label={t.list.status}>{control => (
            <select {...control} name="status" defaultValue={search.status ?? ''}><option value="">{t.list.any}</option>{Object.entries(t.status).map(([key, word]) => <option key={key} value={key}>{word}</option>)}</select>
          )}</Field>
          <Field label={t.list.project}>{control => (
            <select {...control} name="project" defaultValue={search.project ?? ''}><option value="">{t.list.any}</option>{projects?.map(one => <option key={one.id}>{one.name}</option>)}</select>
          )}</Field>
          {(['task', 'tags', 'sessionId', 'subjectId', 'actorId', 'q'] as const).map(name => (
            <Field key={name} label={t.list[labels[name]] as string}>{control => <input {...control} name={name} defaultValue={search[name]} maxLength={500} />}</Field>
          ))}
          {(['from', 'to'] as const).map(name => (
            <Field key={name} label={t.list[name]}>{control => <input {...control} name={name} type="datetime-local" defaultValue={toLocal(search[name])} />}</Field>
          ))}
        </div>
        <label className="flex items-center gap-2 text-sm"><input type="checkbox" name="pending" value="true" defaultChecked={search.pending === 'true'} className="size-4 accent-[var(--accent)]" />{t.list.pending}</label>
        <Popover.Close asChild><Button type="submit" look="primary">{t.list.filters}</Button></Popover.Close>
      </form>
    </Pop>
  );
}

const toIso = (local?: string) => (local ? new Date(local).toISOString() : undefined);

function toLocal(iso?: string): string | undefined {
  if (!iso)
    return undefined;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? undefined : new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function ViewsButton({ search }: { search: Record<string, string | undefined> }) {
  const me = useMe();
  const navigate = useNavigate({ from: '/logs' });
  const [views, setViews] = useKept<{ name: string; search: Record<string, string> }[]>(`views.${me.workspaceId}`, []);
  const [name, setName] = useState('');
  function save(event: FormEvent) {
    event.preventDefault();
    const kept = Object.fromEntries(Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined));
    setViews([...views.filter(view => view.name !== name.trim()), { name: name.trim(), search: kept }]);
    setName('');
  }
  return (
    <Pop label={t.list.views} icon="bookmark">
      {views.length === 0 ? <p className="mb-3 text-sm text-muted">{t.list.noViews}</p> : (
        <ul className="mb-3 grid gap-0.5">
          {views.map(view => (
            <li key={view.name} className="flex items-center">
              <Popover.Close className="h-8 min-w-0 flex-1 truncate rounded-md px-2 text-left text-sm hover:bg-hover" onClick={() => void navigate({ search: view.search })}>{view.name}</Popover.Close>
              <IconButton icon="trash" label={t.list.removeView(view.name)} onClick={() => setViews(views.filter(one => one !== view))} />
            </li>
          ))}
        </ul>
      )}
      <form className="flex gap-2" onSubmit={save}>
        <input className="control" aria-label={t.list.viewName} placeholder={t.list.viewName} required maxLength={60} value={name} onChange={event => setName(event.target.value)} />
        <Button type="submit">{t.save}</Button>
      </form>
    </Pop>
  );
}

function ColumnsButton({ shown, onChange }: { shown: readonly Column[]; onChange: (columns: Column[]) => void }) {
  return (
    <Pop label={t.list.columns} icon="columns">
      <fieldset className="grid grid-cols-2 gap-x-3"><legend className="sr-only">{t.list.columns}</legend>
        {all.map(column => (
          <label key={column} className="flex items-center gap-2 py-1 text-sm">
            <input type="checkbox" className="size-4 accent-[var(--accent)]" checked={shown.includes(column)} disabled={column === 'output'}
              onChange={event => onChange(event.target.checked ? [...shown, column] : shown.filter(one => one !== column))} />
            {t.list.headings[column]}
          </label>
        ))}
      </fieldset>
    </Pop>
  );
}

function ExportButton({ query: { text: _, sortBy: __, sortDir: ___, ...query } }: { query: Record<string, string | undefined> }) {
  return (
    <Pop label={t.list.export} icon="download">
      <div className="flex gap-2">
        {([['csv', t.list.csv], ['jsonl', t.list.jsonl]] as const).map(([format, word]) => (
          <a key={format} className={cx(buttonClass(), 'flex-1')} href={address('/api/logs/export', { ...query, format })} download>{word}</a>
        ))}
      </div>
    </Pop>
  );
}
