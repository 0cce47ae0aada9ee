import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Settings } from '../api/client';
import { t } from '../text';
import { Button, CopyButton, Dialog, Field, Panel } from '../ui/basics';
import { bytes, count } from '../ui/format';
import { tellFailure } from '../ui/toasts';
import { SettingsPanel } from './settings-form';

export function GeneralSection({ settings, may }: { settings: Settings; may: boolean }) {
  const g = t.settings.general;
  const usage: [string, string][] = [
    [g.logsTotal, `${count(settings.usage.logsTotal)} (${count(settings.usage.logsThisMonth)} ${g.logsMonth})`], [g.media, bytes(settings.usage.mediaBytes)], [g.storage, bytes(settings.usage.storageBytes)],
  ];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <SettingsPanel title={t.settings.sections.general} settings={settings} may={may}>
        {({ text, faults }) => (
          <>
            <Field label={g.name} error={faults.workspaceName}>{control => <input {...control} {...text('workspaceName')} required maxLength={200} />}</Field>
            <Field label={g.retention} hint={g.retentionHint} error={faults.retentionDays}>{control => <input {...control} {...text('retentionDays')} type="number" min={1} />}</Field>
            <Field label={g.cost} hint={g.costHint} error={faults.estimatedIncidentCostUsd}>{control => <input {...control} {...text('estimatedIncidentCostUsd')} type="number" min={0} step="any" />}</Field>
          </>
        )}
      </SettingsPanel>
      <div className="grid gap-4">
        <TokenPanel settings={settings} may={may} />
        <Panel title={g.usage}>
          <dl className="grid gap-1.5 p-4 text-sm">{usage.map(([name, value]) => <div key={name} className="flex justify-between"><dt className="text-muted">{name}</dt><dd className="tabular-nums">{value}</dd></div>)}</dl>
        </Panel>
      </div>
    </div>
  );
}

function TokenPanel({ settings, may }: { settings: Settings; may: boolean }) {
  const g = t.settings.general;
  const [asking, setAsking] = useState(false);
  const rotate = useMutation({ mutationFn: () => api.post('/api/settings/rotate-token'), onError: tellFailure });
  return (
    <>
      <SettingsPanel title={g.token} settings={settings} may={may} action={() => <Button small onClick={() => setAsking(true)}>{g.rotate}</Button>}>
        {({ text, faults }) => (
          <>
            <p className="text-sm"><code className="rounded bg-sunken px-2 py-1 font-mono text-xs">{settings.webhookToken}</code></p>
            <p className="text-xs text-muted">{g.tokenHint} <code className="font-mono">{g.tokenCommand}</code>.</p>
            <Field label={g.scope} error={faults.tokenScope}>{control => <select {...control} {...text('tokenScope')}><option value="full">{g.scopeFull}</option><option value="ingest">{g.scopeIngest}</option></select>}</Field>
          </>
        )}
      </SettingsPanel>
      {asking && (
        <Dialog title={rotate.data ? g.token : g.rotateTitle} onClose={() => (setAsking(false), rotate.reset())} footer={rotate.data ? <Button onClick={() => (setAsking(false), rotate.reset())}>{t.close}</Button>
          : <><Button onClick={() => setAsking(false)}>{t.cancel}</Button><Button look="bad" busy={rotate.isPending} onClick={() => rotate.mutate()}>{g.rotate}</Button></>}>
          {rotate.data ? <Secret label={g.rotated} secret={rotate.data.webhookToken} /> : <p className="text-sm text-muted">{g.rotateHint}</p>}
        </Dialog>
      )}
    </>
  );
}

/** A secret that is shown this once. */
export function Secret({ label, secret }: { label: string; secret: string }) {
  return (
    <div className="grid gap-1.5">
      <p className="text-sm">{label}</p>
      <div className="flex items-center gap-2 rounded-[8px] bg-sunken py-1.5 pr-1.5 pl-3"><code className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere]">{secret}</code><CopyButton text={secret} small /></div>
    </div>
  );
}
