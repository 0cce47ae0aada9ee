import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { api, ApiError, type LogDetail, type Schemas } from '../api/client';
import { decide, useDecided } from '../decisions';
import { useFocusOn } from '../live';
import { logQuery } from '../queries';
import { mayManage, mayReview, useMe } from '../session';
import { t } from '../text';
import { Button, buttonClass, CopyButton, cx, DecisionBadge, Dialog, Empty, Failure, Field, Loading, Panel, StatusBadge, StatusDot, Tabs } from '../ui/basics';
import { ago, bytes, clockTime, count, dollars, exactTime, latency, percent } from '../ui/format';
import { Icon, type IconName } from '../ui/icons';
import { Attachments, Json, OutcomeBadge, OutputText, readInput, readJson, Reasons } from '../ui/output';
import { SafeHtml } from '../ui/safe-html';
import { useShortcuts } from '../ui/shortcuts';
import { tellFailure, toast } from '../ui/toasts';

type View = 'rendered' | 'raw' | 'json';

export function LogPage() {
  const { id } = useParams({ from: '/shell/logs/$id' });
  const { data: log, error, refetch } = useQuery(logQuery(id));
  useFocusOn(id);
  if (error instanceof ApiError && error.status === 404)
    return <Empty icon="logs" title={t.log.missing} action={<Link to="/logs" className={buttonClass()}>{t.log.back}</Link>}>{t.log.missingHint}</Empty>;
  if (error)
    return <Failure error={error} onRetry={() => void refetch()} />;
  return log ? <Whole key={id} log={log} /> : <Loading rows={12} />;
}

function Whole({ log }: { log: LogDetail }) {
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const decided = useDecided();
  const [view, setView] = useState<View>('raw');
  const [asking, setAsking] = useState<'flag' | 'remove'>();
  const [hovered, setHovered] = useState<string>();
  const input = readInput(log.input, log.inputText);
  const waits = mayReview(me) && (log.status === 'flagged' || log.status === 'error') && !log.humanDecision && !decided.has(log.id);
  useShortcuts(waits ? { a: () => decide([log.id], { decision: 'approved' }), r: () => decide([log.id], { decision: 'rejected' }) } : {});

  const remove = useMutation({
    mutationFn: () => api.delete('/api/logs/{id}', { path: { id: log.id } }),
    onSuccess: () => {
      toast(t.log.removed);
      void queries.invalidateQueries({ queryKey: ['logs'] });
      void navigate({ to: '/logs' });
    },
    onError: tellFailure,
  });

  return (
    <div className="mx-auto max-w-[90rem]">
      <header className="px-5 pt-4 lg:px-8">
        <Link to="/logs" className="inline-flex items-center gap-1 rounded text-xs text-muted hover:text-text"><Icon name="left" size={13} /> {t.log.back}</Link>
        <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-2.5">
          <h1 className="text-xl font-semibold tracking-tight">{log.projectName}{log.taskName && <span className="font-normal text-muted"> / {log.taskName}</span>}</h1>
          <StatusBadge status={log.status} />
          {log.humanDecision && <DecisionBadge decision={log.humanDecision} by={log.decidedBy} />}
          <time className="text-sm text-muted" dateTime={log.timestamp}>{exactTime(log.timestamp)}</time>
          <span className="flex flex-wrap gap-2 sm:ml-auto">
            {waits && <Button look="ok" icon="check" shortcut="a" onClick={() => decide([log.id], { decision: 'approved' })}>{t.queue.approve}</Button>}
            {waits && <Button look="bad" icon="cross" shortcut="r" onClick={() => decide([log.id], { decision: 'rejected' })}>{t.queue.reject}</Button>}
            {mayReview(me) && log.status !== 'pending' && !waits && <Button icon="alert" onClick={() => setAsking('flag')}>{t.log.flag}</Button>}
            {mayManage(me) && <Button look="quiet" icon="trash" onClick={() => setAsking('remove')}>{t.log.remove}</Button>}
          </span>
        </div>
        {log.status === 'flagged' || log.status === 'error'
          ? <div className="mt-4 rounded-xl bg-warn-soft/60 px-4 py-3"><Reasons rules={log.appliedRules} explanation={log.explanation} onHover={setHovered} /></div>
          : log.explanation && <p className="mt-1 max-w-prose text-sm text-muted">{log.explanation}</p>}
      </header>

      <div className="grid items-start gap-4 px-5 py-5 lg:grid-cols-[minmax(0,1fr)_21rem] lg:px-8">
        <div className="grid min-w-0 grid-cols-1 gap-4">
          {input && <Panel title={t.queue.input}><div className="max-h-96 overflow-y-auto px-4 py-3 text-sm whitespace-pre-wrap text-muted [overflow-wrap:anywhere]" tabIndex={0} role="region" aria-label={t.queue.input}>{input}</div></Panel>}
          <Panel title={t.queue.output} action={
            <span className="flex items-center gap-1">
              <Tabs<View> label={t.log.view} value={view} onChange={setView} options={[['raw', t.log.views.raw], ['rendered', t.log.views.rendered], ['json', t.log.views.json]]} />
              <CopyButton text={log.output} small />
            </span>
          }>
            <div className="px-4 py-3.5"><Output log={log} view={view} strong={hovered} /></div>
          </Panel>
          {(log.correctedOutput || log.comment || log.decisionNote) && (
            <Panel title={log.correctedOutput ? t.log.corrected : log.comment ? t.log.comment : t.queue.note}>
              <p className="px-4 py-3 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">{log.correctedOutput ?? log.comment ?? log.decisionNote}</p>
            </Panel>
          )}
          {log.action !== undefined && <Panel title={t.queue.action}><div className="px-4 py-3"><Json value={log.action} /></div></Panel>}
          {log.attachments && <Panel title={t.queue.files}><div className="p-4"><Attachments files={log.attachments} /></div></Panel>}
          <Panel title={t.log.rules}><Rules rules={log.appliedRules} /></Panel>
        </div>
        <div className="grid min-w-0 grid-cols-1 gap-4">
          <Panel title={t.log.timeline}><Timeline log={log} /></Panel>
          {log.sessionId && <Session log={log} />}
          <Panel title={t.log.details}><Details log={log} /></Panel>
          {log.metadata !== undefined && <Panel title={t.log.metadata}><div className="overflow-x-auto px-4 py-3"><Json value={log.metadata} /></div></Panel>}
        </div>
      </div>

      {asking === 'flag' && <FlagDialog id={log.id} onClose={() => setAsking(undefined)} />}
      {asking === 'remove' && (
        <Dialog title={t.log.removeTitle} onClose={() => setAsking(undefined)}
          footer={<><Button onClick={() => setAsking(undefined)}>{t.cancel}</Button><Button look="bad" busy={remove.isPending} onClick={() => remove.mutate()}>{t.log.remove}</Button></>}>
          <p className="text-sm text-muted">{t.log.removeHint}</p>
        </Dialog>
      )}
    </div>
  );
}

function Output({ log, view, strong }: { log: LogDetail; view: View; strong?: string }) {
  const rendered = useQuery({ queryKey: ['log', log.id, 'rendered'], queryFn: ({ signal }) => api.get('/api/logs/{id}/rendered', { path: { id: log.id }, signal }), enabled: view === 'rendered' });
  const json = useMemo(() => (view === 'json' ? readJson(log.output) : undefined), [log.output, view]);
  if (view === 'raw' || log.output === '')
    return <OutputText output={log.output} rules={log.appliedRules} strong={strong} />;
  if (view === 'json')
    return json === undefined ? <p className="text-sm text-muted">{t.log.noJson}</p> : <Json value={json} />;
  return rendered.error ? <Failure error={rendered.error} /> : rendered.data ? <SafeHtml html={rendered.data.html} /> : <Loading rows={3} />;
}

function Rules({ rules }: { rules: LogDetail['appliedRules'] }) {
  if (rules.length === 0)
    return <p className="px-4 py-3 text-sm text-muted">{t.log.noRules}</p>;
  const rank: Record<string, number> = { flagged: 0, error: 1, skipped: 2, passed: 3 };
  return (
    <ul className="divide-y divide-line">
      {[...rules].sort((a, b) => (rank[a.outcome] ?? 2) - (rank[b.outcome] ?? 2)).map(rule => (
        <li key={rule.ruleId} className="px-4 py-2.5 text-sm">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <OutcomeBadge outcome={rule.outcome} />
            <Link to="/rules/$id" params={{ id: rule.ruleId }} className="font-medium hover:underline">{rule.ruleName}</Link>
            <span className="text-xs text-muted">{t.rules.type[rule.ruleType] ?? rule.ruleType}{rule.model && ` · ${rule.model}`}{rule.costUsd !== undefined && ` · ${dollars(rule.costUsd)}`}</span>
          </div>
          {rule.summary && <p className="mt-1 text-muted [overflow-wrap:anywhere]">{rule.summary}</p>}
          {rule.llmOutput && (
            <details className="mt-1.5">
              <summary className="w-fit rounded text-xs text-muted">{t.log.judge}</summary>
              <pre className="mt-1.5 max-h-60 overflow-auto rounded-[7px] bg-sunken p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]" tabIndex={0}>{rule.llmOutput}</pre>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

interface Moment {
  at?: string;
  icon: IconName;
  text: string;
  detail?: string;
  tone?: string;
}

function channelOf(url: string): string {
  return url.startsWith('slack:') || url.includes('hooks.slack.com') ? t.log.channel.slack : url.startsWith('mailto:') ? t.log.channel.mail : t.log.channel.callback;
}

function momentOf(delivery: Schemas['DeliveryItem']): Moment {
  const what = `${channelOf(delivery.url)} (${t.deliveries.event[delivery.event] ?? delivery.event})`;
  const detail = [t.log.events.attempts(delivery.attempts), delivery.statusCode, delivery.error].filter(Boolean).join(' · ');
  const at = delivery.lastAttemptAt ?? delivery.createdAt;
  return delivery.state === 'delivered' ? { at, icon: 'deliveries', text: t.log.events.delivered(what), detail, tone: 'text-ok' }
    : delivery.state === 'dead' ? { at, icon: 'cross', text: t.log.events.dead(what), detail, tone: 'text-bad' }
    : { at, icon: 'clock', text: t.log.events.waiting(what), detail };
}

function Timeline({ log }: { log: LogDetail }) {
  const deliveries = useQuery({ queryKey: ['deliveries', 'log', log.id], queryFn: ({ signal }) => api.get('/api/deliveries', { query: { logId: log.id, limit: 100 }, signal }) });
  const judges = log.appliedRules.filter(rule => rule.evaluator === 'llm' && rule.outcome !== 'skipped');
  const before: Moment[] = [
    { at: log.createdAt, icon: 'logs', text: t.log.events.received },
    ...judges.map<Moment>(rule => ({ icon: 'rules', text: t.log.events.judged(rule.ruleName), detail: rule.model })),
  ];
  if (log.status !== 'pending')
    before.push({ icon: 'check', text: t.log.events.evaluated(t.status[log.status as keyof typeof t.status]), tone: log.status === 'pass' ? 'text-ok' : 'text-warn' });
  const after: Moment[] = (deliveries.data?.deliveries ?? []).map(momentOf);
  if (log.flaggedAt)
    after.push({ at: log.flaggedAt, icon: 'alert', text: t.log.events.flagged(log.flaggedBy ?? ''), detail: log.flagReason });
  if (log.humanDecision)
    after.push({ at: log.decidedAt, icon: 'user', text: t.log.events.decided(t.decision[log.humanDecision as keyof typeof t.decision], log.decidedBy ?? '', log.decisionSource ?? ''), detail: log.decisionNote });
  after.sort((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? ''));
  return (
    <ol className="px-4 py-3">
      {[...before, ...after].map((moment, i, all) => (
        <li key={i} className="relative flex gap-3 pb-3 text-sm last:pb-0">
          {i < all.length - 1 && <span aria-hidden="true" className="absolute top-5 bottom-0 left-[7px] w-px bg-line" />}
          <span className={cx('mt-0.5', moment.tone ?? 'text-muted')}><Icon name={moment.icon} /></span>
          <span className="min-w-0 flex-1">
            <span className="flex justify-between gap-2"><span>{moment.text}</span>{moment.at && <time className="shrink-0 text-xs text-muted tabular-nums" dateTime={moment.at} title={exactTime(moment.at)}>{clockTime(moment.at)}</time>}</span>
            {moment.detail && <span className="block text-xs text-muted [overflow-wrap:anywhere]">{moment.detail}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Session({ log }: { log: LogDetail }) {
  const turns = useQuery({
    queryKey: ['logs', 'session', log.sessionId],
    queryFn: ({ signal }) => api.get('/api/logs', { query: { sessionId: log.sessionId, sortDir: 'asc', limit: 100 }, signal }),
  });
  return (
    <Panel title={t.log.session} action={turns.data && <span className="text-xs text-muted">{t.log.sessionTurns(turns.data.total)}</span>}>
      <ol className="max-h-80 overflow-y-auto p-1.5" tabIndex={0} aria-label={t.log.session}>
        {turns.data?.executions.map(turn => (
          <li key={turn.id}>
            <Link to="/logs/$id" params={{ id: turn.id }} aria-current={turn.id === log.id ? 'true' : undefined}
              className={cx('block rounded-[7px] px-2.5 py-1.5 text-sm', turn.id === log.id ? 'bg-accent-soft' : 'hover:bg-hover')}>
              <span className="flex items-center gap-1.5 text-xs text-muted"><StatusDot status={turn.status} /> {ago(turn.timestamp)}</span>
              <span className="block truncate">{readInput(turn.input) ?? turn.output}</span>
              <span className="block truncate text-xs text-muted">{turn.output}</span>
            </Link>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Details({ log }: { log: LogDetail }) {
  const f = t.log.fields;
  const rows: [string, ReactNode][] = [
    [f.id, <span key="id" className="font-mono text-xs">{log.id}</span>], [f.model, log.model], [f.latency, log.latencyMs !== undefined && latency(log.latencyMs)],
    [f.cost, log.costUsd !== undefined && dollars(log.costUsd)], [f.confidence, log.confidence !== undefined && percent(log.confidence)],
    [f.score, log.confidenceScore !== undefined && percent(log.confidenceScore)], [f.session, log.sessionId], [f.subject, log.subjectId], [f.actor, log.actorId],
    [f.tags, log.tags?.join(', ')], [f.callback, log.callbackUrl], [f.instructions, log.instructionsVersion],
    [f.revisions, log.revisions?.map((one, i) => <Link key={one} to="/logs/$id" params={{ id: one }} className={cx('mr-2 underline', one === log.id && 'font-semibold no-underline')}>{count(i + 1)}</Link>)],
    [t.queue.files, log.mediaBytes > 0 && bytes(log.mediaBytes)],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-4 py-3 text-sm">
      {rows.filter(([, value]) => value).map(([name, value]) => (
        <div key={name} className="contents"><dt className="text-muted">{name}</dt><dd className="[overflow-wrap:anywhere]">{value}</dd></div>
      ))}
    </dl>
  );
}

function FlagDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const flag = useMutation({
    mutationFn: () => api.patch('/api/logs/{id}/status', { path: { id }, body: { status: 'flagged', reason: reason.trim() || undefined } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['log', id] });
      void queries.invalidateQueries({ queryKey: ['logs'] });
      onClose();
    },
    onError: tellFailure,
  });
  return (
    <Dialog title={t.log.flagTitle} onClose={onClose} footer={<Button look="primary" busy={flag.isPending} onClick={() => flag.mutate()}>{t.log.flag}</Button>}>
      <Field label={t.log.flagReason} hint={t.log.flagHint}>
        {control => <textarea {...control} rows={3} maxLength={2_000} autoFocus value={reason} onChange={event => setReason(event.target.value)} />}
      </Field>
    </Dialog>
  );
}
