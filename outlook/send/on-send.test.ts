import type { ProblemDocument } from '../../server/api/problem.ts';
import { ApiError } from '../../widget/api/client.ts';
import { failed, mockOffice, succeeded } from '../testing/office.ts';
import { onSend, type SendParts } from './on-send.ts';

type Done = (answer: unknown) => void;
const NOW = new Date('2026-11-30T09:00:00Z');
const WISH = { draftId: 'draft-0001', records: [{ module: 'Contacts', id: '1' }] };
const field = (value: unknown) => ({ getAsync: (done: Done) => done(succeeded(value)) });
const person = (emailAddress: string) => ({ displayName: '', emailAddress });

/** @param note what the pane left with the draft; null: nothing. */
function draftWith(note: string | null, parts: Record<string, unknown> = {}) {
  const asked: string[] = [];
  const item = {
    conversationId: 'c1',
    subject: {
      getAsync(done: Done) {
        asked.push('subject');
        done(succeeded('RE: Devis'));
      },
    },
    from: field(person('me@own.example')),
    to: field([person('lea@acme.example'), person('')]),
    cc: field([]),
    bcc: field([person('secret@own.example')]),
    body: { getAsync: (_form: string, done: Done) => done(succeeded('<p>Bonjour</p>')) },
    sessionData: {
      getAsync: (_key: string, done: Done) => done(note === null ? failed(9020) : succeeded(note)),
    },
    getAttachmentsAsync: (done: Done) =>
      done(
        succeeded([
          { id: 'a', name: 'devis.pdf', size: 8, isInline: false, attachmentType: 'file' },
          { id: 'b', name: 'film.mp4', size: 40 * 1024 * 1024, isInline: false, attachmentType: 'file' },
          { id: 'c', name: 'cloud.docx', size: 0, isInline: false, attachmentType: 'cloud' },
        ]),
      ),
    getAttachmentContentAsync: (id: string, done: Done) =>
      done(id === 'a' ? succeeded({ format: 'base64', content: 'JVBERg==' }) : failed(9000)),
    ...parts,
  };
  mockOffice({ item });
  return { draft: item as unknown as Office.MessageCompose, asked };
}

function world(refusal: Error | null = null, isFrench = false) {
  const called: { token: string | null; name: string; body: unknown }[] = [];
  const call = async (token: string | null, name: string, request: { body: unknown }) => {
    called.push({ token, name, body: request.body });
    if (refusal !== null) throw refusal;
    return { token: 'token-1' };
  };
  return { called, parts: { call, now: () => NOW, isFrench } as unknown as SendParts };
}

const problem = (status: number) =>
  new ApiError({ status, type: '', title: '', detail: 'Said.', action: 'Do.' } satisfies ProblemDocument);

it('a draft that nobody wants logged goes unread, and nobody is called', async () => {
  for (const note of [null, '', 'null', '{"draftId":"draft-0001","records":[]}']) {
    const { draft, asked } = draftWith(note);
    const { called, parts } = world();
    expect(await onSend(draft, parts)).toEqual({ allowEvent: true });
    expect([called, asked]).toEqual([[], []]);
  }
});

it('a draft is logged as it is sent, by a session of its own, under the name that the pane gave it', async () => {
  const { called, parts } = world();
  expect(await onSend(draftWith(JSON.stringify(WISH)).draft, parts)).toEqual({ allowEvent: true });
  expect(called.map(({ name, token }) => [name, token])).toEqual([
    ['renewSession', null],
    ['logMail', 'token-1'],
  ]);
  expect(called[1]?.body).toEqual({
    records: WISH.records,
    mail: {
      messageId: null,
      draftId: 'draft-0001',
      conversationId: 'c1',
      subject: 'RE: Devis',
      from: { name: '', address: 'me@own.example' },
      to: [{ name: '', address: 'lea@acme.example' }],
      cc: [],
      bcc: [{ name: '', address: 'secret@own.example' }],
      at: NOW.toISOString(),
      sent: true,
      body: { format: 'html', content: '<p>Bonjour</p>' },
      attachments: [
        {
          name: 'devis.pdf',
          contentType: 'application/octet-stream',
          size: 8,
          inline: false,
          content: 'JVBERg==',
        },
        {
          name: 'film.mp4',
          contentType: 'application/octet-stream',
          size: 40 * 1024 * 1024,
          inline: false,
          content: null,
        },
      ],
    },
  });
});

it.each([
  ['nobody is signed in', problem(401), /signed out of Liaison/, /déconnecté de Liaison/],
  ['the server refuses', problem(409), /Said\. Do\./, /classé dans le CRM\. Said/],
  ['the server is silent', new ApiError(null), /did not answer/, /n’a pas répondu/],
  ['Outlook fails', new Error('x'), /Outlook did not give it/, /Outlook ne l’a pas donné/],
])('the person is asked in their language where %s, and no more than that', async (_why, refusal, en, fr) => {
  const { draft } = draftWith(JSON.stringify(WISH));
  for (const [isFrench, told] of [
    [false, en],
    [true, fr],
  ] as const)
    expect(await onSend(draft, world(refusal, isFrench).parts)).toEqual({
      allowEvent: false,
      errorMessage: expect.stringMatching(told),
    });
});

it('what Outlook does not know how to answer never keeps a mail from being decided on', async () => {
  const { draft } = draftWith(JSON.stringify(WISH), { getAttachmentsAsync: undefined });
  expect(await onSend(draft, world().parts)).toMatchObject({ allowEvent: false });
  const old = draftWith(null, { sessionData: undefined });
  expect(await onSend(old.draft, world().parts)).toEqual({ allowEvent: true });
});
