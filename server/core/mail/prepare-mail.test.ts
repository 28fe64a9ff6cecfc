import type { Mail } from './mail.ts';
import { type MailLimits, prepareMail, sizeOf } from './prepare-mail.ts';

const LIMITS: MailLimits = {
  ...{ subject: 50, content: 200, messageId: 60, name: 20, recipients: 3, files: 2, fileSize: 1_000 },
};
const MAIL: Mail = {
  messageId: '<1@atelier.example>',
  draftId: null,
  conversationId: null,
  subject: 'Devis',
  from: { name: 'Anne', address: 'Anne@Atelier.example' },
  to: [],
  cc: [],
  bcc: [],
  at: '2026-11-23T09:30:00Z',
  sent: false,
  body: { format: 'html', content: '<p>Bonjour</p>' },
  attachments: [],
};
const prepared = (more: Partial<Mail>) => prepareMail({ ...MAIL, ...more }, LIMITS);
const file = (name: string, content: string | null, more: object = {}) => ({
  ...{ name, contentType: 'text/plain', size: content?.length ?? 5_000, inline: false },
  content: content === null ? null : Buffer.from(content).toString('base64'),
  ...more,
});

describe('a mail that is to be logged', () => {
  it('names its sender by the true address, whatever stands in the name', () => {
    expect(prepared({ from: { name: 'ceo@bank.example', address: '<X@evil.example>' } }).from).toEqual({
      name: 'ceo@bank.example',
      address: 'x@evil.example',
    });
    expect(prepared({ from: { name: 'a@b.example', address: 'MAILER-DAEMON' } }).from).toBeNull();
  });

  it('names each person once, as many as there is room for, and says of how many it does not', () => {
    const people = ['a@a.example', 'A@A.example', 'b@b.example', 'nobody', 'c@c.example', 'd@d.example'];
    const { to, unnamed } = prepared({ to: people.map((address) => ({ name: '', address })) });
    expect(to.map(({ address }) => address)).toEqual(['a@a.example', 'b@b.example', 'c@c.example']);
    expect(unnamed).toBe(2);
  });

  it('is laid out where that fits, else plain, else the beginning with the whole as a file that calls nobody', () => {
    expect(prepared({})).toMatchObject({ format: 'html', content: '<p>Bonjour</p>', files: [] });
    const wordy = prepared({
      body: { format: 'html', content: `<table>${'<tr><td>a</td></tr>'.repeat(15)}</table>` },
    });
    expect(wordy).toMatchObject({ format: 'text', shortened: true, files: [{ name: 'message.html' }] });
    expect(wordy.content.split('\n').filter((line) => line === 'a')).toHaveLength(15);
    const long = prepared({
      body: { format: 'html', content: `<p>${'é'.repeat(5_000)}<script>x</script></p>` },
    });
    expect(long.content.length).toBeLessThanOrEqual(200);
    expect(long.content.endsWith('…')).toBe(true);
    const whole = long.files[0]?.content as { text: string };
    expect(whole.text).toContain("default-src 'none'");
    expect(whole.text).toContain('é'.repeat(5_000));
    expect(whole.text).not.toContain('script>');
    const plain = prepared({ body: { format: 'text', content: 'a\r\n\r\n\r\n\r\nb \u0000\ud800' } });
    expect(plain).toMatchObject({ format: 'text', content: 'a\n\nb \ufffd', shortened: false });
  });

  it('has no id where the one that it has is longer than there is room for', () => {
    expect(prepared({ messageId: `<${'x'.repeat(90)}@a.example>` }).messageId).toBeNull();
    expect(prepared({ messageId: '  ' }).messageId).toBeNull();
  });

  it('takes files that there is room for, and says of each other one why not', () => {
    const { files, leftOut } = prepared({
      attachments: [
        file('a.txt', 'a'),
        file('big.bin', 'x'.repeat(1_001)),
        file('logo.png', 'x', { inline: true }),
        file('cloud.docx', null, { size: 10 }),
        file('huge.mp4', null),
        file('empty.txt', ''),
        file('b.txt', 'b'),
        file('c.txt', 'c'),
      ],
    });
    expect(files.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
    expect(leftOut.map(({ name }) => name)).toEqual([
      ...['big.bin', 'cloud.docx', 'huge.mp4', 'empty.txt', 'c.txt'],
    ]);
    for (const { sentence } of leftOut) expect(sentence.en).not.toBe(sentence.fr);
  });

  it('gives files names that are names everywhere', () => {
    const names = [
      '../../etc/passwd',
      'a"b\r\nX: y.txt',
      '\u202egpj.exe',
      '',
      '..',
      'con:',
      `${'n'.repeat(300)}.pdf`,
    ];
    const read = names.map((name) => prepared({ attachments: [file(name, 'x')] }).files[0]?.name ?? '');
    for (const name of read) {
      expect(name).toMatch(/^[^"/\\:<>|?*\p{Cc}\u202a-\u202e]+$/u);
      expect(name.length).toBeLessThanOrEqual(200);
    }
    expect(read[3]).toBe('attachment-1');
    expect(read[6]?.endsWith('.pdf')).toBe(true);
  });

  it('counts the bytes of a file by what it holds, not by what is said of it', () => {
    for (const text of ['', 'a', 'ab', 'abc', 'abcd'])
      expect(sizeOf(Buffer.from(text).toString('base64'))).toBe(text.length);
    expect(prepared({ attachments: [file('a.txt', 'x'.repeat(2_000), { size: 1 })] }).files).toEqual([]);
  });
});
