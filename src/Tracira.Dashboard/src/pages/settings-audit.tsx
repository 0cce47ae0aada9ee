import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { t } from '../text';
import { Button, Empty, Failure, Loading, Panel } from '../ui/basics';
import { ago, exactTime } from '../ui/format';

const kinds = ['log', 'rule', 'project', 'settings', 'token', 'key', 'member', 'user', 'delivery'];

// A detail that was emptied is there without a value.
const cut = (value: string | null) => (value === null || value === '' ? t.none : value.slice(0, 200));

export function AuditSection() {
  const a = t.settings.audit;
  const [kind, setKind] = useState('');
  const list = useInfiniteQuery({
    queryKey: ['audit', kind],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => api.get('/api/audit', { query: { action: kind || undefined, before: pageParam }, signal }),
    getNextPageParam: last => last.next,
  });
  const entries = list.data?.pages.flatMap(page => page.entries) ?? [];
  return (
    <Panel title={t.settings.sections.audit} action={
      <select className="control w-auto!" aria-label={a.filter} value={kind} onChange={event => setKind(event.target.value)}><option value="">{a.all}</option>{kinds.map(one => <option key={one} value={one}>{one}</option>)}</select>
    }>
      {list.error ? <Failure error={list.error} onRetry={() => void list.refetch()} /> : !list.data ? <Loading /> : entries.length === 0 ? <Empty icon="clock" title={a.empty} /> : (
        <ul className="divide-y divide-line">
          {entries.map(entry => (
            <li key={entry.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2 text-sm">
              <code className="w-44 shrink-0 font-mono text-xs max-sm:w-full">{entry.action}</code>
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{entry.subjectName ?? entry.subjectId} <span className="text-xs text-muted">{Object.entries(entry.details ?? {}).map(([name, value]) => `${name}: ${cut(value)}`).join(' · ')}</span></span>
              <span className="text-xs text-muted">{entry.actorName}</span>
              <time className="text-xs text-muted" dateTime={entry.at} title={exactTime(entry.at)}>{ago(entry.at)}</time>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && <div className="border-t border-line p-3 text-center"><Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{a.more}</Button></div>}
    </Panel>
  );
}
