import { recognise } from '../../core/forms/recognise.ts';
import { readAnswer } from './read-answer.ts';
import { webhooks } from './webhooks.ts';

const field = (id: string, type: string, title: string, more: object = {}) => ({ id, type, title, ...more });
const delivery = (answers: readonly object[], fields: readonly object[], more: object = {}) => ({
  event_id: 'e',
  event_type: 'form_response',
  form_response: {
    ...{ form_id: 'f1', token: 't1', submitted_at: '2026-03-01T10:00:00Z' },
    definition: { id: 'f1', title: 'Un formulaire', fields },
    answers,
    ...more,
  },
});
const read = (...asked: Parameters<typeof delivery>) => readAnswer({ body: delivery(...asked) });
const shown = (...asked: Parameters<typeof delivery>) =>
  Object.fromEntries((read(...asked)?.values ?? []).map(({ title, value }) => [title, value]));

const TYPES = [
  [{ type: 'text', text: 'Ada' }, 'Ada'],
  [{ type: 'email', email: 'ada@exemple.example' }, 'ada@exemple.example'],
  [{ type: 'phone_number', phone_number: '+33612345678' }, '+33612345678'],
  [{ type: 'number', number: 0 }, 0],
  [{ type: 'boolean', boolean: false }, false],
  [{ type: 'date', date: '2026-02-28' }, '2026-02-28'],
  [{ type: 'date', date: '2005-02-28T00:00:00Z' }, '2005-02-28'],
  [{ type: 'url', url: 'https://a.example' }, 'https://a.example'],
  [{ type: 'file_url', file_url: 'https://api.typeform.com/f/1' }, 'https://api.typeform.com/f/1'],
  [{ type: 'choice', choice: { label: 'Vin' } }, 'Vin'],
  [{ type: 'choice', choice: { other: 'Autre "chose"' } }, 'Autre "chose"'],
  [{ type: 'choices', choices: { labels: ['Vin'], other: 'Bière, cidre' } }, ['Vin', 'Bière, cidre']],
  [
    { type: 'payment', payment: { amount: '12', last4: '4242', name: 'A', success: true } },
    '12, A, •••• 4242',
  ],
  [
    { type: 'multi_format', multi_format: { video_url: 'https://v.example', text: 'Bonjour' } },
    'https://v.example, Bonjour',
  ],
] as const;

it.each(TYPES)('%j is %j', (answer, value) => {
  const answered = { ...answer, field: { id: 'q', type: 'x' } };
  expect(shown([answered], [field('q', 'x', 'Question')])).toMatchObject({ Question: value });
});

it('says nothing of what was left blank, of a payment that failed, and of hidden fields without a value', () => {
  const failed = {
    type: 'payment',
    payment: { amount: '12', success: false },
    field: { id: 'p', type: 'payment' },
  };
  const none = { type: 'text', text: '', field: { id: 'q', type: 'short_text' } };
  const values = shown([failed, none], [field('p', 'payment', 'Payer'), field('q', 'short_text', 'Q')], {
    hidden: { utm_source: '', utm_medium: 'mail' },
  });
  expect(values).toEqual({ utm_medium: 'mail', Form: 'Un formulaire' });
});

it('names the rows of a matrix with their question, and the questions of a group by themselves', () => {
  const fields = [
    field('m', 'matrix', 'Êtes-vous content ?', {
      properties: { fields: [field('r1', 'multiple_choice', 'Du prix')] },
    }),
    field('g', 'contact_info', 'Vous', { properties: { fields: [field('n', 'short_text', 'First name')] } }),
  ];
  const answers = [
    { type: 'choice', choice: { label: 'Oui' }, field: { id: 'r1', type: 'matrix' } },
    { type: 'text', text: 'Ada', field: { id: 'n', type: 'short_text' } },
  ];
  expect(shown(answers, fields)).toMatchObject({
    'Êtes-vous content ?: Du prix': 'Oui',
    'First name': 'Ada',
  });
});

it('tells variables, the score and the ending apart from answers', () => {
  const more = {
    calculated: { score: 0 },
    variables: [
      { key: 'score', type: 'number', number: 4 },
      { key: 'name', type: 'text', text: 'typeform' },
    ],
    ending: { id: 'E1', ref: 'e' },
    definition: { id: 'f1', title: 'F', fields: [], endings: [{ id: 'E1', title: 'Merci' }] },
  };
  expect(shown([], [], more)).toEqual({ Score: 4, name: 'typeform', Ending: 'Merci', Form: 'F' });
});

it('reads what was sent years ago: types of then, no refs, null for what was not counted', () => {
  const fields = [
    { id: '26540922', title: 'What is your first name?', type: 'textfield' },
    { id: '26540926', title: 'What is your last name?', type: 'textfield' },
    { id: '26343758', title: 'I get along with people.', type: 'opinion-scale' },
  ];
  const answers = [
    { type: 'text', text: 'Ada', field: { id: '26540922', type: 'textfield' } },
    { type: 'text', text: 'Morel', field: { id: '26540926', type: 'textfield' } },
    { type: 'number', number: 3, field: { id: '26343758', type: 'opinion-scale' } },
  ];
  const answer = read(answers, fields, { calculated: null, hidden: undefined });
  const found = recognise(answer?.values ?? []);
  expect([found.get('firstName')?.value, found.get('lastName')?.value]).toEqual(['Ada', 'Morel']);
  expect(answer?.values).toHaveLength(4);
});

it('keeps the same key for an answer that is delivered again, and another topic for one that is not sent yet', () => {
  const body = delivery([], []);
  const [event] = webhooks.read(body, {}) ?? [];
  expect(webhooks.read({ ...body, event_id: 'other' }, {})).toEqual([event]);
  expect(event).toEqual({ key: 'f1 t1', topic: 'answer f1', recordId: 't1' });
  const partial = webhooks.read({ ...body, event_type: 'form_response_partial' }, {});
  expect(partial?.[0]?.topic).toBe('form_response_partial');
  expect(readAnswer({ body: { ...body, event_type: 'form_response_partial' } })).toBeNull();
});
