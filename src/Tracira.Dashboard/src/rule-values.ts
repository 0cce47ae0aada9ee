// A rule's value as a form has it, and back. Both forms of docs/rules.md are read; what a form cannot say stays a raw text.

import { t } from './text';

export const ruleTypes = [
  'keyword_forbidden', 'keyword_required', 'regex_match', 'length_limit', 'confidence_threshold', 'json_field', 'json_field_keyword_forbidden', 'json_field_keyword_required', 'llm_judge',
] as const;

export interface Form {
  keywords: string;
  match: 'all' | 'any';
  wholeWord: boolean;
  caseSensitive: boolean;
  pattern: string;
  flags: string;
  expect: 'match' | 'no_match';
  min: string;
  max: string;
  unit: 'characters' | 'words' | 'lines' | 'bytes';
  confidence: string;
  missing: 'skip' | 'flag';
  instruction: string;
  threshold: string;
  includeInput: boolean;
  path: string;
  operator: string;
  operand: string;
  /** The value as text, where the form cannot say it; null where it can. */
  raw: string | null;
}

export const emptyForm: Form = {
  keywords: '', match: 'all', wholeWord: false, caseSensitive: false, pattern: '', flags: '', expect: 'no_match', min: '', max: '', unit: 'characters', confidence: '0.7', missing: 'skip',
  instruction: '', threshold: '0.5', includeInput: true, path: '', operator: 'exists', operand: '', raw: null,
};

export const operators = ['exists', 'missing', '==', '!=', '<', '<=', '>', '>=', 'in', 'is', 'matches', 'contains', 'length', 'before', 'after', 'within'] as const;
export const takesNothing = (operator: string) => operator === 'exists' || operator === 'missing';

const hasKeywords = (type: string) => type.includes('keyword');
const hasPath = (type: string) => type.startsWith('json_field');

function splitKeywords(text: string): string[] {
  const words: string[] = [];
  for (const [, quoted, plain] of text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,\n]+))\s*(?:[,\n]|$)/g)) {
    const word = quoted?.replaceAll('""', '"') ?? plain?.trim() ?? '';
    if (word)
      words.push(word);
  }
  return words;
}

const joinKeywords = (words: readonly string[]) => words.map(word => (/[,"\n]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word)).join('\n');

type Long = Record<string, unknown>;

function longForm(value: string): Long | undefined {
  if (!value.trimStart().startsWith('{'))
    return undefined;
  try {
    return JSON.parse(value) as Long;
  } catch {
    return undefined;
  }
}

const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));

/** Reads a value into a form. */
export function readValue(type: string, value: string): Form {
  const long = longForm(value);
  const form = { ...emptyForm };
  if (hasKeywords(type)) {
    const colon = value.indexOf(':');
    form.path = hasPath(type) ? text(long ? long.path : value.slice(0, Math.max(colon, 0)).trim()) : '';
    form.keywords = joinKeywords(long ? (long.keywords as string[] | undefined) ?? [] : splitKeywords(hasPath(type) ? value.slice(colon + 1) : value));
    form.match = long?.match === 'any' ? 'any' : 'all';
    form.wholeWord = long?.wholeWord === true;
    form.caseSensitive = long?.caseSensitive === true;
  } else if (type === 'regex_match') {
    const slashed = /^\/(.*)\/([imsx]*)$/s.exec(value);
    form.pattern = long ? text(long.pattern) : slashed?.[1] ?? value;
    form.flags = long ? text(long.flags) : slashed?.[2] ?? '';
    form.expect = long?.expect === 'no_match' ? 'no_match' : 'match';
  } else if (type === 'length_limit') {
    const short = /^\s*(?:(>=|<=)\s*(\d+)|(\d+)\s*-\s*(\d+)|(\d+))\s*(characters|words|lines|bytes)?\s*$/.exec(value);
    if (!long && !short)
      return { ...form, raw: value };
    form.min = long ? text(long.min) : short?.[1] === '>=' ? short[2]! : short?.[3] ?? '';
    form.max = long ? text(long.max) : short?.[1] === '<=' ? short[2]! : short?.[4] ?? short?.[5] ?? '';
    form.unit = ((long?.unit ?? short?.[6]) as Form['unit'] | undefined) ?? 'characters';
  } else if (type === 'confidence_threshold') {
    form.confidence = long ? text(long.min) : value.trim();
    form.missing = long?.missing === 'flag' ? 'flag' : 'skip';
  } else if (type === 'llm_judge') {
    form.instruction = long ? text(long.instruction) : value;
    form.threshold = text(long?.threshold ?? 0.5);
    form.includeInput = long?.includeInput !== false;
  } else {
    const short = /^(\S+)\s+(exists|missing|==|!=|<=|>=|<|>|in|is|matches|contains|length|before|after|within)(?:\s+([\s\S]+))?$/.exec(value.trim());
    if (!short)
      return { ...form, raw: value };
    [, form.path, form.operator, form.operand = ''] = short as unknown as [string, string, string, string?];
  }
  return form;
}

const amount = (value: string) => (value.trim() === '' ? undefined : Number(value));

/** Writes a form as a value. */
export function writeValue(type: string, form: Form): string {
  if (form.raw !== null)
    return form.raw;
  if (hasKeywords(type)) {
    const keywords = splitKeywords(form.keywords);
    if (keywords.length === 0)
      return '';
    const isUsual = form.match === 'all' && !form.wholeWord && !form.caseSensitive;
    if (isUsual && !hasPath(type))
      return joinKeywords(keywords);
    return JSON.stringify({
      ...(hasPath(type) ? { path: form.path } : {}), keywords,
      ...(type.endsWith('required') && form.match === 'any' ? { match: 'any' } : {}), ...(form.wholeWord ? { wholeWord: true } : {}), ...(form.caseSensitive ? { caseSensitive: true } : {}),
    });
  }
  switch (type) {
    case 'regex_match': return form.pattern ? JSON.stringify({ pattern: form.pattern, ...(form.flags ? { flags: form.flags } : {}), expect: form.expect }) : '';
    case 'length_limit': return JSON.stringify({ min: amount(form.min), max: amount(form.max), unit: form.unit });
    case 'confidence_threshold': return form.missing === 'skip' ? form.confidence : JSON.stringify({ min: amount(form.confidence), missing: 'flag' });
    case 'llm_judge': return form.instruction.trim() === '' ? '' : Number(form.threshold) === 0.5 && form.includeInput && !form.instruction.startsWith('{') ? form.instruction
      : JSON.stringify({ instruction: form.instruction, threshold: amount(form.threshold), includeInput: form.includeInput });
    default: return form.path ? `${form.path} ${form.operator}${takesNothing(form.operator) ? '' : ` ${form.operand}`}` : '';
  }
}

const template = (id: keyof typeof t.rules.template, type: (typeof ruleTypes)[number], value: string) => ({ id, name: t.rules.template[id][0], description: t.rules.template[id][1], type, value });

/** Rules to begin with. */
export const templates = [
  template('pii', 'regex_match', JSON.stringify({ pattern: '[\\w.+-]+@[\\w-]+\\.[\\w.]{2,}|\\b\\d{4}[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{4}\\b|\\+\\d{1,3}[ -]?(?:\\d[ -]?){8,12}', expect: 'no_match' })),
  template('secrets', 'regex_match', JSON.stringify({ pattern: 'AKIA[0-9A-Z]{16}|\\bsk-[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{36}|xox[abpr]-[A-Za-z0-9-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----', expect: 'no_match' })),
  template('profanity', 'keyword_forbidden', JSON.stringify({ keywords: ['damn', 'crap', 'bullshit', 'shit', 'fuck', 'bastard', 'asshole', 'idiot'], wholeWord: true })),
  template('refund', 'keyword_forbidden', 'full refund\nmoney back\nrefund guaranteed\nwe will refund\nfree of charge\n% off'),
  template('competitors', 'keyword_forbidden', JSON.stringify({ keywords: ['Acme', 'Globex'], wholeWord: true })),
  template('json', 'json_field', 'total in 0.01..10000'),
  template('language', 'llm_judge', 'Fails if the output is written in another language than the input.'),
];
