import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { api } from '../api/client';
import { mayManage, useMe } from '../session';
import { t } from '../text';
import { Badge, Button, Empty, Failure, Loading, PageHead, Panel, Tabs, type Tone } from '../ui/basics';
import { ago, count, exactTime } from '../ui/format';
import { tellFailure, toast } from '../ui/toasts';

const tones: Record<string, Tone> = { waiting: 'calm', delivered: 'ok', dead: 'bad' };

export function DeliveriesPage() {
  const me = useMe();
  const { state, logId } = useSearch({ from: '/shell/deliveries' });
  const navigate = useNavigate({ from: '/deliveries' });
  const queries = useQueryClient();
  const d = t.deliveries;
  const list = useInfiniteQuery({
    queryKey: ['deliveries', state, logId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => api.get('/api/deliveries', { query: { state, logId, before: pageParam, limit: 50 }, signal }),
    getNextPageParam: last => last.next,
    refetchInterval: 10_000,
  });
  const replay = useMutation({
    mutationFn: (id: string) => api.post('/api/deliveries/{id}/replay', { path: { id } }),
    onSuccess: () => {
      toast(d.replayed);
      void queries.invalidateQueries({ queryKey: ['deliveries'] });
    },
    onError: tellFailure,
  });
  const deliveries = list.data?.pages.flatMap(page => page.deliveries) ?? [];
  return (
    <div className="mx-auto max-w-6xl pb-10">
      <PageHead title={d.title} action={<Tabs label={d.state} value={state ?? 'all'} onChange={next => void navigate({ search: was => ({ ...was, state: next === 'all' ? undefined : next }), replace: true })} options={Object.entries(d.states)} />}>{d.lead}</PageHead>
      <div className="px-5 lg:px-8">
        {list.error ? <Failure error={list.error} onRetry={() => void list.refetch()} />
          : !list.data ? <Loading />
          : deliveries.length === 0 ? <Empty icon="deliveries" title={d.empty}>{d.emptyHint}</Empty>
          : (
            <Panel className="overflow-x-auto">
              <table className="w-full text-sm">
                <thead className="text-left text-xs text-muted"><tr className="border-b border-line [&>th]:px-4 [&>th]:py-2 [&>th]:font-normal">
                  <th>{d.columns.state}</th><th>{d.columns.event}</th><th>{d.columns.to}</th><th>{d.columns.last}</th><th>{d.columns.at}</th><th><span className="sr-only">{d.replay}</span></th>
                </tr></thead>
                <tbody className="divide-y divide-line">
                  {deliveries.map(one => (
                    <tr key={one.id} className="align-top hover:bg-hover [&>td]:px-4 [&>td]:py-2.5">
                      <td><Badge tone={tones[one.state]}>{d.states[one.state] ?? one.state}</Badge></td>
                      <td className="whitespace-nowrap"><Link to="/logs/$id" params={{ id: one.logId }} className="rounded hover:underline">{d.event[one.event] ?? one.event}</Link></td>
                      <td className="max-w-72 min-w-44 font-mono text-xs [overflow-wrap:anywhere]">{one.url}</td>
                      <td className="min-w-40 text-muted [overflow-wrap:anywhere]">{[one.statusCode, one.error].filter(Boolean).join(' · ') || '–'}
                        <span className="block text-xs">{t.log.events.attempts(one.attempts)}{one.nextAttemptAt && one.attempts > 0 && ` · ${d.columns.next.toLowerCase()} ${exactTime(one.nextAttemptAt)}`}</span></td>
                      <td className="whitespace-nowrap text-muted" title={exactTime(one.createdAt)}>{ago(one.createdAt)}</td>
                      <td className="text-right">{mayManage(me) && one.state !== 'waiting' && <Button small icon="replay" busy={replay.isPending && replay.variables === one.id} onClick={() => replay.mutate(one.id)}>{d.replay}</Button>}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Panel>
          )}
        {list.hasNextPage && <div className="mt-4 text-center"><Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{d.more}</Button></div>}
        <p className="sr-only" aria-live="polite">{count(deliveries.length)}</p>
      </div>
    </div>
  );
}
