import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ApiError } from '../api/client';
import { sendAll } from '../decisions';
import { t } from '../text';
import { Button, Dialog, Field } from '../ui/basics';
import { tellFailure, toast } from '../ui/toasts';

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => api.patch('/api/me/password', { body: { currentPassword, newPassword } }),
    onSuccess: () => (toast(t.account.changed), onClose()),
  });
  const faults = change.error instanceof ApiError ? change.error.fields : {};
  return (
    <Dialog title={t.account.passwordTitle} onClose={onClose}
      footer={<Button look="primary" type="submit" form="password" busy={change.isPending}>{t.save}</Button>}>
      <form id="password" className="grid gap-4" onSubmit={event => (event.preventDefault(), change.mutate())}>
        <Field label={t.account.current} error={faults.currentPassword}>
          {control => <input {...control} type="password" autoComplete="current-password" required autoFocus value={currentPassword} onChange={event => setCurrent(event.target.value)} />}
        </Field>
        <Field label={t.account.next} hint={t.auth.passwordHint} error={faults.newPassword ?? (change.error && !Object.keys(faults).length ? change.error.message : undefined)}>
          {control => <input {...control} type="password" autoComplete="new-password" minLength={10} maxLength={200} required value={newPassword} onChange={event => setNext(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}

export function EverywhereDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const end = useMutation({
    mutationFn: async () => {
      await sendAll();
      await api.delete('/api/me/sessions');
    },
    onSuccess: () => {
      queries.clear();
      void navigate({ to: '/sign-in' });
    },
    onError: tellFailure,
  });
  return (
    <Dialog title={t.account.everywhereTitle} onClose={onClose}
      footer={<><Button onClick={onClose}>{t.cancel}</Button><Button look="primary" busy={end.isPending} onClick={() => end.mutate()}>{t.account.everywhere}</Button></>}>
      <p className="text-sm text-muted">{t.account.everywhereHint}</p>
    </Dialog>
  );
}
