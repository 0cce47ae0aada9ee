import { type ButtonHTMLAttributes, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { t } from '../text';
import { Icon, type IconName } from './icons';

export function cx(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}

type Look = 'primary' | 'plain' | 'quiet' | 'ok' | 'bad';

const looks: Record<Look, string> = {
  primary: 'bg-ink text-ink-text border-transparent hover:opacity-90',
  plain: 'bg-surface text-text border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-text',
  ok: 'bg-ok-soft text-ok border-ok/35 hover:border-ok',
  bad: 'bg-bad-soft text-bad border-bad/35 hover:border-bad',
};

export function buttonClass(look: Look = 'plain', small = false): string {
  return cx(
    'inline-flex items-center justify-center gap-1.5 rounded-[7px] border font-medium whitespace-nowrap transition-colors select-none disabled:opacity-50',
    small ? 'h-7 px-2 text-xs pointer-coarse:h-9' : 'h-8 px-3 text-sm pointer-coarse:h-10',
    looks[look],
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  icon?: IconName;
  small?: boolean;
  shortcut?: string;
  busy?: boolean;
}

export function Button({ look = 'plain', icon, small, shortcut, busy, children, className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={cx(buttonClass(look, small), className)} aria-keyshortcuts={shortcut} {...rest} disabled={rest.disabled || busy}>
      {busy ? <Spinner /> : icon && <Icon name={icon} />}
      {children}
      {shortcut && <Key>{shortcut}</Key>}
    </button>
  );
}

/** A button that is an icon only; its label is for those who cannot see it, and for those who hover. */
export function IconButton({ icon, label, className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { icon: IconName; label: string }) {
  return (
    <button type="button" aria-label={label} title={label}
      className={cx('inline-flex size-8 items-center justify-center rounded-[7px] text-muted hover:bg-hover hover:text-text disabled:opacity-40 pointer-coarse:size-10', className)} {...rest}>
      <Icon name={icon} />
    </button>
  );
}

export function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="hidden min-w-4 rounded-[4px] border border-current/30 px-1 text-center font-mono text-[0.6875rem] leading-4 font-normal sm:inline-block">{children}</kbd>
  );
}

export function Spinner() {
  return <span aria-hidden="true" className="size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent" />;
}

export type Status = 'pending' | 'pass' | 'flagged' | 'error';

const tones = {
  ok: 'bg-ok-soft text-ok', warn: 'bg-warn-soft text-warn', bad: 'bg-bad-soft text-bad', calm: 'bg-sunken text-muted', accent: 'bg-accent-soft text-accent',
};

export type Tone = keyof typeof tones;

export function Badge({ tone = 'calm', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={cx('inline-flex h-5 items-center gap-1 rounded-[5px] px-1.5 text-xs font-medium whitespace-nowrap', tones[tone])}>{children}</span>;
}

const toneOfStatus: Record<string, Tone> = { pass: 'ok', flagged: 'warn', error: 'bad', pending: 'calm' };
const toneOfDecision: Record<string, Tone> = { approved: 'ok', rejected: 'bad', changed: 'accent', handled: 'calm' };

export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge tone={toneOfStatus[status] ?? 'calm'}>
      <StatusDot status={status} />
      {t.status[status as Status] ?? status}
    </Badge>
  );
}

/** A shape beside the colour: nobody has to tell green from orange. */
export function StatusDot({ status }: { status: string }) {
  return status === 'pass' ? <Icon name="check" size={11} />
    : status === 'flagged' ? <Icon name="alert" size={11} />
    : status === 'error' ? <Icon name="cross" size={11} />
    : <Icon name="clock" size={11} />;
}

export function DecisionBadge({ decision, by }: { decision: string; by?: string }) {
  const word = t.decision[decision as keyof typeof t.decision] ?? decision;
  return <Badge tone={toneOfDecision[decision] ?? 'calm'}>{by ? t.decidedBy(word, by) : word}</Badge>;
}

export function Field({ label, hint, error, children }: {
  label: string;
  hint?: ReactNode;
  error?: string;
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean; className: string }) => ReactNode;
}) {
  const id = useId();
  const told = error ?? hint;
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-medium">{label}</label>
      {children({ id, 'aria-describedby': told ? `${id}-told` : undefined, 'aria-invalid': error ? true : undefined, className: 'control' })}
      {told && <p id={`${id}-told`} className={cx('text-xs', error ? 'text-bad' : 'text-muted')}>{told}</p>}
    </div>
  );
}

export function Check({ label, hint, ...rest }: { label: string; hint?: string; checked: boolean; onChange: (on: boolean) => void; disabled?: boolean }) {
  const { checked, onChange, disabled } = rest;
  return (
    <label className="flex items-start gap-2.5 py-1">
      <input type="checkbox" className="mt-0.5 size-4 accent-[var(--accent)]" checked={checked} disabled={disabled} onChange={event => onChange(event.target.checked)} />
      <span className="text-sm">{label}{hint && <span className="block text-xs text-muted">{hint}</span>}</span>
    </label>
  );
}

/** Something is missing here: what, and what to do about it. */
export function Empty({ icon, title, children, action }: { icon: IconName; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-md content-start justify-items-center gap-2 px-6 py-16 text-center">
      <span className="mb-1 grid size-10 place-items-center rounded-full bg-sunken text-muted"><Icon name={icon} size={18} /></span>
      <h2 className="text-base font-semibold">{title}</h2>
      {children && <div className="text-sm text-muted">{children}</div>}
      {action && <div className="mt-3 flex gap-2">{action}</div>}
    </div>
  );
}

export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  return (
    <div role="alert">
      <Empty icon="alert" title={t.failure.title} action={onRetry && <Button onClick={onRetry} icon="replay">{t.failure.again}</Button>}>{error.message}</Empty>
    </div>
  );
}

export function Loading({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label={t.loading} className="grid gap-3 p-4">
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="h-4 animate-pulse rounded bg-sunken" style={{ width: `${92 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

export function CopyButton({ text, label = t.copy, small }: { text: string; label?: string; small?: boolean }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied)
      return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button look="quiet" small={small} icon={copied ? 'check' : 'copy'} onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}>
      <span aria-live="polite">{copied ? t.copied : label}</span>
    </Button>
  );
}

/** A native modal dialog: the browser keeps focus inside, closes it with Escape and gives the focus back. */
export function Dialog({ title, onClose, children, footer, wide }: { title: string; onClose: () => void; children: ReactNode; footer?: ReactNode; wide?: boolean }) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current!;
    if (!dialog.open)
      dialog.showModal();
  }, []);
  return (
    <dialog ref={ref} aria-labelledby={id} onClose={onClose} onCancel={onClose}
      onMouseDown={event => event.target === ref.current && ref.current?.close()}
      className={cx('w-[calc(100vw-2rem)] rounded-xl border border-line bg-surface p-0 shadow-float', wide ? 'max-w-3xl' : 'max-w-lg')}>
      <div className="flex items-center justify-between gap-4 border-b border-line py-2.5 pr-2.5 pl-5">
        <h2 id={id} className="text-base font-semibold">{title}</h2>
        <IconButton icon="cross" label={t.close} onClick={() => ref.current?.close()} />
      </div>
      <div className="max-h-[70vh] overflow-y-auto px-5 py-4">{children}</div>
      {footer && <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>}
    </dialog>
  );
}

export function Panel({ title, action, children, className }: { title?: string; action?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={cx('rounded-xl border border-line bg-surface', className)}>
      {title && (
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
          <h2 className="text-sm font-semibold">{title}</h2>
          {action}
        </div>
      )}
      {children}
    </section>
  );
}

export function Tabs<T extends string>({ label, value, options, onChange }: { label: string; value: T; options: readonly (readonly [T, string])[]; onChange: (value: T) => void }) {
  return (
    <div role="group" aria-label={label} className="inline-flex rounded-[8px] bg-sunken p-0.5">
      {options.map(([key, word]) => (
        <button key={key} type="button" aria-pressed={key === value} onClick={() => onChange(key)}
          className={cx('h-7 rounded-[6px] px-2.5 text-xs font-medium pointer-coarse:h-9', key === value ? 'bg-surface text-text shadow-[0_1px_2px_rgb(0_0_0/12%)]' : 'text-muted hover:text-text')}>
          {word}
        </button>
      ))}
    </div>
  );
}

/** The head of a page: its name, a sentence where it needs one, and what one can do. */
export function PageHead({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 px-5 pt-5 pb-4 lg:px-8 lg:pt-7">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {children && <p className="mt-0.5 max-w-2xl text-sm text-muted">{children}</p>}
      </div>
      {action && <div className="flex flex-wrap items-center gap-2">{action}</div>}
    </header>
  );
}
