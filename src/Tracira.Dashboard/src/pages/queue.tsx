import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { api, type LogItem } from '../api/client';
import { decide, type Draft, undoLast, useDecided } from '../decisions';
import { useFocusOn, useLive } from '../live';
import { anyLogQuery, logQuery, projectsQuery } from '../queries';
import { mayReview, useMe } from '../session';
import { t } from '../text';
import { Button, buttonClass, cx, Empty, Failure, IconButton, Key, Loading, StatusDot } from '../ui/basics';
import { ago, exactTime } from '../ui/format';
import { Icon } from '../ui/icons';
import { useShortcuts } from '../ui/shortcuts';
import { ChangeDialog } from './change';
import { Reader } from './reader';

const pageSize = 100;
const rowHeight = 84;

export function QueuePage() {
  const me = useMe();
  const { log: chosen, project, order } = useSearch({ from: '/shell/queue' });
  const navigate = useNavigate({ from: '/queue' });
  const queries = useQueryClient();
  const decided = useDecided();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [note, setNote] = useState<{ open: boolean; text: string }>({ open: false, text: '' });
  const [changing, setChanging] = useState(false);
  const may = mayReview(me);

  const list = useInfiniteQuery({
    queryKey: ['logs', 'queue', project, order],
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) => api.get('/api/logs', {
      query: { pending: true, project, sortDir: order === 'newest' ? 'desc' : 'asc', page: pageParam, limit: pageSize }, signal,
    }),
    getNextPageParam: (last, pages) => (pages.length * pageSize < last.total ? pages.length + 1 : undefined),
  });
  const logs = useMemo(() => {
    const seen = new Set<string>();
    return (list.data?.pages.flatMap(page => page.executions) ?? []).filter(log => !decided.has(log.id) && !seen.has(log.id) && seen.add(log.id));
  }, [list.data, decided]);
  const total = Math.max(logs.length, (list.data?.pages[0]?.total ?? 0) - decided.size);
  const index = logs.findIndex(log => log.id === chosen);
  const current = chosen ?? (window.innerWidth >= 1_024 ? logs[0]?.id : undefined);
  const at = index >= 0 ? index : 0;
  useFocusOn(current);

  useEffect(() => {
    setNote({ open: false, text: '' });
    const next = logs[at + 1];
    if (next)
      void queries.prefetchQuery(logQuery(next.id));
  }, [current]); // eslint-disable-line -- what comes next is looked up once for each log

  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && at > logs.length - 20)
      void fetchNextPage();
  }, [at, logs.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const show = (id: string | undefined) => void navigate({ search: search => ({ ...search, log: id }), replace: true });

  function move(step: number) {
    const next = logs[Math.min(Math.max(at + (index < 0 && !current ? 0 : step), 0), logs.length - 1)];
    if (next)
      show(next.id);
  }

  function settle(draft: Draft) {
    if (!may)
      return;
    if (selected.size > 0 && (draft.decision === 'approved' || draft.decision === 'rejected')) {
      const rest = logs.find(log => !selected.has(log.id));
      decide([...selected], draft);
      setSelected(new Set());
      show(rest?.id);
      return;
    }
    if (!current || !logs.some(log => log.id === current))
      return;
    decide([current], { ...draft, note: note.text.trim() || undefined });
    const phone = window.innerWidth < 1_024;
    show(phone ? undefined : (logs[at + 1] ?? logs[at - 1])?.id);
  }

  function toggle(id: string | undefined) {
    if (!id || !may)
      return;
    const next = new Set(selected);
    if (!next.delete(id))
      next.add(id);
    setSelected(next);
  }

  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    a: () => settle({ decision: 'approved' }),
    r: () => settle({ decision: 'rejected' }),
    n: () => may && setNote(was => ({ ...was, open: true })),
    x: () => toggle(current),
    u: () => {
      const ids = undoLast();
      if (ids?.length === 1)
        show(ids[0]);
    },
    Enter: () => void (current && navigate({ to: '/logs/$id', params: { id: current } })),
    Escape: () => (selected.size > 0 ? setSelected(new Set()) : window.innerWidth < 1_024 && show(undefined)),
  });

  if (list.error)
    return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data)
    return <Loading rows={10} />;
  if (logs.length === 0 && !chosen)
    return <Cleared project={project} onClear={() => void navigate({ search: {} })} />;

  return (
    <div className="grid h-full min-h-0 grid-cols-1 lg:grid-cols-[22rem_minmax(0,1fr)] xl:grid-cols-[25rem_minmax(0,1fr)]">
      <section aria-label={t.queue.list} className={cx('min-h-0 grid-rows-[auto_minmax(0,1fr)_auto] border-line lg:grid lg:border-r', chosen ? 'hidden' : 'grid')}>
        <ListHead total={total} project={project} order={order}
          onProject={next => void navigate({ search: search => ({ ...search, project: next, log: undefined }), replace: true })}
          onOrder={() => void navigate({ search: search => ({ ...search, order: order === 'newest' ? undefined : 'newest', log: undefined }), replace: true })} />
        <QueueList logs={logs} current={current} selected={selected} onShow={show} onToggle={may ? toggle : undefined} onEnd={() => hasNextPage && !isFetchingNextPage && void fetchNextPage()} />
        {selected.size > 0 && (
          <div role="toolbar" aria-label={t.queue.selected(selected.size)} className="flex flex-wrap items-center gap-2 border-t border-line bg-surface px-3 py-2">
            <span className="mr-auto text-sm font-medium">{t.queue.selected(selected.size)}</span>
            {selected.size < logs.length && <Button small look="quiet" onClick={() => setSelected(new Set(logs.slice(0, 1_000).map(log => log.id)))}>{t.queue.selectAll}</Button>}
            <Button small look="quiet" onClick={() => setSelected(new Set())}>{t.queue.clear}</Button>
            <Button small look="bad" onClick={() => settle({ decision: 'rejected' })}>{t.queue.reject}</Button>
            <Button small look="ok" onClick={() => settle({ decision: 'approved' })}>{t.queue.approve}</Button>
          </div>
        )}
      </section>
      <section aria-label={t.queue.output} className={cx('min-h-0 grid-rows-[minmax(0,1fr)_auto] bg-surface lg:grid', chosen ? 'grid' : 'hidden')}>
        {current ? (
          <>
            <div className="min-h-0 overflow-y-auto" tabIndex={-1}>
              <Reader key={current} id={current} isGone={!logs.some(log => log.id === current)} top={
                <div className="flex items-center gap-1 border-b border-line px-3 py-1.5 lg:hidden">
                  <Button look="quiet" icon="left" onClick={() => show(undefined)}>{t.queue.back}</Button>
                  <span className="ml-auto flex">
                    <IconButton icon="left" label={t.queue.previous} disabled={at <= 0} onClick={() => move(-1)} />
                    <IconButton icon="right" label={t.queue.next} disabled={at >= logs.length - 1} onClick={() => move(1)} />
                  </span>
                </div>
              } />
            </div>
            {may ? (
              <div className="border-t border-line bg-surface px-4 py-3 lg:px-6">
                {note.open && (
                  <label className="mb-2.5 block text-xs text-muted">
                    {t.queue.noteLabel}
                    <textarea autoFocus rows={2} maxLength={2_000} className="control mt-1 min-h-14!" placeholder={t.queue.notePlaceholder} value={note.text}
                      onChange={event => setNote({ open: true, text: event.target.value })}
                      onKeyDown={event => event.key === 'Escape' && (event.stopPropagation(), (event.target as HTMLElement).blur())} />
                  </label>
                )}
                <div className="flex flex-wrap items-center gap-2">
                  <Button look="ok" icon="check" shortcut="a" onClick={() => settle({ decision: 'approved' })}>{t.queue.approve}</Button>
                  <Button look="bad" icon="cross" shortcut="r" onClick={() => settle({ decision: 'rejected' })}>{t.queue.reject}</Button>
                  <Button look="quiet" icon="note" shortcut="n" aria-expanded={note.open} onClick={() => setNote(was => ({ ...was, open: !was.open }))}>{t.queue.note}</Button>
                  <span className="ml-auto flex flex-wrap gap-1">
                    <Button look="quiet" onClick={() => setChanging(true)}>{t.queue.change}</Button>
                    <Button look="quiet" onClick={() => settle({ decision: 'handled' })}>{t.queue.handled}</Button>
                  </span>
                </div>
              </div>
            ) : <p className="border-t border-line px-6 py-3 text-sm text-muted">{t.queue.readOnly}</p>}
            {changing && <ChangeDialog id={current} onClose={() => setChanging(false)} onSend={draft => (setChanging(false), settle(draft))} />}
          </>
        ) : <Empty icon="queue" title={t.queue.pick} />}
      </section>
    </div>
  );
}

function ListHead({ total, project, order, onProject, onOrder }: { total: number; project?: string; order?: string; onProject: (name?: string) => void; onOrder: () => void }) {
  const { data: projects } = useQuery(projectsQuery);
  return (
    <header className="border-b border-line px-4 pt-4 pb-2.5">
      <div className="flex items-baseline gap-2">
        <h1 className="text-base font-semibold">{t.queue.title}</h1>
        <p className="text-sm text-muted" aria-live="polite">{t.queue.waiting(total)}</p>
      </div>
      <div className="mt-2 flex gap-2">
        <select aria-label={t.queue.project} className="control" value={project ?? ''} onChange={event => onProject(event.target.value || undefined)}>
          <option value="">{t.queue.allProjects}</option>
          {projects?.map(one => <option key={one.id}>{one.name}</option>)}
        </select>
        <Button onClick={onOrder} aria-label={`${t.queue.order}: ${order === 'newest' ? t.queue.newest : t.queue.oldest}`}>
          {order === 'newest' ? t.queue.newest : t.queue.oldest}
        </Button>
      </div>
    </header>
  );
}

interface ListProps {
  logs: readonly LogItem[];
  current?: string;
  selected: ReadonlySet<string>;
  onShow: (id: string) => void;
  onToggle?: (id: string) => void;
  onEnd: () => void;
}

function QueueList({ logs, current, selected, onShow, onToggle, onEnd }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: logs.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 6, getItemKey: i => logs[i]!.id });
  const { viewers } = useLive();
  const me = useMe();
  const at = logs.findIndex(log => log.id === current);
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;

  useEffect(() => {
    if (at >= 0)
      rows.scrollToIndex(at, { align: 'auto' });
  }, [at]); // eslint-disable-line -- not when more logs come in
  useEffect(() => {
    if (last > logs.length - 20)
      onEnd();
  }, [last, logs.length]); // eslint-disable-line

  return (
    <div ref={scroller} className="min-h-0 overflow-y-auto">
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {shown.map(row => {
          const log = logs[row.index]!;
          const others = [...new Set(viewers.filter(viewer => viewer.logId === log.id && viewer.userId !== me.id).map(viewer => viewer.name))];
          const isCurrent = log.id === current;
          return (
            <li key={row.key} className={cx('absolute inset-x-0 flex border-b border-line', isCurrent ? 'bg-accent-soft' : 'hover:bg-hover')} style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}>
              {onToggle && (
                <label className="grid w-9 shrink-0 cursor-pointer place-items-start justify-center pt-3.5">
                  <span className="sr-only">{t.queue.select} {log.projectName} {exactTime(log.timestamp)}</span>
                  <input type="checkbox" className="size-3.5 accent-[var(--accent)]" checked={selected.has(log.id)} onChange={() => onToggle(log.id)} />
                </label>
              )}
              <button type="button" className={cx('min-w-0 flex-1 py-2.5 pr-4 text-left', !onToggle && 'pl-4')} aria-current={isCurrent ? 'true' : undefined} onClick={() => onShow(log.id)}>
                <span className="flex items-center gap-1.5 text-xs text-muted">
                  <span className={log.status === 'error' ? 'text-bad' : 'text-warn'}><StatusDot status={log.status} /></span>
                  <span className="truncate font-medium text-text">{log.projectName}{log.taskName && <span className="font-normal text-muted"> / {log.taskName}</span>}</span>
                  {others.length > 0 && <span className="ml-auto inline-flex items-center gap-1 text-accent" title={t.queue.seenBy(others.join(', '))}><Icon name="eye" size={13} />{others[0]}</span>}
                  <time dateTime={log.timestamp} title={exactTime(log.timestamp)} className={cx('shrink-0', others.length === 0 && 'ml-auto')}>{ago(log.timestamp)}</time>
                </span>
                <span className="mt-0.5 block truncate text-sm">{log.output || log.explanation}</span>
                <span className="mt-0.5 block truncate text-xs text-muted">{log.explanation}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Cleared({ project, onClear }: { project?: string; onClear: () => void }) {
  const { data } = useQuery(anyLogQuery);
  if (data?.total === 0) {
    return (
      <Empty icon="deliveries" title={t.queue.first} action={<Link to="/start" className={buttonClass('primary')}>{t.queue.firstAction}</Link>}>{t.queue.firstHint}</Empty>
    );
  }
  return (
    <div className="grid h-full place-items-center">
      <Empty icon="check" title={t.queue.empty} action={project ? <Button onClick={onClear}>{t.queue.allProjects}</Button> : <Link to="/logs" className={buttonClass()}>{t.queue.emptyAction}</Link>}>
        {t.queue.emptyHint} <Key>?</Key>
      </Empty>
    </div>
  );
}
