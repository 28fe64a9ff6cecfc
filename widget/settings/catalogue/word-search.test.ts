import { searchFor } from './word-search.ts';

const flow = [
  'Won deals to Slack',
  'Affaires gagnées vers Slack',
  'When a deal is won in Zoho CRM, a message is posted to a Slack channel.',
  'Quand une affaire est gagnée dans Zoho CRM, un message est publié dans un canal Slack.',
  'Google Agenda, cœur de l’équipe',
];
const finds = (typed: string) => searchFor(typed)(flow);

describe('a search over texts in two languages', () => {
  it.each([
    ['', 'nothing is typed'],
    ['   ', 'only spaces are typed'],
    ['GAGNEES', 'case and accents differ'],
    ['Gagnées', 'accents are typed in one piece, or in two'],
    ['slack affaire', 'the order differs'],
    ['deal canal', 'words of both languages are mixed'],
    ['affaires', 'the plural is asked for'],
    ['cana', 'a word is begun'],
    ['l’equipe', 'an apostrophe joins two words'],
    ["l'equipe", 'the apostrophe is the straight one'],
    ['coeur', 'a ligature is typed as two letters'],
    ['cœur', 'a ligature is typed as such'],
    ['zoho-crm', 'a sign stands between two words'],
  ])('finds %j: %s', (typed) => {
    expect(finds(typed)).toBe(true);
  });

  it.each(['stripe', 'slack stripe', 'gagnéesx y', 'messagerie'])('does not find %j', (typed) => {
    expect(finds(typed)).toBe(false);
  });

  it('has no word across two texts', () => {
    expect(searchFor('ab')(['a', 'b'])).toBe(false);
  });
});
