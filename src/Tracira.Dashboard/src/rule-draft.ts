import type { Rule, RuleBody } from './api/client';
import { emptyForm, type Form, readValue } from './rule-values';

// A rule as its form has it, from the rule that is there or from a template, and as the API takes it.

export interface Draft {
  name: string;
  description: string;
  type: string;
  form: Form;
  projectName: string;
  taskName: string;
  isActive: boolean;
  llmJudgeProvider: string;
  llmJudgeModel: string;
}

export const draftOf = (rule?: Partial<Rule>): Draft => ({
  name: rule?.name ?? '', description: rule?.description ?? '', type: rule?.type ?? 'keyword_forbidden',
  form: rule?.value === undefined ? emptyForm : readValue(rule.type ?? '', rule.value), projectName: rule?.projectName ?? '', taskName: rule?.taskName ?? '', isActive: rule?.isActive ?? true,
  llmJudgeProvider: rule?.llmJudgeProvider ?? '', llmJudgeModel: rule?.llmJudgeModel ?? '',
});

export const bodyOf = (draft: Draft, value: string): RuleBody => ({
  name: draft.name.trim(), description: draft.description.trim() || undefined, type: draft.type, value, isActive: draft.isActive,
  projectName: draft.projectName || undefined, taskName: draft.projectName ? draft.taskName.trim() || undefined : undefined,
  ...(draft.type === 'llm_judge' ? { llmJudgeProvider: draft.llmJudgeProvider || undefined, llmJudgeModel: draft.llmJudgeModel.trim() || undefined } : {}),
});
