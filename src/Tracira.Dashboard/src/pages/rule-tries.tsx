import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { api, ApiError, type LogItem, type Schemas } from '../api/client';
import { bodyOf, type Draft } from '../rule-draft';
import { t } from '../text';
import { Badge, Button, cx, Field, Panel } from '../ui/basics';
import { count, exactTime, percent } from '../ui/format';
import { Excerpt, OutputText } from '../ui/output';

const latestLogs = 100;

interface Tried {
  draft: Draft;
  value: string;
}

/** What a draft would do, before anybody has to live with it: to a pasted output, to the latest logs, to all that is stored. */
export function Tries(tried: Tried) {
  return (
    <div className="grid gap-4">
      <LiveTest {...tried} />
      {tried.draft.type !== 'llm_judge' && <Latest {...tried} />}
      {tried.draft.type !== 'llm_judge' && <Backtest {...tried} />}
    </div>
  );
}

/** The value some time after it has last changed. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

function Fault({ error }: { error: Error }) {
  const text = error instanceof ApiError && Object.keys(error.fields).length > 0 ? Object.values(error.fields).join('; ') : error.message;
  return <p role="alert" className="text-sm text-bad">{text}</p>;
}

// A draft can be tried before it has a name.
const ruleOf = (draft: Draft, value: string) => ({ ...bodyOf(draft, value), name: draft.name.trim() || 'draft' });

function useSettledRule(draft: Draft, value: string, milliseconds: number): [rule: string, isSettled: boolean] {
  const rule = JSON.stringify(ruleOf(draft, value));
  const settled = useSettled(rule, milliseconds);
  return [settled, settled === rule];
}

function LiveTest({ draft, value }: Tried) {
  const [sample, setSample] = useState('');
  const [confidence, setConfidence] = useState('');
  const isJudge = draft.type === 'llm_judge';
  const asked = useSettled(JSON.stringify({ output: sample, confidence: confidence === '' ? undefined : Number(confidence), rule: { ...ruleOf(draft, value), projectName: undefined, taskName: undefined } }), 400);
  const test = useQuery({
    queryKey: ['evaluate', asked],
    queryFn: ({ signal }) => api.post('/api/rules/evaluate', { body: JSON.parse(asked), signal }),
    enabled: sample !== '' && value !== '' && !isJudge && !asked.startsWith('{"output":""'), retry: false, placeholderData: previous => previous, gcTime: 10_000,
  });
  const ask = useMutation({ mutationFn: () => api.post('/api/rules/evaluate', { body: JSON.parse(asked) }) });
  const answer = isJudge ? ask.data : test.data;
  const error = isJudge ? ask.error : test.error;
  const applied = answer?.appliedRules ?? [];
  return (
    <Panel title={t.rules.test}>
      <div className="grid gap-3 p-4">
        <Field label={t.rules.sample} hint={isJudge ? t.rules.judgeHint : t.rules.testLead}>
          {control => <textarea {...control} rows={5} placeholder={t.rules.sampleHere} maxLength={50_000} value={sample} onChange={event => setSample(event.target.value)} />}
        </Field>
        {draft.type === 'confidence_threshold' && <Field label={t.rules.confidence}>{control => <input {...control} type="number" min={0} max={1} step="any" value={confidence} onChange={event => setConfidence(event.target.value)} />}</Field>}
        {isJudge && <div><Button busy={ask.isPending} disabled={!sample || !value} onClick={() => ask.mutate()}>{t.rules.ask}</Button></div>}
        <div aria-live="polite" data-testid="live-test" className="grid gap-2">
          {error ? <Fault error={error} /> : answer && sample && (
            <>
              <p className="flex items-start gap-2 text-sm">
                <Badge tone={answer.status === 'pass' ? 'ok' : answer.status === 'flagged' ? 'warn' : 'bad'}>{answer.status === 'pass' ? t.rules.passes : answer.status === 'flagged' ? t.rules.flags : t.rules.cannot}</Badge>
                <span className="min-w-0 text-muted [overflow-wrap:anywhere]">{applied[0]?.summary}</span>
              </p>
              {applied.some(rule => rule.matches) && <div className="max-h-60 overflow-y-auto rounded-[8px] bg-sunken px-3.5 py-2.5"><OutputText output={sample} rules={applied} /></div>}
            </>
          )}
        </div>
      </div>
    </Panel>
  );
}

/** The draft over the latest logs of its scope, as one types: each of them is a square. */
function Latest({ draft, value }: Tried) {
  const [settled, isSettled] = useSettledRule(draft, value, 500);
  const scope = { project: draft.projectName || undefined, task: (draft.projectName && draft.taskName.trim()) || undefined };
  const logs = useQuery({ queryKey: ['logs', 'latest', scope], queryFn: ({ signal }) => api.get('/api/logs', { query: { ...scope, limit: latestLogs }, signal }) });
  const latest = logs.data?.executions ?? [];
  const from = latest.at(-1)?.timestamp;
  const test = useQuery({
    queryKey: ['backtest', 'latest', settled, from],
    queryFn: ({ signal }) => api.post('/api/rules/backtest', { body: { rule: JSON.parse(settled), from, examples: latestLogs }, signal }),
    enabled: value !== '' && from !== undefined, retry: false, placeholderData: previous => previous, gcTime: 10_000, staleTime: 60_000,
  });
  const found = new Map(test.data?.examples.map(one => [one.id, one]));
  const flagged = latest.filter(log => found.has(log.id));
  const passed = flagged.filter(log => log.status === 'pass').length;
  return (
    <Panel title={t.rules.recent}>
      <div className="grid gap-3 p-4 text-sm" aria-live="polite" data-testid="latest">
        {logs.data && latest.length === 0 ? <p className="text-muted">{t.rules.recentNone}</p>
          : test.error ? <Fault error={test.error} />
          : value === '' || !test.data ? <p className="text-muted">{t.rules.recentLead}</p> : (
            <>
              <p><b className="font-semibold">{t.rules.recentFlagged(flagged.length, latest.length)}</b> <span className="text-muted">{t.rules.recentPassed(passed)}</span></p>
              <Squares logs={latest} found={found} dim={!isSettled || test.isPlaceholderData} />
              <ul className="divide-y divide-line border-t border-line empty:hidden">
                {flagged.slice(0, 4).map(log => (
                  <li key={log.id} className="py-2 last:pb-0">
                    <span className="flex gap-3 text-xs text-muted">
                      <Link to="/logs/$id" params={{ id: log.id }} className="truncate rounded hover:underline">{log.projectName}{log.taskName && ` / ${log.taskName}`}</Link>
                      <span className="ml-auto shrink-0">{t.status[log.status as keyof typeof t.status]}</span>
                    </span>
                    <Excerpt output={log.output} matches={found.get(log.id)?.matches} />
                  </li>
                ))}
              </ul>
            </>
          )}
      </div>
    </Panel>
  );
}

function Squares({ logs, found, dim }: { logs: readonly LogItem[]; found: ReadonlyMap<string, Schemas['BacktestItem']>; dim: boolean }) {
  return (
    <div aria-hidden="true" className={cx('flex flex-wrap gap-1 transition-opacity', dim && 'opacity-50')}>
      {[...logs].reverse().map(log => {
        const flags = found.get(log.id);
        return (
          <Link key={log.id} to="/logs/$id" params={{ id: log.id }} tabIndex={-1} preload={false} title={`${exactTime(log.timestamp)} · ${flags?.reason ?? t.rules.passes}`}
            className={cx('size-3.5 rounded-[3px]', !flags ? 'bg-line' : log.status === 'pass' ? 'bg-chart-warn' : 'bg-chart-warn/45')} />
        );
      })}
    </div>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return <div className="flex justify-between gap-4"><dt className="text-muted">{label}</dt><dd className="tabular-nums">{children}</dd></div>;
}

/** The draft over all that is stored, when asked: beside what became of it then and what people decided. */
function Backtest({ draft, value }: Tried) {
  const [days, setDays] = useState(30);
  const asked = JSON.stringify({ rule: ruleOf(draft, value), since: `${days}d`, examples: 0 });
  const test = useMutation({ mutationFn: (body: string) => api.post('/api/rules/backtest', { body: JSON.parse(body) }) });
  const r = t.rules.result;
  const result = test.data;
  return (
    <Panel title={t.rules.backtest} action={
      <span className="flex items-center gap-2">
        <select aria-label={t.rules.since} className="control w-auto!" value={days} onChange={event => setDays(Number(event.target.value))}>
          {[1, 7, 30, 90, 365].map(one => <option key={one} value={one}>{t.rules.days(one)}</option>)}
        </select>
        <Button busy={test.isPending} disabled={value === ''} onClick={() => test.mutate(asked)}>{t.rules.run}</Button>
      </span>
    }>
      <div className="grid gap-3 p-4 text-sm" aria-live="polite" data-testid="backtest">
        {test.error ? <Fault error={test.error} /> : !result ? <p className="text-muted">{t.rules.backtestLead}</p> : (
          <dl className={cx('grid gap-1', test.variables !== asked && 'opacity-50')} title={test.variables !== asked ? t.rules.outdated : undefined}>
            <Row label={r.evaluated}>{count(result.evaluated)}</Row>
            <Row label={r.flagged}><b>{count(result.flagged)}</b>{result.evaluated > 0 && ` (${percent(result.flagged / result.evaluated, 1)})`}</Row>
            <Row label={r.newly}>{count(result.then.newlyFlagged)}</Row>
            {result.errors > 0 && <Row label={r.errors}>{count(result.errors)}</Row>}
            {result.people.precision !== undefined && <Row label={r.precision}>{percent(result.people.precision)} · {r.alarms(result.people.falseAlarms)}</Row>}
            {result.people.recall !== undefined && <Row label={r.recall}>{percent(result.people.recall)} · {r.missed(result.people.missed)}</Row>}
          </dl>
        )}
        {result?.cut && <p className="text-xs text-muted">{r.cut}</p>}
      </div>
    </Panel>
  );
}
