import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect } from 'react';
import { api, ApiError, type Me } from '../api/client';
import { setupQuery } from '../queries';
import { meQuery } from '../session';
import { t } from '../text';
import { Button, buttonClass, Field } from '../ui/basics';
import { Mark } from '../ui/icons';

// The three ways in: sign in, make the first admin, follow an invitation.

function Door({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ${t.product}`;
  }, [title]);
  return (
    <main className="grid min-h-full place-items-center px-5 py-10">
      <div className="w-full max-w-[24rem] rounded-2xl border-line sm:border sm:bg-surface sm:p-8 sm:shadow-float">
        <Mark size={34} />
        <h1 className="mt-5 text-xl font-semibold tracking-tight">{title}</h1>
        {lead && <p className="mt-1 text-sm text-muted">{lead}</p>}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}

function Fault({ error }: { error: Error | null }) {
  return error ? <p role="alert" className="rounded-[7px] bg-bad-soft px-3 py-2 text-sm text-bad">{error.message}</p> : null;
}

const faults = (error: Error | null) => (error instanceof ApiError ? error.fields : {});

function Form({ onSubmit, children }: { onSubmit: (values: Record<string, string>) => void; children: ReactNode }) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onSubmit(Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>);
  }
  return <form className="grid gap-4" onSubmit={submit} noValidate={false}>{children}</form>;
}

function useEnter(to: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (me: Me) => {
    queries.clear();
    queries.setQueryData(meQuery.queryKey, me);
    void navigate({ href: to });
  };
}

export function SignInPage() {
  const { to } = useSearch({ from: '/sign-in' });
  // Only a path of ours: a link to this page must not lead elsewhere.
  const target = to && /^\/(?![/\\])/.test(to) ? to : '/';
  const enter = useEnter(target);
  const { data: setup } = useQuery(setupQuery);
  const signIn = useMutation({ mutationFn: (body: Record<string, string>) => api.post('/api/auth/sign-in', { body }), onSuccess: enter });
  if (setup?.needed)
    return <Door title={t.auth.noServer} lead={t.auth.noServerHint} />;
  return (
    <Door title={t.auth.title}>
      <Form onSubmit={values => signIn.mutate(values)}>
        <Fault error={signIn.error} />
        <Field label={t.auth.email}>{control => <input {...control} name="email" type="email" autoComplete="username" required autoFocus />}</Field>
        <Field label={t.auth.password}>{control => <input {...control} name="password" type="password" autoComplete="current-password" required />}</Field>
        <Button type="submit" look="primary" busy={signIn.isPending}>{t.auth.signIn}</Button>
      </Form>
      {setup?.oidc && (
        <div className="mt-4 grid gap-4">
          <p className="text-center text-xs text-muted">{t.auth.or}</p>
          <a className={buttonClass()} href={`/api/auth/oidc?returnTo=${encodeURIComponent(target)}`}>{t.auth.oidc}</a>
        </div>
      )}
      <p className="mt-6 text-xs text-muted">{t.auth.forgotten} <code className="font-mono">{t.auth.forgottenCommand}</code>.</p>
    </Door>
  );
}

export function SetupPage() {
  const { token } = useSearch({ from: '/setup' });
  const enter = useEnter('/start');
  const { data: setup } = useQuery(setupQuery);
  const make = useMutation({ mutationFn: (body: Record<string, string>) => api.post('/api/auth/setup', { body: { ...body, token } }), onSuccess: enter });
  if (setup && !setup.needed)
    return <Door title={t.auth.setupDone} lead={t.auth.setupDoneHint}><Link to="/sign-in" className={buttonClass('primary')}>{t.auth.signIn}</Link></Door>;
  if (!token)
    return <Door title={t.auth.setupNoToken} lead={t.auth.setupNoTokenHint} />;
  return (
    <Door title={t.auth.setupTitle} lead={t.auth.setupLead}>
      <Form onSubmit={values => make.mutate(values)}>
        <Fault error={make.error} />
        <Field label={t.auth.email} error={faults(make.error).email}>{control => <input {...control} name="email" type="email" autoComplete="username" required autoFocus />}</Field>
        <Field label={t.auth.name} error={faults(make.error).name}>{control => <input {...control} name="name" autoComplete="name" maxLength={200} />}</Field>
        <Field label={t.auth.password} hint={t.auth.passwordHint} error={faults(make.error).password}>
          {control => <input {...control} name="password" type="password" autoComplete="new-password" minLength={10} maxLength={200} required />}
        </Field>
        <Button type="submit" look="primary" busy={make.isPending}>{t.auth.setupGo}</Button>
      </Form>
    </Door>
  );
}

export function InvitationPage() {
  const { token = '' } = useSearch({ from: '/invitation' });
  const enter = useEnter('/');
  const invitation = useQuery({ queryKey: ['invitation', token], queryFn: () => api.get('/api/auth/invitations/{token}', { path: { token: token || 'none' } }), retry: false });
  const join = useMutation({ mutationFn: (body: Record<string, string>) => api.post('/api/auth/invitations/{token}', { path: { token }, body }), onSuccess: enter });
  if (invitation.error)
    return <Door title={t.auth.setupNoToken} lead={invitation.error.message}><Link to="/sign-in" className={buttonClass()}>{t.auth.signIn}</Link></Door>;
  if (!invitation.data)
    return <Door title={t.auth.working} />;
  const { email, workspaceName, role, hasAccount } = invitation.data;
  return (
    <Door title={t.auth.inviteTitle(workspaceName)} lead={hasAccount ? t.auth.inviteKnown : t.auth.inviteLead(t.settings.members.roles[role] ?? role)}>
      <Form onSubmit={({ name, password }) => join.mutate({ password: password!, ...(name ? { name } : {}) })}>
        <Fault error={join.error} />
        <Field label={t.auth.email}>{control => <input {...control} value={email} readOnly autoComplete="username" />}</Field>
        {!hasAccount && <Field label={t.auth.name} error={faults(join.error).name}>{control => <input {...control} name="name" autoComplete="name" maxLength={200} />}</Field>}
        <Field label={t.auth.password} hint={hasAccount ? undefined : t.auth.passwordHint} error={faults(join.error).password}>
          {control => <input {...control} name="password" type="password" autoComplete={hasAccount ? 'current-password' : 'new-password'} minLength={hasAccount ? 1 : 10} maxLength={200} required autoFocus />}
        </Field>
        <Button type="submit" look="primary" busy={join.isPending}>{t.auth.inviteGo}</Button>
      </Form>
    </Door>
  );
}
