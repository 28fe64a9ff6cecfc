import { createHmac } from 'node:crypto';
import { leads } from '../../sandbox/company/index.ts';
import { webhook } from '../../server/connectors/webhook/connector.ts';
import { type OpenForm, openForm, SECRET } from './rig.ts';

/** As Zoho Forms sends it, its owner having left the keys as they were. */
const FILLED = {
  ...{ Name_First: 'Léa', Name_Last: 'Bonnefoy', Email: 'lea@exemple.example', Phone: '+33612345678' },
  ...{ Dropdown: ['A', 'B'], Checkbox: 'A,B', FileUpload: 'https://files.example/1.pdf', Empty: '' },
};

let form: OpenForm;

beforeAll(async () => {
  form = await openForm(webhook as never);
});
afterAll(() => form.close());

const last = async () => (await form.runs()).at(-1);

describe('an answer of a form that only delivers', () => {
  it.each(['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'is read as %s, each person once',
    async (contentType) => {
      await form.happens({ act: 'set-webhook', url: form.url, secret: SECRET, contentType }, 0);
      await form.happens({ act: 'answer', values: { ...FILLED, Sent: contentType } });
      expect(form.answers.at(-1)).toBe('accepted');
      const leads = await form.made('Leads');
      expect(leads).toHaveLength(1);
      expect(leads[0]).toMatchObject({
        ...{ First_Name: 'Léa', Last_Name: 'Bonnefoy', Email: 'lea@exemple.example', Phone: '+33612345678' },
      });
      const content = String((await form.made('Notes')).at(-1)?.Note_Content);
      expect(content).toMatch(/^Dropdown\u00a0: A, ?B$/m);
      expect(content).not.toContain('Empty');
      expect((await last())?.state).toBe('done');
    },
  );

  it('that comes twice is one, however its fields are parted', async () => {
    const before = (await form.runs()).length;
    await form.happens({ act: 'again' });
    expect(await form.runs()).toHaveLength(before);
  });

  it('says that a field seems to have another name, and what filled a field', async () => {
    form.set({ columns: [{ header: 'Phone', field: 'Mobile' }] });
    await form.happens({ act: 'rename', key: 'Phone', to: 'Portable' }, 0);
    await form.happens({ act: 'answer', values: { ...FILLED, Email: 'autre@exemple.example', Sent: 'x' } });
    const said = (await last())?.summary?.en;
    expect(said).toContain('New in the form: “Portable”.');
    expect(said).toContain('No longer in the form, though it fills a field: “Phone”.');
    form.set();
  });

  it('of somebody who stands only where one would be made is added to that record, and writes nothing over', async () => {
    const lead = leads.find(({ email }) => email !== null && email !== undefined);
    form.set({ look: 'contacts' });
    const before = (await form.made('Leads')).length;
    await form.happens({
      act: 'answer',
      values: { Name_First: 'Ada', Name_Last: 'Autrement', Email: lead?.email, Sent: 'y' },
    });
    form.set();
    expect((await last())?.state).toBe('done');
    expect(await form.made('Leads')).toHaveLength(before);
    const parent = (await form.made('Notes')).at(-1)?.Parent_Id as { id: string } | undefined;
    expect(await form.record('Leads', parent?.id)).toMatchObject({
      ...{ Email: lead?.email, Last_Name: lead?.lastName },
    });
  });

  it.each([
    ['no secret', {}, 401],
    ['another secret', { 'x-liaison-secret': 'the-secret-of-this-form-2' }, 401],
    ['a truncated secret', { 'x-liaison-secret': SECRET.slice(0, -1) }, 401],
    [
      'a wrong signature beside the right secret',
      { 'x-liaison-secret': SECRET, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
      401,
    ],
    ['a truncated signature', { 'x-hub-signature-256': 'sha256=00' }, 400],
  ])('leaves nothing with %s', async (_name, headers, status) => {
    const answered = await form.deliver(JSON.stringify(FILLED), headers as Record<string, string>);
    expect(answered.status).toBe(status);
    expect(form.taken()).toEqual([]);
  });

  it('is believed by the signature of its body', async () => {
    const body = JSON.stringify({ contact: { email: 'sous@exemple.example', 'last name': 'Sous' } });
    const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
    expect((await form.deliver(body, { 'x-hub-signature-256': signature })).status).toBe(200);
    expect(form.taken()).toHaveLength(1);
  });

  it('that was cut off on its way leaves nothing, and a file nothing but its name', async () => {
    const part = (name: string, more: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const whole = `${part('Email', '', 'a@b.example')}${part('Plan', '; filename="plan.pdf"', '%PDF\0\u0001')}--b--\r\n`;
    const headers = { 'content-type': 'multipart/form-data; boundary=b', 'x-liaison-secret': SECRET };
    expect((await form.deliver(whole.slice(0, -8), headers)).status).toBe(400);
    expect(form.taken()).toEqual([]);
    expect((await form.deliver(whole, headers)).status).toBe(200);
    expect(form.taken()).toMatchObject([{ body: { Email: 'a@b.example', Plan: 'plan.pdf' } }]);
  });
});
