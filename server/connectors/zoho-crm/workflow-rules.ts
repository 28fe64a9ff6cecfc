import { createHash } from 'node:crypto';
import { z } from 'zod';
import { LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';
import { settingIds } from './results.ts';
import { type RuleDeclaration, recordHeader } from './rules.ts';

/** Header in which a workflow webhook carries the secret: Zoho signs nothing itself. */
export const SECRET_HEADER = 'x-liaison-secret';

export interface HookTarget {
  readonly url: string;
  readonly secret: string;
}

const WEBHOOKS = '/crm/v8/settings/automation/webhooks';
const RULES = '/crm/v8/settings/automation/workflow_rules';
const MOST_PAGES = 50;

const pairSchema = z.object({ name: z.string(), value: z.string().nullish() });
const settingSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string().optional(),
  headers: z
    .object({ custom_parameters: z.array(pairSchema).nullish() })
    .nullish()
    .catch(null),
});
type Setting = z.infer<typeof settingSchema>;
const criteriaSchema = z.object({
  field: z.object({ api_name: z.string() }),
  comparator: z.string(),
  value: z.unknown(),
});
const wholeRulesSchema = z.object({
  workflow_rules: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      status: z.object({ active: z.boolean() }).catch({ active: true }),
      conditions: z
        .array(
          z.object({
            id: z.string(),
            criteria_details: z
              .object({ criteria: criteriaSchema.nullish().catch(null) })
              .nullish()
              .catch(null),
          }),
        )
        .catch([]),
      execute_when: z
        .object({ details: z.object({ criteria: criteriaSchema.nullish().catch(null) }).nullish() })
        .catch({}),
    }),
  ),
  info: z.object({ more_records: z.boolean().catch(false) }).optional(),
});
type WholeRule = z.output<typeof wholeRulesSchema>['workflow_rules'][number];

/** A rule of ours that no longer calls. */
interface RuleFault {
  readonly is: 'gone' | 'off' | 'changed';
  readonly name: string;
}

/** Whether the rule is executed for what it is declared for, and for nothing else. */
function asksFor(held: WholeRule, { when, condition }: RuleDeclaration): boolean {
  const criteria = [
    ...held.conditions.map((one) => one.criteria_details?.criteria),
    ...(when === 'becomes' ? [held.execute_when.details?.criteria] : []),
  ];
  return (
    held.conditions.length > 0 &&
    criteria.every((one) => one?.field.api_name === condition.field && one.value === condition.value)
  );
}

const ruleSchema = z.object({ workflow_rules: z.array(z.object({ name: z.string() })) });

/** Workflow rules and the webhooks that they call, both found again by name. */
export function ruleCalls(api: ZohoApi) {
  /** Settings of one kind, page after page; filtered here, because Zoho does not filter by name reliably. */
  async function findByName(path: string, root: string, name: string): Promise<Setting | null> {
    const pageSchema = z.object({
      [root]: z.array(settingSchema),
      info: z.object({ more_records: z.boolean().catch(false) }).optional(),
    });
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const { body } = await api({ path, query: page === 1 ? {} : { page } });
      if (body === null) return null;
      const read = readAnswer(pageSchema, body, VENDOR) as Record<string, unknown>;
      const found = (read[root] as Setting[]).find((setting) => setting.name === name);
      if (found !== undefined) return found;
      if (!(read.info as { more_records?: boolean } | undefined)?.more_records) return null;
    }
    return null;
  }

  async function ensureWebhook(rule: RuleDeclaration, target: HookTarget, name: string): Promise<string> {
    const found = await findByName(WEBHOOKS, 'webhooks', name);
    const json = { webhooks: [webhookOf(rule, target, name)] };
    if (found === null) return onlyId(await api({ method: 'POST', path: WEBHOOKS, json }), 'webhooks');
    const secret = found.headers?.custom_parameters?.find(
      (pair) => pair.name.toLowerCase() === SECRET_HEADER,
    );
    if (found.url === target.url && secret?.value === target.secret) return found.id;
    // The public address or the secret changed since: the rule keeps calling the same webhook.
    return onlyId(await api({ method: 'PUT', path: `${WEBHOOKS}/${found.id}`, json }), 'webhooks');
  }

  return {
    /**
     * Makes the CRM call `target` by one workflow rule. Safe to repeat: both parts are looked for first.
     *
     * @returns the id of the rule.
     */
    async ensureRule(rule: RuleDeclaration, target: HookTarget): Promise<string> {
      const name = nameOf(rule, target);
      const webhookId = await ensureWebhook(rule, target, name);
      const found = await findByName(RULES, 'workflow_rules', name);
      const made = ruleOf(rule, webhookId, name);
      if (found === null) {
        const json = { workflow_rules: [made] };
        return onlyId(await api({ method: 'POST', path: RULES, json }), 'workflow_rules');
      }
      const held = await wholeRule(`${RULES}/${found.id}`);
      if (held?.status.active && asksFor(held, rule)) return found.id;
      // A condition that is changed is named by its id: without one the CRM would take it for another one.
      const [condition] = held?.conditions ?? [];
      const conditions = made.conditions.map((one) => ({ ...(condition && { id: condition.id }), ...one }));
      const json = { workflow_rules: [{ ...made, conditions, status: { active: true } }] };
      return onlyId(await api({ method: 'PUT', path: `${RULES}/${found.id}`, json }), 'workflow_rules');
    },

    /** Which of the rules no longer call: one list, whatever the number of rules. */
    async inspectRules(
      rules: readonly RuleDeclaration[],
      target: HookTarget,
      ids: readonly string[],
    ): Promise<RuleFault[]> {
      const held = await heldRules(rules.map(({ module }) => module));
      const names = new Set(rules.map((rule) => nameOf(rule, target)));
      // What somebody gave another name calls as before, and is known by its id.
      const renamed = held.filter(({ id, name }) => ids.includes(id) && !names.has(name));
      return rules.flatMap((rule): RuleFault[] => {
        const name = nameOf(rule, target);
        const own = held.find((candidate) => candidate.name === name);
        const one = own ?? renamed.shift();
        if (one === undefined) return [{ is: 'gone', name }];
        if (!one.status.active) return [{ is: 'off', name: one.name }];
        return own === undefined || asksFor(own, rule) ? [] : [{ is: 'changed', name }];
      });
    },

    /** Removes a rule and the webhook that it called. Safe to repeat. */
    async removeRule(id: string): Promise<void> {
      const path = `${RULES}/${encodeURIComponent(id)}`;
      const name = await nameOfRule(path);
      if (name === null) return;
      await api({ method: 'DELETE', path });
      const webhook = await findByName(WEBHOOKS, 'webhooks', name);
      if (webhook !== null) await api({ method: 'DELETE', path: `${WEBHOOKS}/${webhook.id}` });
    },
  };

  async function heldRules(modules: readonly string[]): Promise<WholeRule[]> {
    const held: WholeRule[] = [];
    for (const module of new Set(modules)) {
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const query = { module, include_inner_details: 'true', ...(page === 1 ? {} : { page }) };
        const { body } = await api({ path: RULES, query });
        if (body === null) break;
        const read = readAnswer(wholeRulesSchema, body, VENDOR);
        held.push(...read.workflow_rules);
        if (read.info?.more_records !== true) break;
      }
    }
    return held;
  }

  async function wholeRule(path: string): Promise<WholeRule | null> {
    const { body } = await api({ path });
    return body === null ? null : (readAnswer(wholeRulesSchema, body, VENDOR).workflow_rules[0] ?? null);
  }

  /** Null when the rule is gone already. */
  async function nameOfRule(path: string): Promise<string | null> {
    try {
      const { body } = await api({ path });
      const rules = body === null ? [] : readAnswer(ruleSchema, body, VENDOR).workflow_rules;
      return rules[0]?.name ?? null;
    } catch (thrown) {
      if (thrown instanceof LiaisonError && thrown.kind === 'gone') return null;
      throw thrown;
    }
  }
}

/**
 * The end tells the rules of two Liaisons (a trial beside the real one) apart. It is made from the path
 * alone, so that a new public address changes the rule rather than adding a second one.
 */
export function nameOf(rule: RuleDeclaration, target: HookTarget): string {
  const mark = createHash('sha256').update(new URL(target.url).pathname).digest('hex').slice(0, 8);
  return `${rule.title} (${mark})`;
}

function webhookOf(rule: RuleDeclaration, target: HookTarget, name: string) {
  return {
    name,
    description: 'Made by Liaison. It only says which record changed; Liaison then reads it.',
    module: { api_name: rule.module },
    url: target.url,
    http_method: 'POST',
    feature_type: 'workflow',
    headers: {
      module_parameters: [recordHeader(rule)],
      custom_parameters: [{ name: SECRET_HEADER, value: target.secret }],
    },
    body: { type: 'raw', format: 'JSON', raw_data_content: JSON.stringify(rule.body) },
  };
}

function ruleOf(rule: RuleDeclaration, webhookId: string, name: string) {
  const trigger = { trigger_module: { api_name: rule.module } };
  const { field, value } = rule.condition;
  const criteria = { comparator: 'equal', field: { api_name: field }, value };
  return {
    name,
    description: 'Made by Liaison. Delete it only together with the flow that listens to it.',
    module: { api_name: rule.module },
    execute_when:
      rule.when === 'becomes'
        ? { type: 'field_update', details: { ...trigger, repeat: true, match_all: false, criteria } }
        : { type: 'create', details: trigger },
    conditions: [
      {
        sequence_number: 1,
        criteria_details: { criteria },
        instant_actions: { actions: [{ id: webhookId, name, type: 'webhooks' }] },
      },
    ],
  };
}

function onlyId(answer: { body: unknown }, root: string): string {
  return readAnswer(z.tuple([z.string()]), settingIds(answer.body, root), VENDOR, true)[0];
}
