import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, ApiError, type Settings } from '../api/client';
import { t } from '../text';
import { Button, Panel } from '../ui/basics';
import { toast } from '../ui/toasts';

type Value = string | number | boolean | string[] | null;

export interface SettingsForm {
  values: Record<string, Value>;
  faults: Record<string, string>;
  change: (values: Record<string, Value>) => void;
  text: (name: keyof Settings) => { value: string; onChange: (event: { target: { value: string } }) => void };
  isChanged: boolean;
}

/** One group of settings that are saved together: only what was changed is sent. */
export function SettingsPanel({ title, settings, may, children, action }: {
  title: string;
  settings: Settings;
  may: boolean;
  children: (form: SettingsForm) => ReactNode;
  action?: (isChanged: boolean) => ReactNode;
}) {
  const queries = useQueryClient();
  const [changed, setChanged] = useState<Record<string, Value>>({});
  const save = useMutation({
    mutationFn: () => api.patch('/api/settings', { body: changed }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['settings'] });
      setChanged({});
      toast(t.saved);
    },
  });
  const error = save.error instanceof ApiError ? save.error : null;
  const faults = error?.fields ?? {};
  const values = { ...settings, ...changed } as unknown as Record<string, Value>;
  const isChanged = Object.keys(changed).length > 0;
  const change = (next: Record<string, Value>) => setChanged(was => ({ ...was, ...next }));
  const form: SettingsForm = {
    values, faults, change, isChanged,
    text: name => ({ value: String(values[name] ?? ''), onChange: event => change({ [name]: event.target.value }) }),
  };
  return (
    <Panel title={title} action={may && action?.(isChanged)}>
      <form onSubmit={event => (event.preventDefault(), save.mutate())}>
        <fieldset disabled={!may} className="grid gap-4 p-4">
          {save.error && Object.keys(faults).length === 0 && <p role="alert" className="rounded-[7px] bg-bad-soft px-3 py-2 text-sm text-bad">{save.error.message}</p>}
          {children(form)}
        </fieldset>
        {isChanged && (
          <div className="flex justify-end gap-2 border-t border-line px-4 py-3">
            <Button onClick={() => (setChanged({}), save.reset())}>{t.cancel}</Button>
            <Button look="primary" type="submit" busy={save.isPending}>{t.save}</Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
