import { useMemo } from 'react';
import type { AppliedRule, Schemas } from '../api/client';
import { t } from '../text';
import { Badge, cx, type Tone } from './basics';
import { bytes, count } from './format';
import { Icon } from './icons';

interface Piece {
  text: string;
  rules: string[];
}

/** Cuts a text where matches begin and end. Places are UTF-16 units, as JavaScript's own. */
function cut(output: string, found: readonly { start: number; length: number; rule: string }[]): Piece[] {
  const marks = found.map(({ start, length, rule }) => ({ start, end: start + length, rule })).filter(mark => mark.end > mark.start && mark.end <= output.length);
  const cuts = [...new Set([0, output.length, ...marks.flatMap(mark => [mark.start, mark.end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => {
    const to = cuts[i + 1]!;
    return { text: output.slice(from, to), rules: marks.filter(mark => mark.start <= from && mark.end >= to).map(mark => mark.rule) };
  });
}

/** The output as it came, with the places that rules found. */
export function OutputText({ output, rules, strong }: { output: string; rules: readonly AppliedRule[]; strong?: string }) {
  const parts = useMemo(() => cut(output, rules.flatMap(rule => (rule.matches ?? []).map(match => ({ ...match, rule: rule.ruleName })))), [output, rules]);
  if (output === '')
    return <p className="text-sm text-muted">{t.log.empty}</p>;
  return (
    <div className="text-[0.9375rem] leading-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
      {parts.map((part, i) => (part.rules.length > 0
        ? <mark key={i} title={part.rules.join(', ')} data-strong={strong !== undefined && part.rules.includes(strong)}>{part.text}</mark>
        : <span key={i}>{part.text}</span>))}
    </div>
  );
}

const excerptLength = 160;

/** A line of an output, round the first place that was found in it. */
export function Excerpt({ output, matches }: { output: string; matches?: readonly Schemas['MatchItem'][] }) {
  const from = Math.max(0, (matches?.[0]?.start ?? 0) - 40);
  const text = output.slice(from, from + excerptLength);
  const shifted = (matches ?? []).map(({ start, length }) => ({ start: start - from, length: Math.min(length, text.length - (start - from)) }));
  return (
    <p className="line-clamp-2 [overflow-wrap:anywhere]">
      {from > 0 && '…'}{cut(text, shifted.map(match => ({ ...match, rule: '' }))).map((part, i) => (part.rules.length > 0 ? <mark key={i}>{part.text}</mark> : part.text))}{from + text.length < output.length && '…'}
    </p>
  );
}

const tones: Record<string, Tone> = { passed: 'ok', flagged: 'warn', error: 'bad' };

export function OutcomeBadge({ outcome }: { outcome: string }) {
  return <Badge tone={tones[outcome] ?? 'calm'}>{t.log.outcome[outcome as keyof typeof t.log.outcome] ?? outcome}</Badge>;
}

/** Why a log is where it is: each rule that has something to say. */
export function Reasons({ rules, explanation, onHover }: { rules: readonly AppliedRule[]; explanation?: string; onHover?: (rule?: string) => void }) {
  const speaking = rules.filter(rule => rule.outcome === 'flagged' || rule.outcome === 'error');
  if (speaking.length === 0)
    return explanation ? <p className="text-sm">{explanation}</p> : null;
  return (
    <ul className="grid gap-1.5">
      {speaking.map(rule => (
        <li key={rule.ruleId} className="flex items-start gap-2 text-sm" onMouseEnter={() => onHover?.(rule.ruleName)} onMouseLeave={() => onHover?.(undefined)}>
          <span className={cx('mt-0.5', rule.outcome === 'error' ? 'text-bad' : 'text-warn')}><Icon name={rule.outcome === 'error' ? 'cross' : 'alert'} size={14} /></span>
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className="font-medium">{rule.ruleName}</span> <span className="text-muted">{rule.summary}</span>
            {rule.matches && rule.matches.length > 1 && <span className="text-muted"> · {t.queue.match(rule.matches.length)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface Part {
  type?: string;
  text?: string;
  role?: string;
  content?: unknown;
}

/** The input as text: as it came, or what can be read of its parts. */
export function readInput(input?: string, inputText?: string): string | undefined {
  if (inputText)
    return inputText;
  if (!input?.startsWith('['))
    return input;
  try {
    return (JSON.parse(input) as Part[]).map(part => part.text ?? (typeof part.content === 'string' ? `${part.role ?? ''}: ${part.content}` : `[${part.type ?? 'part'}]`)).join('\n\n');
  } catch {
    return input;
  }
}

export function Attachments({ files }: { files: readonly Schemas['AttachmentItem'][] }) {
  return (
    <ul className="grid gap-2 sm:grid-cols-2">
      {files.map((file, i) => (
        <li key={i} className="overflow-hidden rounded-[8px] border border-line bg-surface">
          {file.url && file.contentType.startsWith('image/') && file.contentType !== 'image/svg+xml' && (
            <a href={file.url} target="_blank" rel="noreferrer" className="block bg-sunken">
              <img src={file.url} alt={file.filename} loading="lazy" className="mx-auto max-h-56 object-contain" />
            </a>
          )}
          {file.url && file.contentType.startsWith('audio/') && <audio controls preload="none" src={file.url} className="w-full" aria-label={file.filename} />}
          <div className="flex items-center gap-2 px-3 py-2 text-sm">
            <Icon name={file.error ? 'alert' : 'file'} className={file.error ? 'text-bad' : 'text-muted'} />
            <span className="min-w-0 flex-1">
              {file.url ? <a href={file.url} target="_blank" rel="noreferrer" className="block truncate hover:underline">{file.filename}</a> : <span className="block truncate">{file.filename}</span>}
              <span className={cx('block truncate text-xs', file.error ? 'text-bad' : 'text-muted')}>{file.error ?? `${file.contentType} · ${bytes(file.sizeBytes)}`}</span>
            </span>
            {file.url && <a href={`${file.url}?download=1`} className="rounded p-1 text-muted hover:text-text" aria-label={`${t.list.export}: ${file.filename}`}><Icon name="download" /></a>}
          </div>
        </li>
      ))}
    </ul>
  );
}

export function Json({ value }: { value: unknown }) {
  return <JsonNode value={value} depth={0} />;
}

function JsonNode({ name, value, depth }: { name?: string; value: unknown; depth: number }) {
  const label = name === undefined ? null : <span className="text-accent">{name}<span className="text-muted">: </span></span>;
  if (value === null || typeof value !== 'object')
    return <div className="font-mono text-xs leading-5 [overflow-wrap:anywhere] whitespace-pre-wrap">{label}<span className={typeof value === 'string' ? 'text-ok' : 'text-warn'}>{JSON.stringify(value)}</span></div>;
  const entries = Object.entries(value);
  return (
    <details open={depth < 2} className="font-mono text-xs leading-5">
      <summary className="w-fit rounded">{label}<span className="text-muted">{Array.isArray(value) ? `[${count(entries.length)}]` : `{${count(entries.length)}}`}</span></summary>
      <div className="ml-1.5 border-l border-line pl-3.5">
        {entries.slice(0, 500).map(([key, child]) => <JsonNode key={key} name={key} value={child} depth={depth + 1} />)}
      </div>
    </details>
  );
}

/** The JSON an output holds: whole, in its first fenced block, or its first object or array; undefined for none. */
export function readJson(output: string): unknown {
  const fenced = /```(?:json)?\s*\n([\s\S]*?)```/.exec(output)?.[1];
  const braced = /[{[][\s\S]*[}\]]/.exec(output)?.[0];
  for (const text of [output, fenced, braced]) {
    try {
      if (text !== undefined) {
        const value: unknown = JSON.parse(text);
        if (value !== null && typeof value === 'object')
          return value;
      }
    } catch {
      // the next one
    }
  }
  return undefined;
}
