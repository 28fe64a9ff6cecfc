import { createHmac } from 'node:crypto';
import { typeform } from '../../server/connectors/typeform/connector.ts';
import { FORM, type OpenForm, openForm, SECRET } from './rig.ts';

let form: OpenForm;

beforeAll(async () => {
  form = await openForm(typeform as never, { form: FORM });
  const way = await form.sandbox.way(typeform);
  const client = typeform.client(way.open({}));
  await typeform.webhooks?.subscribe?.(client, { url: form.url, secret: SECRET, topics: [`answer ${FORM}`] });
});
afterAll(() => form.close());
beforeEach(() => form.set());

const answer = (answers: object, more: object = {}) => form.happens({ act: 'answer', answers, ...more });
const last = async () => (await form.runs()).at(-1);

describe('an answer to a Typeform', () => {
  it('is one lead, with what is recognised in its fields and all of it in a note', async () => {
    await answer(
      {
        ...{ prenom: 'Noémie', nom: 'Carrière', email: 'noemie@carriere.example', tel: '+33639981077' },
        ...{ societe: 'Carrière Déco', besoin: ['Affiches', 'Carnets'], message: 'Bonjour', accord: true },
      },
      { hidden: { utm_source: 'site', utm_campaign: '' } },
    );
    const [lead, ...others] = await form.made('Leads');
    expect(others).toEqual([]);
    expect(lead).toMatchObject({
      ...{ First_Name: 'Noémie', Last_Name: 'Carrière', Email: 'noemie@carriere.example' },
      ...{ Phone: '+33639981077', Company: 'Carrière Déco' },
    });
    const [note] = await form.made('Notes');
    expect(note?.Note_Title).toBe('Formulaire\u00a0: Demande de devis');
    for (const said of [
      'Que cherchez-vous ?\u00a0: Affiches, Carnets',
      'utm_source\u00a0: site',
      'nouvelles\u00a0: oui',
    ])
      expect(note?.Note_Content).toContain(said);
    expect(note?.Note_Content).not.toContain('utm_campaign');
    expect(await last()).toMatchObject({
      state: 'done',
      summary: { en: 'Noémie Carrière: a lead was created.' },
    });
  });

  it('that comes again under another number changes nothing, and one that is not sent yet is none', async () => {
    const before = await form.runs();
    await form.happens({ act: 'again' });
    await form.happens({ act: 'again', partial: true });
    expect(await form.runs()).toEqual(before);
    expect(await form.made('Leads')).toHaveLength(1);
  });

  it('of somebody who is there adds to the record, and overwrites nothing', async () => {
    await answer({ prenom: 'Noémie', nom: 'Carrière', email: 'NOEMIE@carriere.example', tel: '0600000000' });
    const leads = await form.made('Leads');
    expect(leads).toHaveLength(1);
    expect(leads[0]).toMatchObject({ Phone: '+33639981077', Email: 'noemie@carriere.example' });
    expect(await form.made('Notes')).toHaveLength(2);
  });

  it('of a contact is the contact’s, and no lead', async () => {
    const { Contacts = [] } = await form.tables('zoho-crm');
    const known = Contacts.find(({ Email }) => Email) ?? {};
    const leads = (await form.made('Leads')).length;
    await answer({ prenom: known.First_Name, nom: known.Last_Name, email: known.Email, societe: 'X' });
    expect(await form.made('Leads')).toHaveLength(leads);
    expect((await last())?.summary?.en).toContain('contact');
    expect((await form.record('Contacts', known.id))?.Email).toBe(known.Email);
  });

  it('under another name than the record’s changes nothing of it: anybody can type any address', async () => {
    const before = (await form.made('Leads'))[0];
    form.set({ known: 'all' });
    await answer({ prenom: 'Mallory', nom: 'Intrus', email: 'noemie@carriere.example', tel: '0699999999' });
    const { Modified_Time: _then, ...after } = (await form.made('Leads'))[0] ?? {};
    expect(before).toMatchObject({
      First_Name: after.First_Name,
      Last_Name: after.Last_Name,
      Phone: after.Phone,
    });
    expect((await last())?.summary?.en).toContain('nothing of it was changed');
  });

  it('without an address, or with types that came later, is a lead all the same; the unknown stands in the note', async () => {
    await answer(
      { nom: 'Sansmail' },
      {
        raw: [
          {
            type: 'payment',
            payment: { amount: '12', last4: '4242', name: 'A' },
            field: { id: 'p', type: 'payment' },
          },
          {
            type: 'multi_format',
            multi_format: { video_url: 'https://v.example/1' },
            field: { id: 'm', type: 'multi_format' },
          },
          { type: 'choice', choice: { other: 'Autre "chose"' }, field: { id: 'c', type: 'multiple_choice' } },
          {
            type: 'choices',
            choices: { labels: ['Vin'], other: 'Bière, cidre' },
            field: { id: 'd', type: 'multiple_choice' },
          },
        ],
      },
    );
    expect((await form.made('Leads')).at(-1)).toMatchObject({ Last_Name: 'Sansmail' });
    const content = String((await form.made('Notes')).at(-1)?.Note_Content);
    for (const said of ['12, A, •••• 4242', 'https://v.example/1', 'Autre "chose"', 'Vin, Bière, cidre'])
      expect(content).toContain(said);
  });

  it('that says nothing of anybody waits on the shelf, and what to choose is said', async () => {
    await answer({ message: 'Bonjour' });
    expect(await last()).toMatchObject({ state: 'shelved', error: { kind: 'rejected' } });
  });

  it('tells of what the form’s owner changed since', async () => {
    await form.happens({ act: 'rename', ref: 'tel', title: 'Votre portable' }, 0);
    await form.happens({ act: 'add', ref: 'ville', title: 'Votre ville', type: 'short_text' }, 0);
    form.set({ columns: [{ header: 'q7Message000', field: 'Description' }] });
    await form.happens({ act: 'remove', ref: 'message' }, 0);
    await answer({ nom: 'Après', email: 'apres@exemple.example', tel: '0612121212', ville: 'Lyon' });
    expect((await form.made('Leads')).at(-1)).toMatchObject({ Last_Name: 'Après', Phone: '0612121212' });
    const said = (await last())?.summary;
    expect(said?.en).toContain('New in the form: “Votre ville”.');
    expect(said?.en).toContain('“Un numéro de téléphone ?” is now called “Votre portable”.');
    expect(said?.en).toContain('No longer in the form, though it fills a field: “Dites-nous en plus”.');
    await answer({ nom: 'Encore', email: 'encore@exemple.example' });
    expect((await last())?.summary?.en).toBe('Encore: a lead was created.');
  });

  it('is left out where it looks like no person’s, as chosen', async () => {
    form.set({ honeypot: 'q5Societe000', disposable: true, mostPerDay: 2 });
    const before = (await form.made('Leads')).length;
    await answer({ nom: 'Robot', email: 'robot@exemple.example', societe: 'http://spam.example' });
    expect(await last()).toMatchObject({ state: 'skipped' });
    await answer({ nom: 'Jetable', email: 'x@sub.yopmail.com' });
    expect(await last()).toMatchObject({ state: 'skipped' });
    for (let time = 1; time <= 3; time += 1)
      await answer({ nom: 'Pressé', email: 'presse@exemple.example', ville: `${time}` });
    expect(await last()).toMatchObject({ state: 'skipped' });
    expect(await form.made('Leads')).toHaveLength(before + 1);
  });

  it('says when consent was given, and opts out who did not give it', async () => {
    form.set({ consent: 'q8Accord0000', columns: [] });
    await answer({ nom: 'Non', email: 'non@exemple.example' });
    expect((await form.made('Leads')).at(-1)).toMatchObject({ Last_Name: 'Non', Email_Opt_Out: true });
    await answer({ nom: 'Oui', email: 'oui@exemple.example', accord: true });
    expect((await form.made('Leads')).at(-1)?.Email_Opt_Out).not.toBe(true);
    form.set({ consent: 'q8Accord0000', withoutConsent: 'leave' });
    await answer({ nom: 'Laissé', email: 'laisse@exemple.example' });
    expect(await last()).toMatchObject({ state: 'skipped' });
  });
});

describe('a delivery that Typeform did not sign', () => {
  const body = JSON.stringify({
    event_id: 'e',
    event_type: 'form_response',
    form_response: { form_id: FORM, token: 'forged', submitted_at: '2026-01-01T00:00:00Z', answers: [] },
  });
  const right = `sha256=${createHmac('sha256', SECRET).update(body).digest('base64')}`;

  it.each([
    ['none', {}],
    ['an empty one', { 'typeform-signature': '' }],
    ['a truncated one', { 'typeform-signature': right.slice(0, -3) }],
    [
      'one in hexadecimal',
      { 'typeform-signature': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` },
    ],
    [
      'one of another secret',
      { 'typeform-signature': `sha256=${createHmac('sha256', 'x').update(body).digest('base64')}` },
    ],
    ['one of another body', { 'typeform-signature': right.replace(/.$/, '=') }, `${body} `],
  ])(
    'leaves nothing, and is never told that the address is gone: %s',
    async (_name, headers, sent = body) => {
      const answered = await form.deliver(sent, headers as Record<string, string>);
      expect([400, 401]).toContain(answered.status);
      expect(form.taken()).toEqual([]);
    },
  );

  it('is not told that the address is gone either where nobody has it', async () => {
    const answered = await fetch(form.url.replace('/own', '/other'), { method: 'POST', body });
    expect(answered.status).toBe(401);
  });

  it('is believed once it is signed', async () => {
    expect((await form.deliver(body, { 'typeform-signature': right })).status).toBe(200);
    expect(form.taken()).toMatchObject([
      { key: `${FORM} forged`, topic: `answer ${FORM}`, recordId: 'forged' },
    ]);
  });
});
