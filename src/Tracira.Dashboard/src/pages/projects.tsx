import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, ApiError, type Project } from '../api/client';
import { projectsQuery } from '../queries';
import { mayManage, useMe } from '../session';
import { t } from '../text';
import { Button, Dialog, Empty, Failure, Field, IconButton, Loading, PageHead, Panel } from '../ui/basics';
import { count, exactTime } from '../ui/format';
import { tellFailure, toast } from '../ui/toasts';
import { Tasks, TasksDialog } from './project-tasks';

export function ProjectsPage() {
  const me = useMe();
  const may = mayManage(me);
  const projects = useQuery(projectsQuery);
  const [editing, setEditing] = useState<Project | 'new'>();
  const [removing, setRemoving] = useState<Project>();
  const [tasking, setTasking] = useState<Project>();
  const p = t.projects;
  return (
    <div className="mx-auto max-w-5xl pb-10">
      <PageHead title={p.title} action={may && <Button look="primary" icon="plus" onClick={() => setEditing('new')}>{p.add}</Button>}>{p.lead}</PageHead>
      <div className="px-5 lg:px-8">
        {projects.error ? <Failure error={projects.error} onRetry={() => void projects.refetch()} />
          : !projects.data ? <Loading />
          : projects.data.length === 0 ? <Empty icon="projects" title={p.empty}>{p.emptyHint}</Empty>
          : (
            <Panel>
              <ul className="divide-y divide-line">
                {projects.data.map(project => (
                  <li key={project.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
                    <span aria-hidden="true" className="grid size-9 place-items-center rounded-[9px] bg-sunken text-base">{project.icon ?? project.name[0]?.toUpperCase()}</span>
                    <div className="min-w-0 flex-1">
                      <Link to="/logs" search={{ project: project.name }} className="rounded font-medium hover:underline">{project.name}</Link>
                      <Tasks project={project} />
                    </div>
                    <span className="text-sm text-muted tabular-nums" title={exactTime(project.createdAt)}>{t.logs(project.executionCount)}{project.retentionDays && ` · ${count(project.retentionDays)} ${p.days}`}</span>
                    {may && <span className="flex"><IconButton icon="plus" label={`${p.tasks}: ${project.name}`} onClick={() => setTasking(project)} /><IconButton icon="note" label={`${p.edit}: ${project.name}`} onClick={() => setEditing(project)} /><IconButton icon="trash" label={`${p.remove}: ${project.name}`} onClick={() => setRemoving(project)} /></span>}
                  </li>
                ))}
              </ul>
            </Panel>
          )}
      </div>
      {editing && <EditDialog project={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
      {tasking && <TasksDialog project={tasking} onClose={() => setTasking(undefined)} />}
      {removing && <RemoveDialog project={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  );
}

function EditDialog({ project, onClose }: { project?: Project; onClose: () => void }) {
  const queries = useQueryClient();
  const p = t.projects;
  const [name, setName] = useState(project?.name ?? '');
  const [icon, setIcon] = useState(project?.icon ?? '');
  const [days, setDays] = useState(project?.retentionDays?.toString() ?? '');
  const save = useMutation({
    mutationFn: async (merge: boolean) => {
      if (project)
        await api.patch('/api/projects/{id}', { path: { id: project.id }, body: { name: name.trim(), icon: icon.trim() || null, retentionDays: days === '' ? null : Number(days), ...(merge ? { merge } : {}) } });
      else
        await api.post('/api/projects', { body: { name: name.trim() } });
    },
    onSuccess: (_, merge) => {
      toast(merge ? p.merged : p.saved);
      for (const key of ['projects', 'rules', 'logs', 'tasks'])
        void queries.invalidateQueries({ queryKey: [key] });
      onClose();
    },
  });
  const error = save.error instanceof ApiError ? save.error : undefined;
  const isTaken = project !== undefined && error?.code === 'name_taken';
  return (
    <Dialog title={isTaken ? p.mergeTitle(project.name, name) : project?.name ?? p.add} onClose={onClose} footer={isTaken
      ? <><Button onClick={() => save.reset()}>{t.cancel}</Button><Button look="bad" busy={save.isPending} onClick={() => save.mutate(true)}>{p.merge}</Button></>
      : <Button look="primary" type="submit" form="project" busy={save.isPending}>{t.save}</Button>}>
      {isTaken ? <p className="text-sm text-muted">{p.mergeHint}</p> : (
        <form id="project" className="grid gap-4" onSubmit={(event: FormEvent) => (event.preventDefault(), save.mutate(false))}>
          <Field label={p.name} error={error?.fields.name ?? (error && Object.keys(error.fields).length === 0 ? error.message : undefined)}>{control => <input {...control} required autoFocus maxLength={200} value={name} onChange={event => setName(event.target.value)} />}</Field>
          {project && <Field label={p.icon} hint={p.iconHint} error={error?.fields.icon}>{control => <input {...control} maxLength={8} value={icon} onChange={event => setIcon(event.target.value)} />}</Field>}
          {project && <Field label={p.retention} hint={p.retentionHint} error={error?.fields.retentionDays}>{control => <input {...control} type="number" min={1} value={days} onChange={event => setDays(event.target.value)} />}</Field>}
        </form>
      )}
    </Dialog>
  );
}

function RemoveDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const queries = useQueryClient();
  const p = t.projects;
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: () => api.delete('/api/projects/{id}', { path: { id: project.id } }),
    onSuccess: () => {
      toast(p.removed);
      for (const key of ['projects', 'rules', 'logs'])
        void queries.invalidateQueries({ queryKey: [key] });
      onClose();
    },
    onError: tellFailure,
  });
  return (
    <Dialog title={p.removeTitle(project.name)} onClose={onClose} footer={<><Button onClick={onClose}>{t.cancel}</Button><Button look="bad" disabled={typed !== project.name} busy={remove.isPending} onClick={() => remove.mutate()}>{p.remove}</Button></>}>
      <p className="mb-4 text-sm text-muted">{p.removeHint}</p>
      <Field label={p.typeName}>{control => <input {...control} autoFocus autoComplete="off" placeholder={project.name} value={typed} onChange={event => setTyped(event.target.value)} />}</Field>
    </Dialog>
  );
}
