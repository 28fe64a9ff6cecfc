import { identityOf, identityText, type Mail, topicOf } from './mail.ts';

const MAIL: Mail = {
  messageId: '<1@atelier.example>',
  draftId: null,
  conversationId: null,
  subject: 'Devis',
  from: { name: 'Anne', address: 'anne@atelier.example' },
  to: [{ name: '', address: 'b@b.example' }],
  cc: [],
  bcc: [],
  at: '2026-11-23T09:30:00Z',
  sent: false,
  body: { format: 'html', content: '<p>Bonjour</p>' },
  attachments: [],
};
const same = (more: Partial<Mail>) => identityOf({ ...MAIL, ...more }) === identityOf(MAIL);

describe('what a mail is known by', () => {
  it('is the same wherever it is read: in another mailbox, with its id written without brackets', () => {
    expect(same({ messageId: ' 1@atelier.example ' })).toBe(true);
    expect(same({ subject: ' DEVIS ', conversationId: 'x', sent: true, draftId: 'draft-123' })).toBe(true);
    expect(identityOf(MAIL)).toBe(identityText('<1@atelier.example>', 'anne@atelier.example', 'devis'));
  });

  it('is another for another mail that bears the same id: of somebody else, or about something else', () => {
    expect(same({ from: { name: 'Anne', address: 'x@evil.example' } })).toBe(false);
    expect(same({ subject: 'Facture' })).toBe(false);
  });

  it('is the page’s name of it and what it says before it has an id, and what it is where there is neither', () => {
    const draft = { ...MAIL, messageId: null, draftId: 'draft-1234' };
    const laidOut = { format: 'html' as const, content: '<p  style="margin:0">Bonjour</p>\n' };
    expect(identityOf({ ...draft, at: '2026-11-23T09:45:00Z', body: laidOut })).toBe(identityOf(draft));
    const other: Partial<Mail>[] = [
      { draftId: 'draft-5678' },
      { subject: 'Devis 2' },
      { to: [] },
      { body: { format: 'html', content: '<p>Bonsoir</p>' } },
    ];
    for (const more of other) expect(identityOf({ ...draft, ...more })).not.toBe(identityOf(draft));
    const none = { ...MAIL, messageId: null };
    expect(identityOf(none)).toBe(identityOf({ ...none, at: '2026-11-23T10:30:00.500+01:00' }));
    expect(identityOf(none)).not.toBe(identityOf({ ...none, at: '2026-11-23T09:31:00Z' }));
  });
});

it.each([
  ['Re: RE : Fwd[2]: Devis', 'devis'],
  ['TR: devis', 'devis'],
  ['AW: WG: devis', 'devis'],
  ['Reprise du devis', 'reprise du devis'],
])('the topic of %s is %s', (subject, topic) => {
  expect(topicOf(subject)).toBe(topic);
});
