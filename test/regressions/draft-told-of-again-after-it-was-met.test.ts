import { type SentDraft, sentAs, sentIn, sentText, withSent } from '../../server/core/mail/conversation.ts';

/**
 * A draft is told of when it is sent, and told of again where the answer was lost. When its mail had been met in the
 * mailbox in between, it was forgotten which one that was: the next mail of that subject was taken for it, and not logged.
 */

const DRAFT: SentDraft = {
  draftId: 'draft-0001',
  subject: 'RE: Devis',
  at: '2026-11-23T09:00:00Z',
  records: [{ module: 'Contacts', id: '1' }],
  mail: null,
};

it('a draft that is told of again is still the mail that it was met as', () => {
  const met = sentText(withSent([], DRAFT).map((one) => ({ ...one, mail: 'first' })));
  const again = withSent(sentIn(met), { ...DRAFT, at: '2026-11-23T09:00:05Z' });
  expect(again).toHaveLength(1);
  const mail = { subject: 'Re: Devis', at: '2026-11-23T09:30:00Z', from: 'claire@atelier.example' };
  expect(sentAs(again, mail, 'first')).toMatchObject({ draftId: 'draft-0001' });
  expect(sentAs(again, mail, 'second')).toBeNull();
});

it('one that was not met yet waits for its mail, beside others', () => {
  const both = withSent(withSent([], DRAFT), { ...DRAFT, draftId: 'draft-0002' });
  expect(withSent(both, DRAFT).map(({ draftId, mail }) => [draftId, mail])).toEqual([
    ['draft-0002', null],
    ['draft-0001', null],
  ]);
});
