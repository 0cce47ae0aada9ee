import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiError, type Schemas } from '../api/client';
import { t } from '../text';
import { Badge, Button, Check, Dialog, Empty, Failure, Field, Loading, Panel } from '../ui/basics';
import { ago, exactTime } from '../ui/format';
import { tellFailure } from '../ui/toasts';
import { Secret } from './settings-general';

export function KeysSection() {
  const queries = useQueryClient();
  const k = t.settings.keys;
  const list = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => api.get('/api/keys', { signal }) });
  const again = () => void queries.invalidateQueries({ queryKey: ['keys'] });
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Schemas['KeyItem']>();
  const revoke = useMutation({ mutationFn: (id: string) => api.delete('/api/keys/{id}', { path: { id } }), onSettled: () => (setRevoking(undefined), again()), onError: tellFailure });
  if (list.error)
    return <Failure error={list.error} onRetry={again} />;
  if (!list.data)
    return <Loading />;
  return (
    <Panel title={t.settings.sections.keys} action={<Button small look="primary" icon="plus" onClick={() => setMaking(true)}>{k.make}</Button>}>
      {list.data.length === 0 ? <Empty icon="settings" title={k.empty}>{k.emptyHint}</Empty> : (
        <ul className="divide-y divide-line">
          {list.data.map(key => (
            <li key={key.id} className="flex flex-wrap items-center gap-3 px-4 py-2.5">
              <span className="min-w-48 flex-1"><span className="block truncate text-sm font-medium">{key.name} <code className="font-mono text-xs font-normal text-muted">{k.ending(key.lastFour)}</code></span>
                <span className="block text-xs text-muted">{k.used} {key.lastUsedAt ? ago(key.lastUsedAt) : k.never} · {k.expires.toLowerCase()} {key.expiresAt ? exactTime(key.expiresAt) : k.for}</span></span>
              <span className="flex flex-wrap gap-1">{key.scopes.map(scope => <Badge key={scope}>{k.scopeNames[scope] ?? scope}</Badge>)}</span>
              <Button small onClick={() => setRevoking(key)}>{k.revoke}</Button>
            </li>
          ))}
        </ul>
      )}
      {making && <KeyDialog onClose={() => (setMaking(false), again())} />}
      {revoking && (
        <Dialog title={k.revokeTitle(revoking.name)} onClose={() => setRevoking(undefined)} footer={<><Button onClick={() => setRevoking(undefined)}>{t.cancel}</Button><Button look="bad" busy={revoke.isPending} onClick={() => revoke.mutate(revoking.id)}>{k.revoke}</Button></>}>
          <p className="text-sm text-muted">{k.revokeHint}</p>
        </Dialog>
      )}
    </Panel>
  );
}

function KeyDialog({ onClose }: { onClose: () => void }) {
  const k = t.settings.keys;
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['ingest']);
  const [expires, setExpires] = useState('');
  const make = useMutation({ mutationFn: () => api.post('/api/keys', { body: { name, scopes, expiresAt: expires ? new Date(expires).toISOString() : undefined } }) });
  const faults = make.error instanceof ApiError ? make.error.fields : {};
  return (
    <Dialog title={k.make} onClose={onClose} footer={make.data ? <Button onClick={onClose}>{t.close}</Button> : <Button look="primary" type="submit" form="key" busy={make.isPending}>{k.make}</Button>}>
      {make.data ? <Secret label={k.shown} secret={make.data.key} /> : (
        <form id="key" className="grid gap-4" onSubmit={event => (event.preventDefault(), make.mutate())}>
          {make.error && Object.keys(faults).length === 0 && <p role="alert" className="text-sm text-bad">{make.error.message}</p>}
          <Field label={k.name} error={faults.name}>{control => <input {...control} required autoFocus maxLength={200} value={name} onChange={event => setName(event.target.value)} />}</Field>
          <fieldset><legend className="text-sm font-medium">{k.scopes}</legend>
            {Object.entries(k.scopeNames).map(([scope, word]) => <Check key={scope} label={word} checked={scopes.includes(scope)} onChange={on => setScopes(on ? [...scopes, scope] : scopes.filter(one => one !== scope))} />)}
            {faults.scopes && <p className="text-xs text-bad">{faults.scopes}</p>}
          </fieldset>
          <Field label={k.expires} hint={k.expiresHint} error={faults.expiresAt}>{control => <input {...control} type="date" value={expires} onChange={event => setExpires(event.target.value)} />}</Field>
        </form>
      )}
    </Dialog>
  );
}
