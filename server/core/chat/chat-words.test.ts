import type { Chat, ChatLine } from './chat.ts';
import { chatText, isSilent, titleOf } from './chat-words.ts';
import { type KnownVisitor, visitorLines } from './visitor-lines.ts';

const WRITING = { locale: 'fr-FR', timeZone: 'Europe/Paris' };
const CHAT: Chat = {
  ...{ id: '1', number: '6101', portal: 'p', state: 'ended', question: 'Bonjour ?' },
  visitor: { name: 'Ada', email: 'ada@exemple.example', phone: null },
  ...{ operator: 'Inès', department: 'Ventes', site: 'site.example', changedAt: null },
  ...{ startedAt: '2026-11-30T22:50:00Z', endedAt: '2026-11-30T23:10:00Z', page: 'https://chat.example/1' },
};
const line = (text: string, more: Partial<ChatLine> = {}): ChatLine => ({
  ...{
    id: text,
    at: '2026-11-30T22:51:00Z',
    by: 'visitor',
    name: 'Ada',
    text,
    file: null,
    isInternal: false,
  },
  ...more,
});
const text = (lines: readonly ChatLine[], longest = 32_000, chat = CHAT): string =>
  chatText(chat, lines, null, [], WRITING, longest);

describe('a chat as a text', () => {
  it('says by the organisation’s clocks who said what, and the day only where it is another one', () => {
    const shown = text([line('Un'), line('Deux', { at: '2026-11-30T23:05:00Z', by: 'bot', name: null })]);
    expect(shown).toContain('\n[23:51] Ada\u00a0: Un\n[01/12/2026 00:05] Bot\u00a0: Deux\n');
    expect(shown).toMatch(/^Visiteur\u00a0: Ada, ada@exemple\.example\nOpérateur\u00a0: Inès, Ventes\nSite/);
  });

  it('has the question where nothing else is to be had, files by name, and nothing that operators said among themselves', () => {
    expect(text([])).toContain('Question\u00a0: Bonjour ?');
    const shown = text([line('', { file: 'plan.pdf' }), line('entre nous', { isInternal: true })]);
    expect(shown).toContain('Ada\u00a0: (fichier\u00a0: plan.pdf)');
    expect(shown).not.toMatch(/entre nous|Question/);
  });

  it.each([400, 401, 450, 1_000, 4_000])('is never longer than %s, and ends with its address', (longest) => {
    const lines = Array.from({ length: 300 }, (_, n) => line(`Ligne ${n} 👩‍👩‍👧 ${'é'.repeat(n % 40)}`));
    const shown = text(lines, longest);
    expect(shown.length).toBeLessThanOrEqual(longest);
    const kept = shown.match(/Ligne \d+/g)?.length ?? 0;
    expect(shown).toContain(`${300 - kept} lignes de plus sont dans le chat.`);
    expect(shown.endsWith('https://chat.example/1')).toBe(true);
  });

  it('of one line that is longer than all the room shows its beginning, and never fails for a name of any length', () => {
    const shown = text([line('x'.repeat(50_000))], 1_000);
    expect([shown.length <= 1_000, shown.includes('xxx…')]).toEqual([true, true]);
    const long = { ...CHAT, visitor: { ...CHAT.visitor, name: 'y'.repeat(5_000) } };
    expect(text([line('Un')], 1_000, long).length).toBeLessThanOrEqual(1_000);
  });

  it('is silent where the visitor said nothing, and is called by number and by what is known of them', () => {
    const silent = { ...CHAT, question: null };
    expect(isSilent(silent, [line('Bienvenue', { by: 'bot' })])).toBe(true);
    expect(isSilent(silent, [line('', { file: 'a.png' })])).toBe(false);
    expect(titleOf({ ...CHAT, visitor: { name: null, email: null, phone: null } })).toBe('#6101');
  });
});

describe('what operators see', () => {
  const KNOWN: KnownVisitor = {
    as: 'contact',
    ...{ name: 'Ada', company: 'A & B', owner: 'Hugo', status: null, page: 'https://crm/1' },
    ...{ others: 2, deals: ['Un · A', 'Deux · B', 'Trois · C'] },
  };

  it('is always the same lines, in the organisation’s language', () => {
    expect(visitorLines(KNOWN, 'en-GB', { name: 50, value: 200 })).toEqual({
      CRM: 'Contact · Ada · A & B (2 more records have this address)',
      ...{ Owner: 'Hugo', Status: '–', Deals: 'Un · A ; Deux · B ; Trois · C', Record: 'https://crm/1' },
    });
    const none = visitorLines(null, 'en-GB', { name: 50, value: 200 });
    expect(none).toEqual({ CRM: 'no record any more', Owner: '–', Status: '–', Deals: '–', Record: '–' });
  });

  it.each([12, 20, 25, 60])('fits %s characters, with as many whole deals as there is room for', (value) => {
    const lines = visitorLines(KNOWN, 'fr', { name: 5, value });
    for (const [name, said] of Object.entries(lines))
      expect([name.length <= 5, said.length <= value]).toEqual([true, true]);
  });

  it('says how many deals are left', () => {
    expect(visitorLines(KNOWN, 'en', { name: 50, value: 20 }).Deals).toBe('Un · A … +2');
    expect(visitorLines(KNOWN, 'en', { name: 50, value: 25 }).Deals).toBe('Un · A ; Deux · B … +1');
  });
});
