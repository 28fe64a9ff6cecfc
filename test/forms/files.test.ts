import { webhook } from '../../server/connectors/webhook/connector.ts';
import { type OpenForm, openForm } from './rig.ts';

let form: OpenForm;

beforeAll(async () => {
  form = await openForm(webhook as never);
});
afterAll(() => form.close());

const last = async () => (await form.runs()).at(-1);
const PDF = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 0xff, 0xfe, 0x0d, 0x0a, 0x2d, 0x2d, 0]);

function filled(name: string, files: readonly (readonly [field: string, file: File])[]): FormData {
  const body = new FormData();
  body.set('nom', name);
  body.set('email', `${name.toLowerCase()}@exemple.example`);
  for (const [field, file] of files) body.append(field, file, file.name);
  return body;
}
const file = (name: string, bytes: Uint8Array<ArrayBuffer> = PDF, type = 'application/pdf') =>
  new File([bytes], name, { type });

it('a file that came with an answer is attached to the lead that it makes, as it was, and once', async () => {
  const body = filled('Adele', [['cv', file('cv.pdf')]]);
  expect((await form.sends(body)).status).toBe(200);
  const [lead] = await form.made('Leads');
  expect(await form.attached()).toMatchObject([
    { record: lead?.id, module: 'Leads', name: 'cv.pdf', size: PDF.length, contentType: 'application/pdf' },
  ]);
  expect((await last())?.summary?.en).toContain('One file was attached.');
  expect(String((await form.made('Notes')).at(-1)?.Note_Content)).toMatch(/^cv\u00a0: cv\.pdf$/m);
  expect((await form.sends(filled('Adele', [['cv', file('cv.pdf')]]))).status).toBe(200);
  expect(await form.attached()).toHaveLength(1);
  expect(await form.runs()).toHaveLength(1);
});

it('the same answer with another content of its file is another answer, beside the same person', async () => {
  await form.sends(filled('Adele', [['cv', file('cv.pdf', new Uint8Array([1, 2, 3]))]]));
  expect(await form.made('Leads')).toHaveLength(1);
  expect(await form.attached()).toMatchObject([{ name: 'cv.pdf' }, { name: 'cv.pdf', size: 3 }]);
});

it('names are names, each another one, and a type that is none is any', async () => {
  const before = (await form.attached()).length;
  await form.sends(
    filled('Bruno', [
      ['a', file('C:\\fakepath\\photo.jpg', PDF, 'image/jpeg')],
      ['a', file('photo.jpg', PDF, 'image/jpeg')],
      ['b', file('../../etc/passwd', PDF, '')],
      ['c', file('devis\u202egpj.txt', PDF, 'text/plain')],
    ]),
  );
  const made = (await form.attached()).slice(before).map(({ name, contentType }) => [name, contentType]);
  expect(made).toEqual([
    ['photo.jpg', 'image/jpeg'],
    ['photo (2).jpg', 'image/jpeg'],
    ['passwd', 'application/octet-stream'],
    ['devis_gpj.txt', 'text/plain'],
  ]);
});

it('a file that is empty, too large, or refused by the CRM is told of, and the lead stands with the others', async () => {
  const before = (await form.attached()).length;
  await form.sends(
    filled('Chloe', [
      ['a', file('rien.txt', new Uint8Array(0), 'text/plain')],
      ['b', file('programme.exe')],
      ['c', file('grand.zip', new Uint8Array(20_000_001), 'application/zip')],
      ['d', file('bon.pdf')],
    ]),
  );
  expect((await form.attached()).slice(before)).toMatchObject([{ name: 'bon.pdf' }]);
  expect((await form.made('Leads')).at(-1)).toMatchObject({ Last_Name: 'Chloe' });
  const run = await last();
  expect(run?.state).toBe('done');
  for (const text of [run?.summary?.fr, String((await form.made('Notes')).at(-1)?.Note_Content)]) {
    expect(text).toContain('Non joint\u00a0: «\u00a0rien.txt\u00a0». Il est vide.');
    expect(text).toContain('«\u00a0programme.exe\u00a0». Le CRM ne le prend pas\u00a0: INVALID_DATA');
    expect(text).toContain('«\u00a0grand.zip\u00a0». Il dépasse 20 Mo.');
  }
});

it('what the CRM refuses for a virus is told of in a sentence and not tried again', async () => {
  const before = (await form.attached()).length;
  const virus = new TextEncoder().encode('EICAR-STANDARD-ANTIVIRUS-TEST-FILE');
  await form.sends(filled('Victor', [['a', file('virus.txt', virus, 'text/plain')]]));
  expect(await last()).toMatchObject({
    state: 'done',
    summary: {
      fr: expect.stringContaining('Non joint\u00a0: «\u00a0virus.txt\u00a0». Le CRM ne le prend pas'),
    },
  });
  expect(await form.attached()).toHaveLength(before);
});

it('of more than twenty, those beyond are told of', async () => {
  const before = (await form.attached()).length;
  const many = Array.from({ length: 22 }, (_, at) => ['f', file(`${at}.pdf`)] as const);
  await form.sends(filled('Denis', many));
  expect(await form.attached()).toHaveLength(before + 20);
  expect((await last())?.summary?.en).toContain('Not attached: “21.pdf”. Of one answer, 20 files');
});

it('where files are not to be attached, the answer is taken without', async () => {
  const before = (await form.attached()).length;
  form.set({ files: false });
  await form.sends(filled('Elise', [['cv', file('cv.pdf')]]));
  form.set();
  expect(await form.attached()).toHaveLength(before);
  expect((await last())?.state).toBe('done');
});

it('an answer of more than 25 MB, or with more than 1 MB filled in, is refused with a sentence and leaves nothing', async () => {
  const runs = (await form.runs()).length;
  const large = await form.sends(filled('Fanny', [['a', file('a.bin', new Uint8Array(25_000_001))]]));
  expect([large.status, await large.json()]).toMatchObject([
    413,
    { error: 'size-files', message: expect.stringContaining('25 MB') },
  ]);
  const wordy = filled('Fanny', [['a', file('a.pdf')]]);
  wordy.set('message', 'x'.repeat(1_000_001));
  expect((await form.sends(wordy)).status).toBe(413);
  expect(await form.runs()).toHaveLength(runs);
  const [row] = await form.rig.database.query<{ kept: number }>(
    "select count(*)::int as kept from event_files where name in ('a.bin', 'a.pdf')",
  );
  expect(row?.kept).toBe(0);
});

it('what carries no secret, or a wrong one, is refused before a large body is read', async () => {
  const body = filled('Gael', [['a', file('a.bin', new Uint8Array(5_000_000))]]);
  const wrong = await form.sends(body, { 'x-liaison-secret': 'not-the-secret' }).then(
    ({ status }) => status,
    // Cut off while it still sends: it is not read.
    () => 401,
  );
  expect(wrong).toBe(401);
  expect(form.answers.at(-1)).toBe('bad-signature');
});

describe('a file that is named by its address', () => {
  const ADDRESS = 'https://files.exemple.example/depot/Plan%20A.pdf';
  const answer = (name: string, address: string) => ({
    act: 'answer',
    values: { nom: name, email: `${name.toLowerCase()}@exemple.example`, FileUpload: address, site: address },
  });
  const serve = (more: object) =>
    form.sandbox.act('receiver', {
      act: 'serve',
      address: 'files.exemple.example/depot/Plan A.pdf',
      ...more,
    });
  const said = async () => (await last())?.summary?.en ?? '';

  beforeAll(async () => {
    await form.happens({ act: 'set-webhook', url: form.url, secret: 'the-secret-of-this-form-1' }, 0);
  });

  it('is fetched without a credential, once, where the form says that it is one', async () => {
    const before = (await form.attached()).length;
    await serve({ text: '%PDF plan' });
    await form.happens(answer('Hugo', ADDRESS));
    expect((await form.attached()).slice(before)).toMatchObject([{ name: 'Plan A.pdf', size: 9 }]);
  });

  it('is fetched of a question that is chosen for it', async () => {
    const before = (await form.attached()).length;
    form.set({ fileAddress: 'lien' });
    await form.happens({
      act: 'answer',
      values: { nom: 'Ida', email: 'ida@exemple.example', lien: ADDRESS, site: 'https://ida.example/a.pdf' },
    });
    form.set();
    expect((await form.attached()).slice(before)).toMatchObject([{ name: 'Plan A.pdf' }]);
  });

  it.each([
    ['that is gone', { status: 404 }, '404 instead of the file'],
    ['that leads elsewhere', { status: 302, location: 'http://127.0.0.1:1/' }, '302 instead of the file'],
    ['that is empty', { text: '' }, 'It is empty.'],
  ])('%s is told of, and the lead stands', async (name, served, sentence) => {
    const before = (await form.attached()).length;
    await serve(served);
    await form.happens(answer(`Un${name.replaceAll(' ', '')}`, ADDRESS));
    expect((await last())?.state).toBe('done');
    expect(await said()).toContain(sentence);
    expect(await form.attached()).toHaveLength(before);
  });

  it.each(['https://user@files.exemple.example/x.pdf', 'https://files.exemple.example:8443/x.pdf'])(
    'at %s is never asked for',
    async (address) => {
      await form.happens(answer(`Prive${address.length}`, address));
      expect(await said()).toContain('Its address leads where Liaison reads nothing');
    },
  );

  it('waits where its address is in trouble; the note stands meanwhile, and it comes once it can', async () => {
    const before = (await form.attached()).length;
    await serve({ status: 500 });
    const notes = (await form.made('Notes')).length;
    const taken = form.happens(answer('Jeanne', ADDRESS));
    while (!(await form.runs()).some(({ error }) => error?.sentence.en.includes('answered 500')));
    expect((await form.made('Leads')).at(-1)).toMatchObject({ Last_Name: 'Jeanne' });
    expect(await form.made('Notes')).toHaveLength(notes + 1);
    await serve({ text: '%PDF' });
    await taken;
    expect((await last())?.state).toBe('done');
    expect((await form.attached()).slice(before)).toMatchObject([{ name: 'Plan A.pdf' }]);
    expect(await form.made('Notes')).toHaveLength(notes + 1);
  });
});
