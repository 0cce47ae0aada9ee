import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiError, type Schemas } from '../api/client';
import { useMe } from '../session';
import { Initials } from '../shell';
import { t } from '../text';
import { Badge, Button, Dialog, Failure, Field, IconButton, Loading, Panel } from '../ui/basics';
import { exactTime } from '../ui/format';
import { tellFailure } from '../ui/toasts';
import { Secret } from './settings-general';

type Role = Schemas['Role'];
const roles: Role[] = ['admin', 'reviewer', 'viewer'];

export function MembersSection() {
  const me = useMe();
  const queries = useQueryClient();
  const m = t.settings.members;
  const list = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => api.get('/api/members', { signal }) });
  const again = () => void queries.invalidateQueries({ queryKey: ['members'] });
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Schemas['MemberItem']>();
  const change = useMutation({ mutationFn: ({ id, role }: { id: string; role: string }) => api.patch('/api/members/{id}', { path: { id }, body: { role } }), onSettled: again, onError: tellFailure });
  const remove = useMutation({ mutationFn: (id: string) => api.delete('/api/members/{id}', { path: { id } }), onSettled: () => (setRemoving(undefined), again()), onError: tellFailure });
  const withdraw = useMutation({ mutationFn: (id: string) => api.delete('/api/members/invitations/{id}', { path: { id } }), onSettled: again, onError: tellFailure });
  if (list.error)
    return <Failure error={list.error} onRetry={again} />;
  if (!list.data)
    return <Loading />;
  return (
    <Panel title={t.settings.sections.members} action={<Button small look="primary" icon="plus" onClick={() => setInviting(true)}>{m.invite}</Button>}>
      <ul className="divide-y divide-line">
        {list.data.members.map(member => (
          <li key={member.id} className="flex flex-wrap items-center gap-3 px-4 py-2.5">
            <Initials name={member.name} />
            <span className="min-w-40 flex-1"><span className="block truncate text-sm font-medium">{member.name} {member.id === me.id && <Badge>{m.you}</Badge>}</span><span className="block truncate text-xs text-muted">{member.email}</span></span>
            <select className="control w-auto!" aria-label={`${m.role}: ${member.name}`} value={member.role} onChange={event => change.mutate({ id: member.id, role: event.target.value })}>
              {roles.map(role => <option key={role} value={role}>{m.roles[role]}</option>)}
            </select>
            <IconButton icon="trash" label={`${m.remove}: ${member.name}`} onClick={() => setRemoving(member)} />
          </li>
        ))}
        {list.data.invitations.map(one => (
          <li key={one.id} className="flex flex-wrap items-center gap-3 px-4 py-2.5">
            <Initials name={one.email} />
            <span className="min-w-40 flex-1"><span className="block truncate text-sm">{one.email} <Badge tone="accent">{m.open}</Badge></span><span className="block truncate text-xs text-muted">{m.roles[one.role]} · {m.expires(exactTime(one.expiresAt))}</span></span>
            <Button small onClick={() => withdraw.mutate(one.id)}>{m.withdraw}</Button>
          </li>
        ))}
      </ul>
      {inviting && <InviteDialog onClose={() => (setInviting(false), again())} />}
      {removing && (
        <Dialog title={m.removeTitle(removing.name)} onClose={() => setRemoving(undefined)} footer={<><Button onClick={() => setRemoving(undefined)}>{t.cancel}</Button><Button look="bad" busy={remove.isPending} onClick={() => remove.mutate(removing.id)}>{m.remove}</Button></>}>
          <p className="text-sm text-muted">{m.removeHint}</p>
        </Dialog>
      )}
    </Panel>
  );
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const m = t.settings.members;
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('reviewer');
  const invite = useMutation({ mutationFn: () => api.post('/api/members/invitations', { body: { email, role } }) });
  const error = invite.error instanceof ApiError ? invite.error.fields.email ?? invite.error.message : undefined;
  return (
    <Dialog title={m.invite} onClose={onClose} footer={invite.data ? <Button onClick={onClose}>{t.close}</Button> : <Button look="primary" type="submit" form="invite" busy={invite.isPending}>{m.invite}</Button>}>
      {invite.data ? <Secret label={m.link} secret={invite.data.link} /> : (
        <form id="invite" className="grid gap-4" onSubmit={event => (event.preventDefault(), invite.mutate())}>
          <Field label={m.email} error={error}>{control => <input {...control} type="email" required autoFocus value={email} onChange={event => setEmail(event.target.value)} />}</Field>
          <Field label={m.role} hint={m.rolesHint}>{control => <select {...control} value={role} onChange={event => setRole(event.target.value as Role)}>{roles.map(one => <option key={one} value={one}>{m.roles[one]}</option>)}</select>}</Field>
        </form>
      )}
    </Dialog>
  );
}
