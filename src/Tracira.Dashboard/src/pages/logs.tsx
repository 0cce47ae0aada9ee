import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Popover } from 'radix-ui';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { address } from '../api/client';
import { logPageQuery, projectsQuery } from '../queries';
import { useMe } from '../session';
import { t } from '../text';
import { Button, buttonClass, cx, Empty, Failure, Field, IconButton, Loading } from '../ui/basics';
import { Icon } from '../ui/icons';
import { useKept } from '../ui/kept';
import { useIsNarrow } from '../ui/media';
import { allColumns, type Column, LogTable, sortableColumns, usualColumns } from './log-table';

const filters = ['status', 'pending', 'project', 'task', 'q', 'sessionId', 'subjectId', 'actorId', 'tags', 'from', 'to'] as const;
type Filter = (typeof filters)[number];

export function LogsPage() {
  const search = useSearch({ from: '/shell/logs' });
  const navigate = useNavigate({ from: '/logs' });
  const [columns, setColumns] = useKept<Column[]>('columns', usualColumns);
  const isNarrow = useIsNarrow();
  const shown = allColumns.filter(column => columns.includes(column));
  const query = useMemo(() => ({ ...search }), [search]);
  const first = useQuery(logPageQuery(query, 1));
  const set = (change: Partial<Record<string, string | undefined>>) => void navigate({ search: was => ({ ...was, ...change }), replace: true });
  const active = filters.filter(name => search[name]);
  const order = {
    sortBy: (search.sortBy ?? 'timestamp') as Column,
    descending: search.sortDir !== 'asc',
    onSort: (column: Column) => set({ sortBy: column === 'timestamp' ? undefined : column, sortDir: order.sortBy === column && order.descending ? 'asc' : undefined }),
  };

  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)]">
      <header className="border-b border-line px-4 pt-4 pb-3 lg:px-6">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="mr-auto text-base font-semibold sm:mr-2">{t.list.title}</h1>
          <TextSearch key={search.text} text={search.text} onSearch={text => set({ text })} />
          <FilterButton search={search} onChange={set} active={active.length} />
          <ViewsButton search={search} />
          {isNarrow ? <Order {...order} /> : <ColumnsButton shown={columns} onChange={setColumns} />}
          <ExportButton query={query} />
        </div>
        {active.length > 0 && (
          <ul className="mt-2.5 flex flex-wrap items-center gap-1.5" aria-label={t.list.filters}>
            {active.map(name => (
              <li key={name} className="inline-flex h-6 items-center gap-1 rounded-[6px] bg-accent-soft pr-0.5 pl-2 text-xs text-accent">
                {t.list[labels[name]] as string}{name !== 'pending' && <>: <b className="max-w-52 truncate font-semibold">{valueOf(name, search[name])}</b></>}
                <IconButton icon="cross" label={`${t.remove}: ${t.list[labels[name]] as string}`} className="size-5! text-current!" onClick={() => set({ [name]: undefined })} />
              </li>
            ))}
            <li><Button small look="quiet" onClick={() => void navigate({ search: {}, replace: true })}>{t.list.clear}</Button></li>
          </ul>
        )}
        <p className="mt-2 text-xs text-muted" aria-live="polite">
          {first.data && <>{t.list.total(first.data.total)} · {t.list.passRate(first.data.summary.successRate)} · {t.list.waits(first.data.summary.pendingReviews)}</>}
          {first.data?.search && !first.data.search.complete && <> · {t.list.cut(first.data.search.searched)}{' '}
            <button type="button" className="font-medium text-accent underline" onClick={() => set({ to: first.data.search?.reached })}>{t.list.older}</button></>}
          {first.isFetching && !first.data && t.loading}
          {'\u00a0'}
        </p>
      </header>
      {first.error ? <Failure error={first.error} onRetry={() => void first.refetch()} />
        : !first.data ? <Loading rows={12} />
        : first.data.total === 0 ? <NoLogs isFiltered={active.length > 0 || search.text !== undefined} onClear={() => void navigate({ search: {} })} />
        : <LogTable query={query} total={first.data.total} columns={shown} {...order} />}
    </div>
  );
}

function NoLogs({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return isFiltered ? <Empty icon="search" title={t.list.empty} action={<Button onClick={onClear}>{t.list.clear}</Button>}>{t.list.emptyHint}</Empty>
    : <Empty icon="logs" title={t.queue.first} action={<Link to="/start" className={buttonClass('primary')}>{t.queue.firstAction}</Link>}>{t.list.firstHint}</Empty>;
}

function valueOf(name: Filter, value = ''): string {
  return name === 'status' ? t.status[value as keyof typeof t.status] ?? value : name === 'from' || name === 'to' ? toLocal(value)?.replace('T', ' ') ?? value : value;
}

const labels: Record<Filter, keyof typeof t.list> = {
  status: 'status', pending: 'pending', project: 'project', task: 'task', q: 'q', sessionId: 'session', subjectId: 'subject', actorId: 'actor', tags: 'tags', from: 'from', to: 'to',
};

function TextSearch({ text, onSearch }: { text?: string; onSearch: (text?: string) => void }) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onSearch((new FormData(event.currentTarget).get('text') as string).trim() || undefined);
  }
  return (
    <form role="search" className="relative min-w-44 flex-1 max-sm:order-last max-sm:basis-full sm:max-w-sm" onSubmit={submit}>
      <Icon name="search" className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" size={14} />
      <input id="log-search" name="text" type="search" aria-label={t.list.search} placeholder={t.list.search} defaultValue={text} className="control pl-8!" maxLength={500}
        onChange={event => event.target.value === '' && text && onSearch(undefined)} />
    </form>
  );
}

/** The order of the logs where there are no headings to click on. */
function Order({ sortBy, descending, onSort }: { sortBy: Column; descending: boolean; onSort: (column: Column) => void }) {
  return (
    <span className="flex">
      <select aria-label={t.list.sort} className="control w-auto!" value={sortBy} onChange={event => onSort(event.target.value as Column)}>
        {sortableColumns.map(column => <option key={column} value={column}>{t.list.headings[column]}</option>)}
      </select>
      <IconButton icon="down" className={descending ? '' : 'rotate-180'} label={descending ? t.list.descending : t.list.ascending} onClick={() => onSort(sortBy)} />
    </span>
  );
}

const popover = 'z-40 w-80 max-w-[calc(100vw-1.5rem)] rounded-[10px] border border-line bg-surface p-3.5 shadow-float';

interface PopProps {
  label: string;
  icon: 'filter' | 'bookmark' | 'columns' | 'download';
  badge?: number;
  children: ReactNode | ((close: () => void) => ReactNode);
}

function Pop({ label, icon, badge, children }: PopProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className={buttonClass()}><Icon name={icon} /><span className="max-sm:sr-only">{label}</span>{badge ? <span className="rounded bg-accent-soft px-1 text-xs text-accent">{badge}</span> : null}</Popover.Trigger>
      <Popover.Portal><Popover.Content align="end" sideOffset={6} className={popover} aria-label={label}>{typeof children === 'function' ? children(() => setOpen(false)) : children}</Popover.Content></Popover.Portal>
    </Popover.Root>
  );
}

function FilterButton({ search, onChange, active }: { search: Partial<Record<Filter, string>>; onChange: (change: Record<string, string | undefined>) => void; active: number }) {
  const { data: projects } = useQuery(projectsQuery);
  function submit(event: FormEvent<HTMLFormElement>, close: () => void) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    close();
    onChange(Object.fromEntries(filters.map(name => [name, name === 'from' || name === 'to' ? toIso(values[name]) : values[name]?.trim() || undefined])));
  }
  return (
    <Pop label={t.list.filters} icon="filter" badge={active}>
      {close => <form className="grid gap-3" onSubmit={event => submit(event, close)}>
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
        <Button type="submit" look="primary">{t.list.apply}</Button>
      </form>}
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
        {allColumns.map(column => (
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

function ExportButton({ query: { sortBy: _, sortDir: __, ...query } }: { query: Record<string, string | undefined> }) {
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
