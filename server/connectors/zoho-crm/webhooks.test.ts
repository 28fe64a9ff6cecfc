import { channelEventOf } from './channels.ts';
import { rulesOf, topicWhen, WORKFLOW_RULES } from './rules.ts';
import { criteriaText } from './search.ts';
import { webhooks } from './webhooks.ts';
import { nameOf } from './workflow-rules.ts';

describe('what Zoho CRM delivers', () => {
  it('by a workflow rule is one event of one record, in JSON or as a form', () => {
    const event = { key: null, topic: 'Deals.workflow', recordId: '4876876000000123' };
    expect(webhooks.read({ id: '4876876000000123', module: 'Deals', stage: 'Closed Won' }, {})).toEqual([
      event,
    ]);
    expect(webhooks.read({ id: 4876876000000123, module: 'Deals' }, {})).toEqual([event]);
  });

  it('by a channel is one event for each record named, each once, without what it tells of the others', () => {
    const body = { module: 'Deals', operation: 'update', ids: ['1', '2', '1'], token: 't', channel_id: '9' };
    const of = (id: string) => ({ module: 'Deals', operation: 'update', ids: [id] });
    expect(webhooks.read(body, {})).toEqual([
      { key: null, topic: 'Deals.update', recordId: '1', body: JSON.stringify(of('1')) },
      { key: null, topic: 'Deals.update', recordId: '2', body: JSON.stringify(of('2')) },
    ]);
    expect(webhooks.read({ ...body, ids: ['1'] }, {})).toEqual([
      { key: null, topic: 'Deals.update', recordId: '1' },
    ]);
  });

  it.each([
    ['nothing', {}],
    ['no record', { module: 'Deals' }],
    ['an empty id', { id: '', module: 'Deals' }],
    ['no module', { id: '1' }],
    ['a module that is a path', { id: '1', module: '../users' }],
    ['no ids', { module: 'Deals', operation: 'update', ids: [] }],
    ['an unknown operation', { module: 'Deals', operation: 'drop', ids: ['1'] }],
  ])('is refused with %s', (_name, body) => {
    expect(webhooks.read(body, {})).toBeNull();
  });
});

describe('topics', () => {
  it('of a module’s workflow are all its rules, or the one named', () => {
    expect(rulesOf('Deals.workflow')).toEqual(WORKFLOW_RULES);
    expect(rulesOf('Deals.workflow:closed-won').map((rule) => rule.id)).toEqual(['closed-won']);
    expect(rulesOf('Leads.workflow')).toEqual([]);
  });

  it('may ask for another value than the rules are declared with, whatever signs it has', () => {
    for (const stage of ['Fermé gagné', 'Won? 100 % : & + #', 'a:b']) {
      const rules = rulesOf(topicWhen('Deals.workflow', stage));
      expect(rules.map(({ id, condition }) => [id, condition.value])).toEqual(
        WORKFLOW_RULES.map(({ id }) => [id, stage]),
      );
    }
  });

  it('of changes are events of a channel', () => {
    expect(
      ['Deals.insert', 'Deals.update', 'Deals.delete', 'Deals.edit', 'Deals.workflow'].map(channelEventOf),
    ).toEqual(['Deals.create', 'Deals.edit', 'Deals.delete', 'Deals.edit', null]);
  });
});

describe('rules in the CRM', () => {
  it('keep within what Zoho allows: a name of 100 signs, a body of 500', () => {
    for (const rule of WORKFLOW_RULES) {
      expect(
        nameOf(rule, { url: 'https://liaison.example/hooks/zoho-crm/k', secret: 's' }).length,
      ).toBeLessThan(100);
      expect(JSON.stringify(rule.body).length).toBeLessThan(500);
    }
  });

  it('go by another name for another hook, and by the same at another address', () => {
    const [rule] = WORKFLOW_RULES;
    const name = (url: string) => nameOf(rule!, { url, secret: 's' });
    expect(name('https://a.example/hooks/zoho-crm/one')).toBe(name('https://b.example/hooks/zoho-crm/one'));
    expect(name('https://a.example/hooks/zoho-crm/one')).not.toBe(
      name('https://a.example/hooks/zoho-crm/two'),
    );
  });
});

it('criteria keep signs that mean something to the search', () => {
  expect(criteriaText([{ field: 'Last_Name', comparator: 'equals', value: 'Lot (été), \\1' }])).toBe(
    '(Last_Name:equals:Lot \\(été\\)\\, \\\\1)',
  );
  const two = [
    { field: 'A', comparator: 'equals', value: '1' },
    { field: 'B', comparator: 'equals', value: '2' },
  ] as const;
  expect(criteriaText(two)).toBe('((A:equals:1)and(B:equals:2))');
});
