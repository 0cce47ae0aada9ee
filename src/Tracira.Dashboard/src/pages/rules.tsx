import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, type Rule } from '../api/client';
import { rulesQuery } from '../queries';
import { templates } from '../rule-values';
import { mayManage, useMe } from '../session';
import { t } from '../text';
import { Badge, buttonClass, cx, Failure, Loading, PageHead, Panel } from '../ui/basics';
import { count, percent } from '../ui/format';
import { Icon } from '../ui/icons';
import { tellFailure } from '../ui/toasts';

export function scopeOf(rule: Pick<Rule, 'projectName' | 'taskName'>): string {
  return rule.projectName ? (rule.taskName ? `${rule.projectName} / ${rule.taskName}` : rule.projectName) : t.rules.everywhere;
}

export function RulesPage() {
  const me = useMe();
  const queries = useQueryClient();
  const rules = useQuery(rulesQuery);
  const stats = useQuery({ queryKey: ['stats', 'rules'], queryFn: ({ signal }) => api.get('/api/rules/stats', { query: { days: 7 }, signal }) });
  const tallies = new Map(stats.data?.rules.map(one => [one.ruleId, one]));
  const turn = useMutation({
    mutationFn: (rule: Rule) => api.patch('/api/rules/{id}', { path: { id: rule.id }, body: { isActive: !rule.isActive } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['rules'] }),
    onError: tellFailure,
  });
  if (rules.error)
    return <Failure error={rules.error} onRetry={() => void rules.refetch()} />;
  return (
    <div className="mx-auto max-w-6xl pb-10">
      <PageHead title={t.rules.title} action={mayManage(me) && <Link to="/rules/$id" params={{ id: 'new' }} className={buttonClass('primary')}><Icon name="plus" />{t.rules.add}</Link>}>{t.rules.lead}</PageHead>
      <div className="grid gap-6 px-5 lg:px-8">
        {!rules.data ? <Loading /> : rules.data.length === 0 ? (
          <Panel><p className="px-4 py-6 text-sm text-muted"><b className="block text-base text-text">{t.rules.empty}</b>{t.rules.emptyHint}</p></Panel>
        ) : (
          <Panel className="overflow-x-auto">
            <table className="w-full text-sm">
              <thead className="text-left text-xs text-muted">
                <tr className="border-b border-line [&>th]:px-4 [&>th]:py-2 [&>th]:font-normal">
                  <th>{t.rules.columns.name}</th><th className="max-md:hidden">{t.rules.columns.scope}</th><th className="text-right">{t.rules.columns.hits}</th>
                  <th className="max-sm:hidden" title={t.rules.precisionHint}>{t.rules.columns.precision}</th><th>{t.rules.columns.state}</th>
                </tr>
              </thead>
              <tbody className="divide-y divide-line">
                {rules.data.map(rule => {
                  const tally = tallies.get(rule.id);
                  return (
                    <tr key={rule.id} className={cx('relative hover:bg-hover [&>td]:px-4 [&>td]:py-3', !rule.isActive && 'text-muted')}>
                      <td>
                        <Link to="/rules/$id" params={{ id: rule.id }} className="rounded font-medium after:absolute after:inset-0">{rule.name}</Link>
                        <span className="block text-xs text-muted">{t.rules.type[rule.type] ?? rule.type}{rule.description && ` · ${rule.description}`}</span>
                      </td>
                      <td className="max-md:hidden">{rule.projectName ? scopeOf(rule) : <span className="text-muted">{t.rules.everywhere}</span>}</td>
                      <td className="text-right tabular-nums">{tally ? count(tally.hits) : <span className="text-muted">0</span>}</td>
                      <td className="max-sm:hidden">{!tally ? <span className="text-muted">{t.rules.noHits}</span> : tally.decided === 0 ? <span className="text-muted">{t.rules.undecided}</span> : <Precision share={tally.confirmed / tally.decided} of={tally.decided} />}</td>
                      <td className="whitespace-nowrap">
                        {mayManage(me)
                          ? <label className="relative z-10 inline-flex items-center gap-2"><input type="checkbox" role="switch" className="switch" checked={rule.isActive} onChange={() => turn.mutate(rule)} aria-label={`${t.rules.form.active}: ${rule.name}`} /><span className="text-xs text-muted">{rule.isActive ? t.rules.on : t.rules.off}</span></label>
                          : <Badge tone={rule.isActive ? 'ok' : 'calm'}>{rule.isActive ? t.rules.on : t.rules.off}</Badge>}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </Panel>
        )}
        {mayManage(me) && (
          <section>
            <h2 className="text-sm font-semibold">{t.rules.templates}</h2>
            <p className="mb-3 text-sm text-muted">{t.rules.templatesLead}</p>
            <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
              {templates.map(one => (
                <li key={one.id} className="relative rounded-xl border border-line bg-surface px-4 py-3 hover:border-line-strong">
                  <Link to="/rules/$id" params={{ id: 'new' }} search={{ template: one.id }} className="rounded text-sm font-medium after:absolute after:inset-0">{one.name}</Link>
                  <p className="mt-0.5 text-xs text-muted">{one.description}</p>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}

function Precision({ share, of }: { share: number; of: number }) {
  return (
    <span className="inline-flex items-center gap-2" title={`${count(of)}`}>
      <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-sunken"><span className={cx('block h-full rounded-full', share >= 0.5 ? 'bg-ok' : 'bg-warn')} style={{ width: percent(share) }} /></span>
      <span className="tabular-nums">{percent(share)}</span>
    </span>
  );
}
