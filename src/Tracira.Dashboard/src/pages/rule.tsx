import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { api, ApiError, type Rule, type RuleBody } from '../api/client';
import { projectsQuery, rulesQuery } from '../queries';
import { emptyForm, type Form, operators, readValue, ruleTypes, takesNothing, templates, writeValue } from '../rule-values';
import { mayManage, useMe } from '../session';
import { t } from '../text';
import { Badge, Button, buttonClass, Check, Dialog, Empty, Failure, Field, Loading, PageHead, Panel } from '../ui/basics';
import { count, percent } from '../ui/format';
import { OutputText } from '../ui/output';
import { tellFailure, toast } from '../ui/toasts';

interface Draft {
  name: string;
  description: string;
  type: string;
  form: Form;
  projectName: string;
  taskName: string;
  isActive: boolean;
  llmJudgeProvider: string;
  llmJudgeModel: string;
}

const draftOf = (rule?: Partial<Rule>): Draft => ({
  name: rule?.name ?? '', description: rule?.description ?? '', type: rule?.type ?? 'keyword_forbidden',
  form: rule?.value === undefined ? emptyForm : readValue(rule.type ?? '', rule.value), projectName: rule?.projectName ?? '', taskName: rule?.taskName ?? '', isActive: rule?.isActive ?? true,
  llmJudgeProvider: rule?.llmJudgeProvider ?? '', llmJudgeModel: rule?.llmJudgeModel ?? '',
});

const bodyOf = (draft: Draft, value: string): RuleBody => ({
  name: draft.name.trim(), description: draft.description.trim() || undefined, type: draft.type, value, isActive: draft.isActive,
  projectName: draft.projectName || undefined, taskName: draft.projectName ? draft.taskName.trim() || undefined : undefined,
  ...(draft.type === 'llm_judge' ? { llmJudgeProvider: draft.llmJudgeProvider || undefined, llmJudgeModel: draft.llmJudgeModel.trim() || undefined } : {}),
});

export function RulePage() {
  const { id } = useParams({ from: '/shell/rules/$id' });
  const { template } = useSearch({ from: '/shell/rules/$id' });
  const rules = useQuery(rulesQuery);
  if (id === 'new')
    return <Editor key={template} rule={templates.find(one => one.id === template)} />;
  if (rules.error)
    return <Failure error={rules.error} onRetry={() => void rules.refetch()} />;
  if (!rules.data)
    return <Loading />;
  const rule = rules.data.find(one => one.id === id);
  return rule ? <Editor key={id} rule={rule} id={id} />
    : <Empty icon="rules" title={t.rules.missing} action={<Link to="/rules" className={buttonClass()}>{t.rules.title}</Link>} />;
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

function Editor({ rule, id }: { rule?: Partial<Rule>; id?: string }) {
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: projects } = useQuery(projectsQuery);
  const [draft, setDraft] = useState(() => draftOf(rule));
  const [removing, setRemoving] = useState(false);
  const change = (part: Partial<Draft>) => setDraft(was => ({ ...was, ...part }));
  const f = t.rules.form;
  const value = writeValue(draft.type, draft.form);
  const may = mayManage(me);

  const save = useMutation({
    mutationFn: (): Promise<unknown> => {
      const body = bodyOf(draft, value);
      // What is emptied has to be said: an absent field stays as it is.
      return id ? api.patch('/api/rules/{id}', { path: { id }, body: { ...body, description: body.description ?? null, projectName: body.projectName ?? null, taskName: body.taskName ?? null, ...(draft.type === 'llm_judge' ? { llmJudgeProvider: body.llmJudgeProvider ?? null, llmJudgeModel: body.llmJudgeModel ?? null } : {}) } })
        : api.post('/api/rules', { body });
    },
    onSuccess: () => {
      toast(id ? t.rules.saved : t.rules.created);
      void queries.invalidateQueries({ queryKey: ['rules'] });
      void navigate({ to: '/rules' });
    },
  });
  const remove = useMutation({
    mutationFn: () => api.delete('/api/rules/{id}', { path: { id: id! } }),
    onSuccess: () => {
      toast(t.rules.removed);
      void queries.invalidateQueries({ queryKey: ['rules'] });
      void navigate({ to: '/rules' });
    },
    onError: tellFailure,
  });
  const faults = save.error instanceof ApiError ? save.error.fields : {};

  return (
    <div className="mx-auto max-w-6xl pb-10">
      <PageHead title={id ? (rule?.name ?? '') : t.rules.newTitle} action={may && <>
        {id && <Button look="quiet" icon="trash" onClick={() => setRemoving(true)}>{t.rules.remove}</Button>}
        <Link to="/rules" className={buttonClass()}>{t.cancel}</Link>
        <Button look="primary" type="submit" form="rule" busy={save.isPending}>{id ? t.save : t.rules.create}</Button>
      </>}>{t.rules.about[draft.type]}</PageHead>
      <div className="grid items-start gap-4 px-5 lg:grid-cols-2 lg:px-8">
        <Panel>
          <form id="rule" onSubmit={event => (event.preventDefault(), save.mutate())}>
            <fieldset disabled={!may} className="grid gap-4 p-4">
              {!may && <p className="text-sm text-muted">{t.rules.readOnly}</p>}
              {save.error && Object.keys(faults).length === 0 && <p role="alert" className="rounded-[7px] bg-bad-soft px-3 py-2 text-sm text-bad">{save.error.message}</p>}
              <Field label={f.name} error={faults.name}>{control => <input {...control} required maxLength={200} value={draft.name} onChange={event => change({ name: event.target.value })} />}</Field>
              <Field label={f.kind} error={faults.type}>{control => (
                <select {...control} value={draft.type} onChange={event => change({ type: event.target.value, form: { ...draft.form, raw: null } })}>
                  {ruleTypes.map(type => <option key={type} value={type}>{t.rules.type[type]}</option>)}
                </select>
              )}</Field>
              <ValueFields type={draft.type} form={draft.form} onChange={form => change({ form: { ...draft.form, ...form } })} />
              {faults.value && <p role="alert" className="text-xs text-bad">{faults.value}</p>}
              {draft.type === 'llm_judge' && (
                <div className="grid grid-cols-2 gap-3">
                  <Field label={f.provider} error={faults.llmJudgeProvider}>{control => (
                    <select {...control} value={draft.llmJudgeProvider} onChange={event => change({ llmJudgeProvider: event.target.value })}>
                      <option value="">{f.asWorkspace}</option>{['openai', 'anthropic', 'openrouter'].map(one => <option key={one}>{one}</option>)}
                    </select>
                  )}</Field>
                  <Field label={f.model} error={faults.llmJudgeModel}>{control => <input {...control} placeholder={f.asWorkspace} value={draft.llmJudgeModel} onChange={event => change({ llmJudgeModel: event.target.value })} />}</Field>
                </div>
              )}
              <div className="grid grid-cols-2 gap-3">
                <Field label={f.scope} error={faults.projectName}>{control => (
                  <select {...control} value={draft.projectName} onChange={event => change({ projectName: event.target.value })}>
                    <option value="">{f.everywhere}</option>{projects?.map(one => <option key={one.id}>{one.name}</option>)}
                  </select>
                )}</Field>
                {draft.projectName && <Field label={f.task} hint={f.taskHint} error={faults.taskName}>{control => <input {...control} maxLength={200} value={draft.taskName} onChange={event => change({ taskName: event.target.value })} />}</Field>}
              </div>
              <Field label={f.description} hint={f.descriptionHint} error={faults.description}>{control => <input {...control} value={draft.description} onChange={event => change({ description: event.target.value })} />}</Field>
              <Check label={f.active} checked={draft.isActive} onChange={isActive => change({ isActive })} />
            </fieldset>
          </form>
        </Panel>
        {may && <div className="grid gap-4"><LiveTest draft={draft} value={value} /><Backtest draft={draft} value={value} /></div>}
      </div>
      {removing && (
        <Dialog title={t.rules.removeTitle} onClose={() => setRemoving(false)}
          footer={<><Button onClick={() => setRemoving(false)}>{t.cancel}</Button><Button look="bad" busy={remove.isPending} onClick={() => remove.mutate()}>{t.rules.remove}</Button></>}>
          <p className="text-sm text-muted">{t.rules.removeHint}</p>
        </Dialog>
      )}
    </div>
  );
}

function ValueFields({ type, form, onChange }: { type: string; form: Form; onChange: (form: Partial<Form>) => void }) {
  const f = t.rules.form;
  const mono = 'control font-mono';
  if (form.raw !== null)
    return <Field label={f.raw} hint={f.rawHint}>{control => <textarea {...control} className={mono} rows={4} required value={form.raw ?? ''} onChange={event => onChange({ raw: event.target.value })} />}</Field>;
  const path = type.startsWith('json_field') && (
    <Field label={f.path} hint={f.pathHint}>{control => <input {...control} className={mono} required value={form.path} onChange={event => onChange({ path: event.target.value })} />}</Field>
  );
  if (type.includes('keyword')) {
    return (
      <>
        {path}
        <Field label={f.keywords} hint={f.keywordsHint}>{control => <textarea {...control} rows={5} required value={form.keywords} onChange={event => onChange({ keywords: event.target.value })} />}</Field>
        {type.endsWith('required') && <Field label={f.match}>{control => <select {...control} value={form.match} onChange={event => onChange({ match: event.target.value as Form['match'] })}><option value="all">{f.matchAll}</option><option value="any">{f.matchAny}</option></select>}</Field>}
        <div className="grid sm:grid-cols-2">
          <Check label={f.whole} checked={form.wholeWord} onChange={wholeWord => onChange({ wholeWord })} />
          <Check label={f.case} checked={form.caseSensitive} onChange={caseSensitive => onChange({ caseSensitive })} />
        </div>
      </>
    );
  }
  switch (type) {
    case 'regex_match':
      return (
        <>
          <Field label={f.pattern}>{control => <textarea {...control} className={mono} rows={3} required spellCheck={false} value={form.pattern} onChange={event => onChange({ pattern: event.target.value })} />}</Field>
          <Field label={f.expect}>{control => <select {...control} value={form.expect} onChange={event => onChange({ expect: event.target.value as Form['expect'] })}><option value="no_match">{f.expectNo}</option><option value="match">{f.expectYes}</option></select>}</Field>
          <Check label={f.flags} checked={form.flags.includes('i')} onChange={on => onChange({ flags: on ? `${form.flags}i` : form.flags.replace('i', '') })} />
        </>
      );
    case 'length_limit':
      return (
        <div className="grid grid-cols-3 gap-3">
          <Field label={f.min}>{control => <input {...control} type="number" min={0} value={form.min} required={!form.max} onChange={event => onChange({ min: event.target.value })} />}</Field>
          <Field label={f.max}>{control => <input {...control} type="number" min={0} value={form.max} required={!form.min} onChange={event => onChange({ max: event.target.value })} />}</Field>
          <Field label={f.unit}>{control => <select {...control} value={form.unit} onChange={event => onChange({ unit: event.target.value as Form['unit'] })}>{Object.entries(f.units).map(([unit, word]) => <option key={unit} value={unit}>{word}</option>)}</select>}</Field>
        </div>
      );
    case 'confidence_threshold':
      return (
        <div className="grid grid-cols-2 gap-3">
          <Field label={f.confidence}>{control => <input {...control} type="number" min={0} max={1} step="any" required value={form.confidence} onChange={event => onChange({ confidence: event.target.value })} />}</Field>
          <Field label={f.missing}>{control => <select {...control} value={form.missing} onChange={event => onChange({ missing: event.target.value as Form['missing'] })}><option value="skip">{f.missingSkip}</option><option value="flag">{f.missingFlag}</option></select>}</Field>
        </div>
      );
    case 'llm_judge':
      return (
        <>
          <Field label={f.instruction} hint={f.instructionHint}>{control => <textarea {...control} rows={4} required value={form.instruction} onChange={event => onChange({ instruction: event.target.value })} />}</Field>
          <Field label={f.threshold}>{control => <input {...control} type="number" min={0} max={1} step="any" required value={form.threshold} onChange={event => onChange({ threshold: event.target.value })} />}</Field>
          <Check label={f.withInput} checked={form.includeInput} onChange={includeInput => onChange({ includeInput })} />
        </>
      );
    default:
      return (
        <>
          {path}
          <div className="grid grid-cols-2 gap-3">
            <Field label={f.operator}>{control => <select {...control} value={form.operator} onChange={event => onChange({ operator: event.target.value })}>{operators.map(one => <option key={one} value={one}>{t.rules.operators[one]}</option>)}</select>}</Field>
            {!takesNothing(form.operator) && <Field label={f.operand}>{control => <input {...control} className={mono} required value={form.operand} onChange={event => onChange({ operand: event.target.value })} />}</Field>}
          </div>
        </>
      );
  }
}

function Fault({ error }: { error: Error }) {
  const text = error instanceof ApiError && Object.keys(error.fields).length > 0 ? Object.values(error.fields).join('; ') : error.message;
  return <p role="alert" className="text-sm text-bad">{text}</p>;
}

function LiveTest({ draft, value }: { draft: Draft; value: string }) {
  const [sample, setSample] = useState('');
  const [confidence, setConfidence] = useState('');
  const isJudge = draft.type === 'llm_judge';
  const asked = useSettled(JSON.stringify({ output: sample, confidence: confidence === '' ? undefined : Number(confidence), rule: { ...bodyOf(draft, value), name: draft.name || 'draft', projectName: undefined, taskName: undefined } }), 400);
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

function Row({ label, children }: { label: string; children: ReactNode }) {
  return <div className="flex justify-between gap-4"><dt className="text-muted">{label}</dt><dd className="tabular-nums">{children}</dd></div>;
}

/** The draft over stored logs: of the last week by itself while one types, of longer ones when asked. */
function Backtest({ draft, value }: { draft: Draft; value: string }) {
  const [days, setDays] = useState(7);
  const isJudge = draft.type === 'llm_judge';
  const rule = useSettled(JSON.stringify({ ...bodyOf(draft, value), name: draft.name || 'draft' }), 1_000);
  const test = useQuery({
    queryKey: ['backtest', rule, days],
    queryFn: ({ signal }) => api.post('/api/rules/backtest', { body: { rule: JSON.parse(rule), since: `${days}d`, examples: 5 }, signal }),
    enabled: value !== '' && !isJudge, retry: false, placeholderData: previous => previous, gcTime: 10_000, staleTime: 60_000,
  });
  const r = t.rules.result;
  const result = test.data;
  if (isJudge)
    return null;
  return (
    <Panel title={t.rules.backtest} action={
      <select aria-label={t.rules.since} className="control w-auto!" value={days} onChange={event => setDays(Number(event.target.value))}>
        {[1, 7, 30, 90].map(one => <option key={one} value={one}>{t.rules.since} {t.rules.days(one)}</option>)}
      </select>
    }>
      <div className="grid gap-3 p-4 text-sm" aria-live="polite">
        {test.error ? <Fault error={test.error} /> : !result ? <p className="text-muted">{t.rules.backtestLead}</p> : (
          <>
            <dl className="grid gap-1">
              <Row label={r.evaluated}>{count(result.evaluated)}</Row>
              <Row label={r.flagged}><b>{count(result.flagged)}</b>{result.evaluated > 0 && ` (${percent(result.flagged / result.evaluated, 1)})`}</Row>
              <Row label={r.newly}>{count(result.then.newlyFlagged)}</Row>
              {result.errors > 0 && <Row label={r.errors}>{count(result.errors)}</Row>}
              {result.people.precision !== undefined && <Row label={r.precision}>{percent(result.people.precision)} · {count(result.people.falseAlarms)} {r.alarms}</Row>}
              {result.people.recall !== undefined && <Row label={r.recall}>{percent(result.people.recall)} · {count(result.people.missed)} {r.missed}</Row>}
            </dl>
            {result.cut && <p className="text-xs text-muted">{r.cut}</p>}
            <ul className="divide-y divide-line border-t border-line">
              {result.examples.map(one => (
                <li key={one.id} className="py-2">
                  <Link to="/logs/$id" params={{ id: one.id }} className="font-medium hover:underline">{one.projectName}{one.taskName && ` / ${one.taskName}`}</Link>
                  <span className="block text-xs text-muted [overflow-wrap:anywhere]">{one.reason}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}
