import { type Form, operators, takesNothing } from '../rule-values';
import { t } from '../text';
import { Check, Field } from '../ui/basics';

/** What a rule of a type wants to know. */
export function ValueFields({ type, form, onChange }: { type: string; form: Form; onChange: (form: Partial<Form>) => void }) {
  const f = t.rules.form;
  const mono = 'control font-mono';
  if (form.raw !== null)
    return <Field label={f.raw} hint={f.rawHint}>{control => <textarea {...control} className={mono} rows={4} required value={form.raw ?? ''} onChange={event => onChange({ raw: event.target.value })} />}</Field>;
  const path = type.startsWith('json_field') && (
    <Field label={f.path} hint={f.pathHint}>{control => <input {...control} className={mono} required value={form.path} onChange={event => onChange({ path: event.target.value })} />}</Field>
  );
  if (type.includes('keyword')) {
    return (
      <>
        {path}
        <Field label={f.keywords} hint={f.keywordsHint}>{control => <textarea {...control} rows={Math.min(12, Math.max(4, form.keywords.split('\n').length + 1))} required value={form.keywords} onChange={event => onChange({ keywords: event.target.value })} />}</Field>
        {type.endsWith('required') && <Field label={f.match}>{control => <select {...control} value={form.match} onChange={event => onChange({ match: event.target.value as Form['match'] })}><option value="all">{f.matchAll}</option><option value="any">{f.matchAny}</option></select>}</Field>}
        <div className="grid sm:grid-cols-2">
          <Check label={f.whole} checked={form.wholeWord} onChange={wholeWord => onChange({ wholeWord })} />
          <Check label={f.case} checked={form.caseSensitive} onChange={caseSensitive => onChange({ caseSensitive })} />
        </div>
      </>
    );
  }
  switch (type) {
    case 'regex_match':
      return (
        <>
          <Field label={f.pattern}>{control => <textarea {...control} className={mono} rows={3} required spellCheck={false} value={form.pattern} onChange={event => onChange({ pattern: event.target.value })} />}</Field>
          <Field label={f.expect}>{control => <select {...control} value={form.expect} onChange={event => onChange({ expect: event.target.value as Form['expect'] })}><option value="no_match">{f.expectNo}</option><option value="match">{f.expectYes}</option></select>}</Field>
          <Check label={f.flags} checked={form.flags.includes('i')} onChange={on => onChange({ flags: on ? `${form.flags}i` : form.flags.replace('i', '') })} />
        </>
      );
    case 'length_limit':
      return (
        <div className="grid grid-cols-3 gap-3">
          <Field label={f.min}>{control => <input {...control} type="number" min={0} value={form.min} required={!form.max} onChange={event => onChange({ min: event.target.value })} />}</Field>
          <Field label={f.max}>{control => <input {...control} type="number" min={0} value={form.max} required={!form.min} onChange={event => onChange({ max: event.target.value })} />}</Field>
          <Field label={f.unit}>{control => <select {...control} value={form.unit} onChange={event => onChange({ unit: event.target.value as Form['unit'] })}>{Object.entries(f.units).map(([unit, word]) => <option key={unit} value={unit}>{word}</option>)}</select>}</Field>
        </div>
      );
    case 'confidence_threshold':
      return (
        <div className="grid grid-cols-2 gap-3">
          <Field label={f.confidence}>{control => <input {...control} type="number" min={0} max={1} step="any" required value={form.confidence} onChange={event => onChange({ confidence: event.target.value })} />}</Field>
          <Field label={f.missing}>{control => <select {...control} value={form.missing} onChange={event => onChange({ missing: event.target.value as Form['missing'] })}><option value="skip">{f.missingSkip}</option><option value="flag">{f.missingFlag}</option></select>}</Field>
        </div>
      );
    case 'llm_judge':
      return (
        <>
          <Field label={f.instruction} hint={f.instructionHint}>{control => <textarea {...control} rows={4} required value={form.instruction} onChange={event => onChange({ instruction: event.target.value })} />}</Field>
          <Field label={f.threshold}>{control => <input {...control} type="number" min={0} max={1} step="any" required value={form.threshold} onChange={event => onChange({ threshold: event.target.value })} />}</Field>
          <Check label={f.withInput} checked={form.includeInput} onChange={includeInput => onChange({ includeInput })} />
        </>
      );
    default:
      return (
        <>
          {path}
          <div className="grid grid-cols-2 gap-3">
            <Field label={f.operator}>{control => <select {...control} value={form.operator} onChange={event => onChange({ operator: event.target.value })}>{operators.map(one => <option key={one} value={one}>{t.rules.operators[one]}</option>)}</select>}</Field>
            {!takesNothing(form.operator) && <Field label={f.operand}>{control => <input {...control} className={mono} required value={form.operand} onChange={event => onChange({ operand: event.target.value })} />}</Field>}
          </div>
        </>
      );
  }
}
