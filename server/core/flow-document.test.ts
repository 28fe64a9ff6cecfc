import type { Automation } from './flow.ts';
import { documentAutomation, documentSync } from './flow-document.ts';
import { settingWords } from './setting-words.ts';
import type { FieldMapping } from './sync/mapping.ts';
import type { Sync, SyncSettings } from './sync-flow.ts';

const words = (text: string) => ({ en: text, fr: text });

const row = (left: string, more: Partial<FieldMapping> = {}): FieldMapping => ({
  left,
  right: left.toUpperCase(),
  kind: 'text',
  direction: 'both',
  master: 'right',
  blank: 'leave',
  ...more,
});

const settings = (
  fields: readonly FieldMapping[],
  rules: Partial<SyncSettings['rules']> = {},
): SyncSettings => ({
  rules: {
    fields,
    matchBy: [['mail'], ['name', 'phone']],
    create: { left: false, right: false },
    remove: { left: 'keep', right: 'delete' },
    country: 'FR',
    ...rules,
  },
  options: { left: { group: 'clients' }, right: {} },
  everySeconds: 60,
  sweepHours: 12,
  brake: { records: 5, percent: 20 },
});

const side = (title: string, options: readonly unknown[] = []) =>
  ({ object: { titles: words(title), topics: [] }, options }) as unknown as Sync['left'];

const sync = (defaults: SyncSettings): Sync => ({
  kind: 'sync',
  id: 'x',
  titles: words('X'),
  direction: words('x'),
  left: side('Left', [{ id: 'group', titles: words('Group'), kind: 'text', fallback: null }]),
  right: side('Right', [{ id: 'mail', titles: words('Mails'), kind: 'boolean', fallback: false }]),
  defaults,
  native: words('n'),
});

const english = (pairs: readonly { titles: { en: string }; value: { en: string } }[]) =>
  pairs.map(({ titles, value }) => [titles.en, value.en]);

describe('the documentation of a sync', () => {
  it('tells the settings that it is given, and not those that the sync brings along', () => {
    const own = settings([row('name', { master: 'left', blank: 'clear' }), row('mail', { blank: 'ask' })]);
    const document = documentSync(sync(settings([row('name')])), { ...own, everySeconds: 3_600 });
    expect(
      document.mapping.map(({ left, right, master, blank }) => [left, right, master.en, blank.en]),
    ).toEqual([
      ['name', 'NAME', 'Left', 'empties the other side'],
      ['mail', 'MAIL', 'Right', 'a person decides'],
    ]);
    expect(document.frequency.en).toBe('Looked for every hour; everything is compared every 12 hours.');
  });

  it('says how counterparts are found, what is made, what a deletion does, when the brake stops it, and each choice', () => {
    expect(english(documentSync(sync(settings([row('name')]))).settings)).toEqual([
      ['A counterpart is found by', 'mail, else by name and phone'],
      ['Records without a counterpart are made in', 'nothing'],
      ['Deleted among the Left', 'its counterpart is deleted too'],
      ['Deleted among the Right', 'its counterpart stays, and the link ends'],
      ['The brake stops it', 'before more than 5 deletions, and more than 20% of the links, within an hour'],
      ['Left: Group', 'clients'],
      ['Right: Mails', 'no'],
    ]);
  });

  it.each([
    ['both ways', [row('a')], {}, 'both', ['read and written', 'read and written']],
    ['to the right', [row('a', { direction: 'to-right' })], {}, 'on', ['read', 'read and written']],
    ['to the left', [row('a', { direction: 'to-left' })], {}, 'back', ['read and written', 'read']],
    [
      'each way some',
      [row('a', { direction: 'to-left' }), row('b', { direction: 'to-right' })],
      {},
      'both',
      ['read and written', 'read and written'],
    ],
  ] as const)('draws data that goes %s', (_, fields, rules, way, parts) => {
    const document = documentSync(sync(settings(fields, rules)));
    expect(document.way).toBe(way);
    expect(document.path.map(({ part }) => part.en)).toEqual(parts);
  });

  it('names no master where an opt-out always wins', () => {
    const [consent] = documentSync(sync(settings([row('out', { kind: 'consent' })]))).mapping;
    expect(consent).toMatchObject({
      master: { en: 'an opt-out, on either side' },
      blank: { en: 'opts nobody in' },
    });
  });
});

describe('the documentation of an automation', () => {
  const flow = {
    kind: 'automation',
    id: 'a',
    titles: words('A'),
    direction: words('a'),
    native: words('n'),
    connectors: ['one', 'two'],
    trigger: { kind: 'poll', connector: 'one', everySeconds: (set: { every: number }) => set.every },
    steps: {
      write: { titles: words('Write it'), connector: 'two', effect: 'keyed' },
    },
  } as unknown as Automation;

  it('tells how often it looks with the settings that it is given', () => {
    const document = documentAutomation(flow, new Map(), { settings: { every: 300 }, words: [] });
    expect(document.frequency.en).toBe('Looked for every 5 minutes.');
    expect(document.path).toEqual([
      { titles: words('one'), part: { en: 'read', fr: 'lu' } },
      { titles: words('two'), part: { en: 'written', fr: 'écrit' } },
    ]);
  });

  it('an application that only announces is not said to be read', () => {
    const trigger = { ...flow.trigger, kind: 'event', sweep: { everySeconds: 60 } };
    const heard = { ...flow, trigger } as unknown as Automation;
    const { path, frequency } = documentAutomation(heard, new Map(), { settings: {}, words: [] });
    expect(path[0]?.part.en).toBe('announces what happens');
    expect(frequency.en).toBe(
      'At once, when it happens; what no webhook announced is looked for every minute.',
    );
  });

  it('its settings stand under their words, with what is set, or what holds until something is', () => {
    const schema = {
      properties: {
        channel: { titles: { en: 'Channel', fr: 'Canal' }, default: '#sales' },
        loud: { titles: { en: 'Loud', fr: 'Fort' }, default: true },
        plain: {},
      },
    };
    expect(english(settingWords(schema, { channel: '#x', loud: false }))).toEqual([
      ['Channel', '#x'],
      ['Loud', 'no'],
      ['plain', 'nothing'],
    ]);
    expect(english(settingWords(schema, {}))[0]).toEqual(['Channel', '#sales']);
  });
});
