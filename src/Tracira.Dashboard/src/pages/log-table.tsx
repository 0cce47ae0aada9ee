import { useQueries } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { LogItem } from '../api/client';
import { logPageQuery } from '../queries';
import { t } from '../text';
import { cx, DecisionBadge, StatusBadge, StatusDot } from '../ui/basics';
import { ago, dollars, exactTime, latency } from '../ui/format';
import { Icon } from '../ui/icons';
import { useIsNarrow } from '../ui/media';
import { useTallRows } from '../ui/tall-rows';

const rowHeight = 36;
const cardHeight = 68;
const pageSize = 100;

export type Column = keyof typeof t.list.headings;

const widths: Record<Column, string> = {
  timestamp: '5rem', status: '6rem', decision: '9rem', projectName: '10rem', taskName: '8rem', output: 'minmax(14rem,3fr)', explanation: 'minmax(10rem,2fr)', model: '9rem',
  latencyMs: '5.5rem', costUsd: '5.5rem', sessionId: '10rem', subjectId: '10rem', actorId: '9rem', tags: '9rem',
};
export const allColumns = Object.keys(widths) as Column[];
export const usualColumns: Column[] = ['timestamp', 'status', 'projectName', 'output', 'explanation', 'model', 'latencyMs'];
export const sortableColumns: readonly Column[] = ['timestamp', 'projectName', 'model', 'status', 'latencyMs', 'costUsd'];

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

interface TableProps {
  query: Record<string, string | undefined>;
  total: number;
  columns: readonly Column[];
  sortBy: Column;
  descending: boolean;
  onSort: (column: Column) => void;
}

/** However many logs there are: only the rows in sight are made, and only the pages they are on are asked for. */
export function LogTable({ query, total, columns, sortBy, descending, onSort }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const isNarrow = useIsNarrow();
  const height = isNarrow ? cardHeight : rowHeight;
  const { rows, height: tall, show } = useTallRows(scroller, total, height);
  const template = columns.map(column => widths[column]).join(' ');
  const [settled, setSettled] = useState<readonly number[]>([1]);
  const from = Math.floor((rows[0]?.index ?? 0) / pageSize) + 1;
  const to = Math.floor((rows.at(-1)?.index ?? 0) / pageSize) + 1;

  // While somebody drags the scrollbar past a thousand pages none of them is asked for.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(Array.from({ length: to - from + 1 }, (_, i) => from + i)), 60);
    return () => clearTimeout(timer);
  }, [from, to]);

  const pages = useQueries({ queries: settled.map(page => logPageQuery(query, page)) });
  const logs = new Map<number, LogItem>();
  pages.forEach(page => page.data?.executions.forEach((log, i) => logs.set((page.data.page - 1) * pageSize + i, log)));
  const [at, setAt] = useState(-1);

  function press(event: KeyboardEvent) {
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.min(Math.max(at + step, 0), total - 1);
      setAt(next);
      show(next);
    } else if (event.key === 'Enter' && logs.get(at)) {
      void navigate({ to: '/logs/$id', params: { id: logs.get(at)!.id } });
    }
  }

  return (
    <div ref={scroller} className="min-h-0 overflow-auto bg-surface" tabIndex={0} role="region" aria-label={t.list.rows} onKeyDown={press}>
      <div role="table" aria-label={t.list.title} aria-rowcount={total} className={cx('text-sm', !isNarrow && 'w-max min-w-full')}>
        {!isNarrow && <Headings columns={columns} template={template} sortBy={sortBy} descending={descending} onSort={onSort} />}
        <div role="rowgroup" className="relative" style={{ height: tall }}>
          {rows.map(row => {
            const log = logs.get(row.index);
            return (
              <div key={row.key} role="row" aria-rowindex={row.index + 2} style={{ gridTemplateColumns: isNarrow ? undefined : template, height, transform: `translateY(${row.top}px)` }}
                className={cx('absolute inset-x-0 grid items-center gap-x-3 border-b border-line px-4 lg:px-6', row.index === at ? 'bg-accent-soft' : 'hover:bg-hover')}>
                {!log ? <div role="cell" className="col-span-full"><div className="h-3 w-2/3 animate-pulse rounded bg-sunken" /></div>
                  : isNarrow ? <Card log={log} />
                  : columns.map(column => (
                    <div key={column} role="cell" className="truncate">
                      {column === 'output' ? <Link to="/logs/$id" params={{ id: log.id }} className={whole}>{cell(log, column) || t.list.noText}</Link> : cell(log, column)}
                    </div>
                  ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

// The whole row is what one clicks on.
const whole = 'rounded outline-offset-0 after:absolute after:inset-0';

/** A log where there is no room for columns. */
function Card({ log }: { log: LogItem }) {
  return (
    <div role="cell">
      <span className="flex items-center gap-1.5 text-xs text-muted">
        <span className={{ pass: 'text-ok', flagged: 'text-warn', error: 'text-bad' }[log.status]}><StatusDot status={log.status} /></span>
        <span className="sr-only">{t.status[log.status as keyof typeof t.status]}</span>
        <span className="truncate"><span className="font-medium text-text">{log.projectName}</span>{log.taskName && ` / ${log.taskName}`}</span>
        <time dateTime={log.timestamp} className="ml-auto shrink-0">{ago(log.timestamp)}</time>
      </span>
      <Link to="/logs/$id" params={{ id: log.id }} className={cx('block truncate', whole)}>{log.output.slice(0, 200) || t.list.noText}</Link>
      <span className="block truncate text-xs text-muted">{log.explanation}</span>
    </div>
  );
}

function Headings({ columns, template, sortBy, descending, onSort }: Pick<TableProps, 'columns' | 'sortBy' | 'descending' | 'onSort'> & { template: string }) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-surface">
      <div role="row" className="grid h-9 items-center gap-x-3 px-4 text-xs text-muted lg:px-6" style={{ gridTemplateColumns: template }}>
        {columns.map(column => (
          <div key={column} role="columnheader" aria-sort={sortBy === column ? (descending ? 'descending' : 'ascending') : undefined}>
            {sortableColumns.includes(column) ? (
              <button type="button" className="inline-flex items-center gap-1 rounded hover:text-text" onClick={() => onSort(column)} title={t.list.sortBy(t.list.headings[column])}>
                {t.list.headings[column]} {sortBy === column && <Icon name="down" size={11} className={descending ? '' : 'rotate-180'} />}
              </button>
            ) : t.list.headings[column]}
          </div>
        ))}
      </div>
    </div>
  );
}
