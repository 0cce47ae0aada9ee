import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ApiError, type Rule } from '../api/client';
import { projectsQuery, rulesQuery } from '../queries';
import { bodyOf, type Draft, draftOf } from '../rule-draft';
import { ruleTypes, templates, writeValue } from '../rule-values';
import { mayManage, useMe } from '../session';
import { t } from '../text';
import { Button, buttonClass, Check, Dialog, Empty, Failure, Field, Loading, PageHead, Panel } from '../ui/basics';
import { tellFailure, toast } from '../ui/toasts';
import { Tries } from './rule-tries';
import { ValueFields } from './rule-value-fields';

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
        {may && <Tries draft={draft} value={value} />}
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
