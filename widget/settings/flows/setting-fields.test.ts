import { z } from 'zod';
import { settingFields } from './setting-fields.ts';

const schema = z.toJSONSchema(
  z.object({
    channel: z
      .string()
      .min(1)
      .max(80)
      .default('#ventes')
      .meta({ titles: { en: 'Channel', fr: 'Canal' }, hints: { en: 'With its #.', fr: 'Avec son #.' } }),
    template: z.string().max(3_000).default('').meta({ title: 'Message', description: 'In braces.' }),
    seconds: z.int().min(10).max(60).default(10),
    rate: z.number().default(0.2),
    loud: z.boolean().default(false),
    mode: z.enum(['a', 'b']).default('a'),
    columns: z.record(z.string(), z.string()).default({}),
  }),
  { io: 'input' },
);

describe('the fields of a settings form', () => {
  it('come from the schema, in its order, each of its own kind', () => {
    expect(settingFields(schema, 'fr').map(({ name, kind }) => [name, kind.type])).toEqual([
      ['channel', 'text'],
      ['template', 'text'],
      ['seconds', 'number'],
      ['rate', 'number'],
      ['loud', 'boolean'],
      ['mode', 'choice'],
      ['columns', 'other'],
    ]);
    const [channel, template, seconds, rate] = settingFields(schema, 'en');
    expect(channel?.kind).toEqual({ type: 'text', long: false, maxLength: 80 });
    expect(template?.kind).toEqual({ type: 'text', long: true, maxLength: 3_000 });
    expect(seconds?.kind).toEqual({ type: 'number', step: 1, min: 10, max: 60 });
    expect(rate?.kind).toMatchObject({ step: 'any' });
    expect([channel?.required, template?.required]).toEqual([true, false]);
  });

  it('speak the language of the page, and fall back to what the schema says', () => {
    const [channel, template, seconds] = settingFields(schema, 'fr');
    expect([channel?.title, channel?.hint]).toEqual(['Canal', 'Avec son #.']);
    expect([template?.title, template?.hint]).toEqual(['Message', 'In braces.']);
    expect([seconds?.title, seconds?.hint]).toEqual(['seconds', null]);
  });

  it('say what holds where nothing is set, in the language of the page', () => {
    const empty = { en: 'the usual one', fr: 'celui par défaut' };
    const department = z.toJSONSchema(z.object({ department: z.string().default('').meta({ empty }) }));
    expect(settingFields(department, 'fr')[0]?.empty).toBe('celui par défaut');
    expect(settingFields(schema, 'fr')[0]?.empty).toBeNull();
  });

  it('get several lines where the schema asks for them', () => {
    const lines = z.toJSONSchema(z.object({ columns: z.string().default('').meta({ format: 'multiline' }) }));
    expect(settingFields(lines, 'en')[0]?.kind).toMatchObject({ type: 'text', long: true });
  });

  it.each(['columns', 'types', 'properties'])(
    'are a table where the schema says that they are %s',
    (format) => {
      const table = z.toJSONSchema(z.object({ list: z.array(z.object({})).default([]).meta({ format }) }));
      expect(settingFields(table, 'en')[0]?.kind).toEqual({ type: 'columns', of: format, source: null });
    },
  );

  it('are none for a schema that has none', () => {
    expect(settingFields({}, 'en')).toEqual([]);
  });
});
