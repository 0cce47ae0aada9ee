import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useLive } from '../live';
import { logQuery } from '../queries';
import { useMe } from '../session';
import { t } from '../text';
import { cx, DecisionBadge, Failure, Loading, StatusBadge } from '../ui/basics';
import { dollars, exactTime, latency, percent } from '../ui/format';
import { Icon } from '../ui/icons';
import { Attachments, Json, OutputText, readInput, Reasons } from '../ui/output';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}

/** A log as a reviewer reads it: why it is here, what came in, what went out. */
export function Reader({ id, isGone, top }: { id: string; isGone?: boolean; top?: ReactNode }) {
  const { data: log, error, refetch } = useQuery(logQuery(id));
  const [hovered, setHovered] = useState<string>();
  const { viewers } = useLive();
  const me = useMe();
  if (error)
    return <>{top}<Failure error={error} onRetry={() => void refetch()} /></>;
  if (!log)
    return <>{top}<Loading /></>;
  const others = [...new Set(viewers.filter(viewer => viewer.logId === id && viewer.userId !== me.id).map(viewer => viewer.name))];
  const input = readInput(log.input, log.inputText);
  const details: [string, string | undefined][] = [
    [t.log.fields.model, log.model], [t.log.fields.latency, log.latencyMs === undefined ? undefined : latency(log.latencyMs)],
    [t.log.fields.cost, log.costUsd === undefined ? undefined : dollars(log.costUsd)], [t.log.fields.confidence, log.confidence === undefined ? undefined : percent(log.confidence)],
    [t.log.fields.session, log.sessionId], [t.log.fields.subject, log.subjectId], [t.log.fields.actor, log.actorId], [t.log.fields.tags, log.tags?.join(', ')],
  ];
  return (
    <article className="@container" aria-label={`${log.projectName} ${exactTime(log.timestamp)}`}>
      {top}
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 pt-4 lg:px-6">
        <h2 className="text-base font-semibold">{log.projectName}{log.taskName && <span className="font-normal text-muted"> / {log.taskName}</span>}</h2>
        <StatusBadge status={log.status} />
        {log.humanDecision && <DecisionBadge decision={log.humanDecision} by={log.decidedBy} />}
        <span className="ml-auto flex items-center gap-3 text-xs text-muted">
          {others.length > 0 && <span className="inline-flex items-center gap-1 text-accent"><Icon name="eye" size={14} />{t.queue.seenBy(others.join(', '))}</span>}
          <time dateTime={log.timestamp}>{exactTime(log.timestamp)}</time>
          <Link to="/logs/$id" params={{ id }} className="rounded font-medium text-accent hover:underline">{t.queue.open}</Link>
        </span>
      </header>
      {isGone && !log.humanDecision && <p role="status" className="mx-4 mt-3 rounded-[7px] bg-sunken px-3 py-2 text-sm text-muted lg:mx-6">{t.queue.gone}</p>}
      <div className="grid gap-5 px-4 py-4 lg:px-6">
        <div className="rounded-[9px] bg-warn-soft/60 px-3.5 py-2.5"><h3 className="sr-only">{t.queue.why}</h3><Reasons rules={log.appliedRules} explanation={log.explanation} onHover={setHovered} /></div>
        <div className={cx('grid items-start gap-x-6 gap-y-5', input && '@2xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]')}>
          {input && (
            <Part title={t.queue.input}>
              <div className="max-h-[60vh] overflow-y-auto rounded-[10px] bg-sunken px-4 py-3 text-sm leading-6 whitespace-pre-wrap text-muted [overflow-wrap:anywhere]" tabIndex={0} role="region" aria-label={t.queue.input}>{input}</div>
            </Part>
          )}
          <Part title={t.queue.output}><div className="rounded-[10px] border border-line px-4 py-3"><OutputText output={log.output} rules={log.appliedRules} strong={hovered} /></div></Part>
        </div>
        {!input && <p className="-mt-2 text-xs text-muted">{t.queue.noInput}</p>}
        {log.action !== undefined && <Part title={t.queue.action}><div className="rounded-[8px] border border-line px-3.5 py-2.5"><Json value={log.action} /></div></Part>}
        {log.attachments && <Part title={t.queue.files}><Attachments files={log.attachments} /></Part>}
        <dl className="flex flex-wrap gap-x-6 gap-y-1.5 text-xs text-muted">
          {details.filter(([, value]) => value).map(([name, value]) => (
            <div key={name} className="flex gap-1.5"><dt>{name}</dt><dd className="text-text [overflow-wrap:anywhere]">{value}</dd></div>
          ))}
        </dl>
      </div>
    </article>
  );
}
