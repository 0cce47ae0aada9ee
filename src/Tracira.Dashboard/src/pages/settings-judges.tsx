import type { Settings } from '../api/client';
import { t } from '../text';
import { Field } from '../ui/basics';
import { SettingsPanel } from './settings-form';

const providers = [
  ['openai', 'OpenAI', 'openaiApiKey', 'openaiJudgeModel'], ['anthropic', 'Anthropic', 'anthropicApiKey', 'anthropicJudgeModel'], ['openrouter', 'OpenRouter', 'openrouterApiKey', 'openrouterJudgeModel'],
] as const;

export function JudgesSection({ settings, may }: { settings: Settings; may: boolean }) {
  const j = t.settings.judges;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <SettingsPanel title={t.settings.sections.judges} settings={settings} may={may}>
        {({ text, faults }) => (
          <>
            <p className="text-sm text-muted">{j.lead}</p>
            <Field label={j.provider} error={faults.defaultJudgeProvider}>{control => (
              <select {...control} {...text('defaultJudgeProvider')}><option value="">{j.asOperator}</option>{providers.map(([id, name]) => <option key={id} value={id}>{name}</option>)}</select>
            )}</Field>
          </>
        )}
      </SettingsPanel>
      {providers.map(([id, name, key, model]) => (
        <SettingsPanel key={id} title={name} settings={settings} may={may}>
          {({ text, faults }) => (
            <>
              <Field label={j.key} error={faults[key]}>{control => <input {...control} {...text(key)} autoComplete="off" spellCheck={false} />}</Field>
              <Field label={j.model} error={faults[model]}>{control => <input {...control} {...text(model)} placeholder={j.asOperator} />}</Field>
              {id === 'openai' && <Field label={j.base} hint={j.baseHint} error={faults.openaiBaseUrl}>{control => <input {...control} {...text('openaiBaseUrl')} type="url" placeholder={j.baseExample} />}</Field>}
            </>
          )}
        </SettingsPanel>
      ))}
    </div>
  );
}
