import { MAIL_LIMITS } from '../../server/connectors/zoho-crm/emails.ts';
import { prepareMail } from '../../server/core/mail/prepare-mail.ts';
import { triedMail } from '../../server/flows/mail-to-crm/try-mail.ts';

/**
 * What a file is called by its writer went as it was into the form that takes it to the CRM: with line breaks in it, it
 * wrote lines of that form of its own.
 */

const typeOf = (contentType: string): string | undefined => {
  const file = { name: 'a.txt', contentType, size: 2, inline: false, content: 'b2s=' };
  const mail = { ...triedMail('anne@atelier.example', 'Anne'), attachments: [file] };
  return prepareMail(mail, MAIL_LIMITS).files[0]?.contentType;
};

it.each([
  'text/plain\r\ncontent-disposition: form-data; name="other"',
  'text/plain\r\n\r\n--liaison-file--',
  'text/plain\ntext/html',
  'text',
  '',
  `${'a'.repeat(300)}/b`,
])('%j is sent on as a file of bytes', (contentType) => {
  expect(typeOf(contentType)).toBe('application/octet-stream');
});

it('a type goes along, without what is said of it', () => {
  expect(typeOf('application/vnd.oasis.opendocument.text')).toBe('application/vnd.oasis.opendocument.text');
  expect(typeOf('text/plain; charset="utf-8"')).toBe('text/plain');
});
