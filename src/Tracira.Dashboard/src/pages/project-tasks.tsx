import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, ApiError, type Project } from '../api/client';
import { t } from '../text';
import { Button, Dialog, Failure, Field, IconButton, Loading } from '../ui/basics';
import { count } from '../ui/format';
import { tellFailure } from '../ui/toasts';

const useTasks = (project: Project) =>
  useQuery({ queryKey: ['tasks', project.id], queryFn: ({ signal }) => api.get('/api/projects/{id}/tasks', { path: { id: project.id }, signal }) });

/** A project's tasks on one line, each leading to its logs. */
export function Tasks({ project }: { project: Project }) {
  const { data: tasks } = useTasks(project);
  return (
    <p className="truncate text-xs text-muted">
      {tasks?.length === 0 ? t.projects.noTasks : tasks?.map((task, i) => (
        <span key={task.id}>{i > 0 && ' · '}<Link to="/logs" search={{ project: project.name, task: task.name }} className="rounded hover:underline">{task.name}</Link> {count(task.executionCount)}</span>
      ))}{'\u00a0'}
    </p>
  );
}

/** Adds tasks to a project and takes them away. */
export function TasksDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const queries = useQueryClient();
  const tasks = useTasks(project);
  const p = t.projects;
  const [name, setName] = useState('');
  const [removing, setRemoving] = useState<string>();
  const again = () => {
    for (const key of ['tasks', 'projects', 'logs', 'rules'])
      void queries.invalidateQueries({ queryKey: [key] });
  };
  const add = useMutation({
    mutationFn: () => api.post('/api/projects/{id}/tasks', { path: { id: project.id }, body: { name: name.trim() } }),
    onSuccess: () => (setName(''), again()),
  });
  const remove = useMutation({
    mutationFn: (taskName: string) => api.delete('/api/projects/{id}/tasks', { path: { id: project.id }, query: { taskName } }),
    onSettled: () => (setRemoving(undefined), again()),
    onError: tellFailure,
  });
  const fault = add.error instanceof ApiError ? add.error.fields.name ?? add.error.message : undefined;
  return (
    <Dialog title={p.tasksOf(project.name)} onClose={onClose} footer={<Button onClick={onClose}>{t.close}</Button>}>
      <p className="mb-3 text-sm text-muted">{p.tasksLead}</p>
      {tasks.error ? <Failure error={tasks.error} onRetry={() => void tasks.refetch()} /> : !tasks.data ? <Loading rows={2} /> : (
        <ul className="mb-4 divide-y divide-line border-y border-line empty:hidden">
          {tasks.data.map(task => (
            <li key={task.id} className="flex min-h-11 flex-wrap items-center gap-2 py-1.5 text-sm">
              <span className="min-w-0 flex-1 truncate font-medium">{task.name}</span>
              {removing === task.name ? (
                <span className="flex flex-wrap items-center gap-2">
                  <span className="text-xs text-bad">{p.removeTask(task.executionCount)}</span>
                  <Button small onClick={() => setRemoving(undefined)}>{t.cancel}</Button>
                  <Button small look="bad" busy={remove.isPending} onClick={() => remove.mutate(task.name)}>{p.remove}</Button>
                </span>
              ) : (
                <>
                  <span className="text-xs text-muted tabular-nums">{t.logs(task.executionCount)}</span>
                  <IconButton icon="trash" label={`${p.remove}: ${task.name}`} onClick={() => setRemoving(task.name)} />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <form className="flex items-end gap-2" onSubmit={(event: FormEvent) => (event.preventDefault(), add.mutate())}>
        <div className="flex-1"><Field label={p.taskName} error={fault}>{control => <input {...control} required maxLength={200} value={name} onChange={event => setName(event.target.value)} />}</Field></div>
        <Button type="submit" look="primary" busy={add.isPending}>{p.addTask}</Button>
      </form>
    </Dialog>
  );
}
