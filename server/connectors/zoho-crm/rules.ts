/** A workflow rule that Liaison installs in the customer's CRM, and what it then sends. */
export interface RuleDeclaration {
  /** Stable: part of the topic and of the names under which it is found again. */
  readonly id: string;
  /** Shown in the CRM's own list of rules. */
  readonly title: string;
  readonly module: string;
  /** `becomes`: each time the field is set to the value, and not at every later edit of the record. */
  readonly when: 'created-with' | 'becomes';
  readonly condition: { readonly field: string; readonly value: string };
  /** The body: plain text, or a merge field (`${!Module.Field Label}`) that the CRM fills. */
  readonly body: Readonly<Record<string, string>>;
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: merge fields of the CRM.
const dealBody = (rule: string) => ({
  id: '${!Deals.Deal Id}',
  module: 'Deals',
  rule,
  stage: '${!Deals.Stage}',
  modified_time: '${!Deals.Modified Time}',
});
const won = { field: 'Stage', value: 'Closed Won' };

/** Every rule that Liaison installs. The body only says what happened: the record is read anew. */
export const WORKFLOW_RULES: readonly RuleDeclaration[] = [
  {
    id: 'closed-won',
    title: 'Liaison: deal won',
    module: 'Deals',
    when: 'becomes',
    condition: won,
    body: dealBody('closed-won'),
  },
  {
    id: 'created-won',
    title: 'Liaison: deal created as won',
    module: 'Deals',
    when: 'created-with',
    condition: won,
    body: dealBody('created-won'),
  },
];

/** Any merge field of the module: where there are headers, Zoho wants one with a value of the record. */
export const recordHeader = (rule: RuleDeclaration) => ({
  name: 'X-Liaison-Record',
  value: rule.body.id ?? '',
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.

/** A topic under another condition than the one that its rules are declared with: of this value of their field. */
export const topicWhen = (topic: string, value: string): string => `${topic}?${encodeURIComponent(value)}`;

/**
 * The rules behind a topic: `Deals.workflow` for all of the module, `Deals.workflow:closed-won` for one,
 * `Deals.workflow?Ferm%C3%A9%20gagn%C3%A9` for all of it under another value.
 */
export function rulesOf(topic: string): readonly RuleDeclaration[] {
  const [named = '', value] = topic.split('?');
  const [name, id] = named.split(':');
  const rules = WORKFLOW_RULES.filter(
    (rule) => `${rule.module}.workflow` === name && (id === undefined || id === rule.id),
  );
  if (value === undefined) return rules;
  const wanted = decodeURIComponent(value);
  return rules.map((rule) => ({ ...rule, condition: { ...rule.condition, value: wanted } }));
}
