import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client';
import { anyLogQuery } from '../queries';
import { mayManage, useMe } from '../session';
import { t } from '../text';
import { Button, buttonClass, CopyButton, cx, PageHead, Panel, Tabs } from '../ui/basics';
import { Icon } from '../ui/icons';
import { tellFailure } from '../ui/toasts';
import { snippets, type Way } from './snippets';

export function StartPage() {
  const me = useMe();
  const [way, setWay] = useState<Way>('curl');
  const make = useMutation({
    mutationFn: () => api.post('/api/keys', { body: { name: t.start.keyName, scopes: ['ingest'] } }),
    onError: tellFailure,
  });
  // Events tell of it at once; asking now and then is for where a proxy holds them back.
  const logs = useQuery({ ...anyLogQuery, refetchInterval: 3_000 });
  const latest = logs.data?.executions[0];
  const key = make.data?.key;
  const snippet = snippets(location.origin, key ?? 'YOUR_KEY')[way];
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead title={t.start.title}>{t.start.lead}</PageHead>
      <div className="grid gap-4 px-5 pb-10 lg:px-8">
        <Panel>
          <div className="flex flex-wrap items-center justify-between gap-3 p-4">
            <div className="min-w-0 flex-1 basis-72">
              <h2 className="text-sm font-semibold">{t.start.key}</h2>
              <p className="mt-0.5 text-sm text-muted">{mayManage(me) ? t.start.keyLead : t.start.keyAsk}</p>
            </div>
            {key ? (
              <div className="flex max-w-full items-center gap-1 rounded-[7px] bg-sunken py-1 pr-1 pl-3">
                <code className="min-w-0 truncate font-mono text-xs">{key}</code> <CopyButton text={key} small />
              </div>
            ) : mayManage(me) && <Button look="primary" icon="plus" busy={make.isPending} onClick={() => make.mutate()}>{t.start.keyMake}</Button>}
          </div>
        </Panel>
        <Panel title={t.start.how} action={<CopyButton text={snippet} small />}>
          <div className="grid gap-3 p-4">
            <div className="overflow-x-auto"><Tabs label={t.start.how} value={way} onChange={setWay} options={Object.entries(t.start.tabs) as [Way, string][]} /></div>
            {way === 'n8n' && <p className="text-sm text-muted">{t.start.n8n}</p>}
            {way === 'make' && <p className="text-sm text-muted">{t.start.make}</p>}
            <pre tabIndex={0} className="max-h-96 overflow-auto rounded-[8px] bg-sunken p-4 font-mono text-xs leading-5 whitespace-pre">{snippet}</pre>
          </div>
        </Panel>
        <div role="status" data-arrived={latest ? true : undefined}
          className={cx('flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border p-4 transition-colors', latest ? 'border-ok bg-ok-soft' : 'border-line bg-surface')}>
          {latest ? <span className="text-ok"><Icon name="check" size={20} /></span>
            : <span aria-hidden="true" className="size-2.5 animate-pulse rounded-full bg-accent" />}
          <div className="min-w-40 flex-1">
            <p className={cx('font-medium', latest && 'text-ok')}>{latest ? t.start.arrived : t.start.waiting}</p>
            {latest ? <p className="truncate text-sm">{latest.projectName} · {latest.output}</p> : <p className="text-sm text-muted">{t.start.waitingHint}</p>}
          </div>
          {latest ? (
            <div className="flex gap-2">
              <Link to="/logs/$id" params={{ id: latest.id }} className={buttonClass('primary')}>{t.start.see}</Link>
              {mayManage(me) && <Link to="/rules" className={buttonClass()}>{t.start.toRules}</Link>}
            </div>
          ) : <Link to="/queue" className={buttonClass('quiet')}>{t.start.skip}</Link>}
        </div>
      </div>
    </div>
  );
}
