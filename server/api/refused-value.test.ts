import { z } from 'zod';
import { refusedValue } from './refused-value.ts';

const said = (schema: z.ZodType, value: unknown) =>
  (['en', 'fr'] as const).map(
    (language) => schema.safeParse(value, { error: refusedValue(language) }).error?.issues[0]?.message,
  );

describe('why a value was refused', () => {
  it.each<[z.ZodType, unknown, en: string, fr: string]>([
    [z.object({ name: z.string() }), {}, 'This value is missing.', 'Cette valeur manque.'],
    [z.enum(['on', 'off']), undefined, 'This value is missing.', 'Cette valeur manque.'],
    [z.string(), 4, 'Expected: a text.', 'Attendu\u00a0: un texte.'],
    [z.number(), '4', 'Expected: a number.', 'Attendu\u00a0: un nombre.'],
    [z.int(), 1.5, 'Expected: a whole number.', 'Attendu\u00a0: un nombre entier.'],
    [z.string().min(1), '', 'This must not be empty.', 'Cette valeur ne peut pas être vide.'],
    [z.array(z.string()).min(1), [], 'This must not be empty.', 'Cette valeur ne peut pas être vide.'],
    [z.string().min(3), 'ab', 'At least 3 characters.', 'Au moins 3 caractères.'],
    [z.string().max(1), 'ab', 'At most 1 character.', 'Au plus 1 caractère.'],
    [z.array(z.string()).max(2), ['a', 'b', 'c'], 'At most 2 entries.', 'Au plus 2 éléments.'],
    [z.number().min(0), -1, 'At least 0.', 'Au moins 0.'],
    [z.number().max(1_000_000), 2e6, 'At most 1,000,000.', 'Au plus 1\u202f000\u202f000.'],
    [z.number().gt(5), 5, 'More than 5.', 'Plus de 5.'],
    [z.number().lt(5), 5, 'Less than 5.', 'Moins de 5.'],
    [z.number().multipleOf(5), 4, 'A multiple of 5 is expected.', 'Un multiple de 5 est attendu.'],
    [z.email(), 'nobody', 'Expected: an e-mail address.', 'Attendu\u00a0: une adresse e-mail.'],
    [
      z.enum(['on', 'off']),
      'of',
      'One of these is expected: on, off.',
      'L’une de ces valeurs est attendue\u00a0: on, off.',
    ],
    [z.literal('on'), 'of', 'Expected: on.', 'Attendu\u00a0: on.'],
    [z.strictObject({}), { nmae: 1 }, 'Not known here: nmae.', 'Inconnu ici\u00a0: nmae.'],
  ])('%# is said without the words of programmers', (schema, value, en, fr) => {
    expect(said(schema, value)).toEqual([en, fr]);
  });

  it.each([
    [z.string().regex(/^a/), 'b'],
    [z.union([z.string(), z.number()]), true],
    [z.bigint(), 'x'],
  ])('%# that no word fits is said all the same', (schema, value) => {
    expect(said(schema, value)).toEqual([
      'This value is not of the kind that is expected here.',
      'Cette valeur n’est pas de la forme attendue ici.',
    ]);
  });

  it('gives way to what the schema says itself', () => {
    expect(said(z.string('Own words.'), 1)).toEqual(['Own words.', 'Own words.']);
  });
});
