import type { FieldValue, SyncField } from '../sync-object.ts';
import { refuse } from './values-guard.ts';

const field = (rest: Partial<SyncField>): SyncField => ({
  id: 'Title',
  titles: { en: 'Title', fr: 'Fonction' },
  kind: 'text',
  ...rest,
});

describe('a value that does not fit', () => {
  it.each<[string, Partial<SyncField>, FieldValue, string]>([
    ['too long a text', { maxLength: 3 }, 'four', 'holds 4 characters and takes 3 at most'],
    [
      'too long a part of a name',
      { kind: 'name', maxLength: 3 },
      { given: 'Ana', family: 'Lopez' },
      'holds 5 characters',
    ],
    [
      'a choice that there is not',
      { kind: 'choice', choices: ['Web'] },
      'Salon',
      '“Salon” is not one of the choices',
    ],
    ['a label that there is not', { kind: 'labels', choices: ['a'] }, ['a', 'b'], '“b” is not one'],
    ['a computed field', { readOnly: true }, 'x', 'cannot be written'],
    ['a NUL character', {}, 'a\u0000b', 'a character that no application can store'],
    ['half a character', { kind: 'json' }, { deep: ['\ud83d'] }, 'a character that no application can store'],
    ['nothing in a required field', { required: true }, ' ', 'is required and cannot be emptied'],
  ])('is refused: %s', (_what, rest, value, words) => {
    const error = refuse(field(rest), value);
    expect(error).toMatchObject({ kind: 'rejected', details: { field: 'Title' } });
    expect(error?.details.sentence.en).toContain(words);
    expect(error?.details.sentence.fr).toContain('Fonction');
  });

  it('is not one that fits: a blank, an emoji in one place, a listed choice, a text of just the length', () => {
    expect(refuse(field({ maxLength: 3 }), null)).toBeNull();
    expect(refuse(field({ maxLength: 1 }), '🥐')).toBeNull();
    expect(refuse(field({ kind: 'choice', choices: ['Web'] }), 'Web')).toBeNull();
    expect(refuse(field({ kind: 'choice', choices: ['Web'] }), '')).toBeNull();
    expect(refuse(field({ kind: 'number', maxLength: 1 }), 123)).toBeNull();
  });
});
