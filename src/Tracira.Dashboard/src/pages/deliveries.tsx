import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { api, type Schemas } from '../api/client';
import { mayManage, useMe } from '../session';
import { t } from '../text';
import { Badge, Button, buttonClass, cx, Empty, Failure, Loading, PageHead, Panel, Tabs, type Tone } from '../ui/basics';
import { ago, clockTime, count, exactTime } from '../ui/format';
import { tellFailure, toast } from '../ui/toasts';

const tones: Record<string, Tone> = { waiting: 'calm', delivered: 'ok', dead: 'bad' };

/** What the receiver said last, and what comes next. */
function answerOf(one: Schemas['DeliveryItem']): string {
  const next = one.state === 'waiting' && one.nextAttemptAt && one.attempts > 0 && t.deliveries.next(clockTime(one.nextAttemptAt));
  // A refusal in words tells its number already.
  return [one.error ?? (one.statusCode && t.deliveries.answered(one.statusCode)), one.attempts > 0 ? t.log.events.attempts(one.attempts) : t.deliveries.fresh, next].filter(Boolean).join(' · ');
}

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
          : deliveries.length === 0 ? <Empty icon="deliveries" title={d.empty} action={<Link to="/settings/$section" params={{ section: 'channels' }} className={buttonClass()}>{d.setUp}</Link>}>{d.emptyHint}</Empty>
          : (
            <Panel>
              <ul className="divide-y divide-line">
                {deliveries.map(one => (
                  <li key={one.id} className="grid items-start gap-x-4 gap-y-1.5 px-4 py-3 text-sm sm:grid-cols-[6rem_minmax(0,1fr)_auto]">
                    <span className="flex items-center gap-2 sm:pt-px"><Badge tone={tones[one.state]}>{d.states[one.state] ?? one.state}</Badge></span>
                    <span>
                      <Link to="/logs/$id" params={{ id: one.logId }} className="rounded font-medium hover:underline">{d.event[one.event] ?? one.event}</Link>
                      <code className="ml-2 font-mono text-xs text-muted [overflow-wrap:anywhere]">{one.url}</code>
                      <span className={cx('block text-xs [overflow-wrap:anywhere]', one.state === 'dead' ? 'text-bad' : 'text-muted')}>{answerOf(one)}</span>
                    </span>
                    <span className="flex items-center justify-between gap-3">
                      <time className="text-xs text-muted" dateTime={one.createdAt} title={exactTime(one.createdAt)}>{ago(one.createdAt)}</time>
                      {mayManage(me) && one.state !== 'waiting'
                        && <Button small icon="replay" busy={replay.isPending && replay.variables === one.id} onClick={() => replay.mutate(one.id)}>{d.replay}</Button>}
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        {list.hasNextPage && <div className="mt-4 text-center"><Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{d.more}</Button></div>}
        <p className="sr-only" aria-live="polite">{count(deliveries.length)}</p>
      </div>
    </div>
  );
}
