import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Settings } from '../api/client';
import { t } from '../text';
import { Button, Check, Field } from '../ui/basics';
import { tellFailure, toast } from '../ui/toasts';
import { SettingsPanel } from './settings-form';
import { Secret } from './settings-general';

function TestButton({ channel, isChanged }: { channel: 'slack' | 'email' | 'webhook'; isChanged: boolean }) {
  const c = t.settings.channels;
  const test = useMutation({
    mutationFn: () => api.post('/api/settings/test/{channel}', { path: { channel } }),
    onSuccess: answer => toast(answer.ok ? c.tested : `${c.testFailed} ${answer.error ?? ''}`, { tone: answer.ok ? 'ok' : 'bad' }),
    onError: tellFailure,
  });
  return <Button small icon="deliveries" busy={test.isPending} disabled={isChanged} title={isChanged ? c.untilSaved : undefined} onClick={() => test.mutate()}>{c.test}</Button>;
}

export function ChannelsSection({ settings, may }: { settings: Settings; may: boolean }) {
  const c = t.settings.channels;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <SettingsPanel title={c.slack} settings={settings} may={may} action={isChanged => <TestButton channel="slack" isChanged={isChanged} />}>
        {({ text, values, change, faults }) => (
          <>
            <div>
              <Check label={c.on} checked={values.slackNotificationsEnabled === true} onChange={on => change({ slackNotificationsEnabled: on })} />
              <Check label={c.flag} checked={values.notifyOnFlag === true} onChange={on => change({ notifyOnFlag: on })} />
              <Check label={c.fail} checked={values.notifyOnFail === true} onChange={on => change({ notifyOnFail: on })} />
            </div>
            <Field label={c.slackUrl} error={faults.slackWebhookUrl}>{control => <input {...control} {...text('slackWebhookUrl')} autoComplete="off" placeholder={c.examples.slackUrl} />}</Field>
            <Field label={c.slackToken} hint={c.slackTokenHint} error={faults.slackBotToken}>{control => <input {...control} {...text('slackBotToken')} autoComplete="off" placeholder={c.examples.slackToken} />}</Field>
            <div className="grid grid-cols-2 gap-3">
              <Field label={c.slackChannel} error={faults.slackChannelId}>{control => <input {...control} {...text('slackChannelId')} />}</Field>
              <Field label={c.slackSecret} error={faults.slackSigningSecret}>{control => <input {...control} {...text('slackSigningSecret')} autoComplete="off" />}</Field>
            </div>
          </>
        )}
      </SettingsPanel>
      <div className="grid gap-4">
        <SettingsPanel title={c.email} settings={settings} may={may} action={isChanged => <TestButton channel="email" isChanged={isChanged} />}>
          {({ text, values, change, faults }) => (
            <>
              <div>
                <Check label={c.on} checked={values.emailNotificationsEnabled === true} onChange={on => change({ emailNotificationsEnabled: on })} />
                <Check label={c.flag} checked={values.emailOnFlag === true} onChange={on => change({ emailOnFlag: on })} />
                <Check label={c.fail} checked={values.emailOnFail === true} onChange={on => change({ emailOnFail: on })} />
              </div>
              <Field label={c.address} error={faults.notificationEmail}>{control => <input {...control} {...text('notificationEmail')} type="email" placeholder={c.examples.address} />}</Field>
            </>
          )}
        </SettingsPanel>
        <SettingsPanel title={c.webhook} settings={settings} may={may} action={isChanged => <TestButton channel="webhook" isChanged={isChanged} />}>
          {({ text, values, change, faults }) => {
            const events = (values.outboundWebhookEvents as string[] | null) ?? [];
            return (
              <>
                <Check label={c.on} checked={values.webhookEnabled === true} onChange={on => change({ webhookEnabled: on })} />
                <Field label={c.url} error={faults.outboundWebhookUrl}>{control => <input {...control} {...text('outboundWebhookUrl')} type="url" placeholder={c.examples.url} />}</Field>
                <fieldset><legend className="text-sm font-medium">{c.events}</legend>
                  <div className="grid grid-cols-2">
                    {Object.entries(c.eventNames).map(([name, word]) => (
                      <Check key={name} label={word} checked={events.includes(name)} onChange={on => change({ outboundWebhookEvents: on ? [...events, name] : events.filter(one => one !== name) })} />
                    ))}
                  </div>
                </fieldset>
                <WebhookSecret settings={settings} />
              </>
            );
          }}
        </SettingsPanel>
      </div>
    </div>
  );
}

function WebhookSecret({ settings }: { settings: Settings }) {
  const c = t.settings.channels;
  const [shown, setShown] = useState<string>();
  const draw = useMutation({ mutationFn: () => api.post('/api/settings/rotate-webhook-secret'), onSuccess: answer => setShown(answer.webhookSecret), onError: tellFailure });
  return (
    <div className="grid gap-2">
      {shown ? <Secret label={c.secretShown} secret={shown} /> : (
        <p className="flex flex-wrap items-center gap-3 text-sm"><span className="font-medium">{c.secret}</span><code className="font-mono text-xs text-muted">{settings.webhookSecret ?? t.none}</code>
          <Button small busy={draw.isPending} onClick={() => draw.mutate()}>{c.secretDraw}</Button></p>
      )}
      <p className="text-xs text-muted">{c.secretHint}</p>
    </div>
  );
}
