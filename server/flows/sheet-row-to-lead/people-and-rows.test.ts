import { LiaisonError } from '../../core/errors.ts';
import { MemoryCrm } from './testing/memory-crm.ts';
import { MemorySheet, type Written } from './testing/memory-sheet.ts';
import { type Ended, PlayedFlow } from './testing/played-flow.ts';

const HEADER = ['Prénom', 'Nom', 'E-mail', 'Téléphone', 'Société', 'Source', 'Message'];
const ADA = ['Ada', 'Morel', 'ada@exemple.example', '06 11 11 11 11', 'ACME'];
const BOB = ['Bob', 'Petit', 'bob@exemple.example', '06 22 22 22 22', 'ACME'];
const ZOE = ['Zoé', 'Noël', 'zoe@exemple.example', '06 33 33 33 33', 'Été SARL'];

let sheet: MemorySheet;
let crm: MemoryCrm;
let flow: PlayedFlow;

function open(rows: Written[][], settings: Record<string, unknown> = {}): void {
  sheet = new MemorySheet({ gid: 0, title: 'Leads', rows: [HEADER, ...rows] });
  crm = new MemoryCrm();
  flow = new PlayedFlow(sheet, crm, settings);
}

/** What people then do, one row a line of the sheet; the header stays. */
const type = (...rows: Written[][]): void => {
  sheet.tab('Leads').rows = [HEADER, ...rows];
};

const people = (): string[] =>
  crm.leads.map(({ First_Name, Last_Name, Email, Phone }) =>
    [First_Name, Last_Name, Email, Phone].filter(Boolean).join(' '),
  );

const states = (runs: readonly Ended[]) =>
  runs.map(({ outcome, error }) => outcome?.state ?? `${error?.kind} ${error?.details.field ?? ''}`.trim());

const told = (runs: readonly Ended[]): string =>
  runs.map(({ outcome, error }) => outcome?.summary.fr ?? error?.details.sentence.fr ?? '').join('\n');

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => Promise.reject(new Error('expected a refusal')),
    (thrown: unknown) => {
      if (!(thrown instanceof LiaisonError)) throw thrown;
      expect(thrown.details.sentence.en).not.toBe(thrown.details.sentence.fr);
      return thrown.details.sentence.fr;
    },
  );

describe('a row', () => {
  it('that is inserted, or filled where a blank one stood, is a new lead; the others stay as they are', async () => {
    open([ADA, [], BOB]);
    await flow.look();
    const eve = ['Eve', 'Roux', 'eve@exemple.example', '06 44 44 44 44', 'ACME'];
    type(ADA, ZOE, eve, BOB);
    expect(states(await flow.look())).toEqual(['done', 'done']);
    expect(people()).toHaveLength(4);
    expect(await flow.look()).toEqual([]);
  });

  it('that is typed over with another person makes a lead of that person, and says whose line it was', async () => {
    open([ADA, BOB, ['Paul', 'Roux', 'paul@exemple.example', '0601020304', 'ACME']]);
    await flow.look();
    type(ADA, BOB, ['Paula', 'Roux', 'paula@exemple.example', '0601020304', 'ACME']);
    const runs = await flow.look();
    expect(told(runs)).toContain(
      'Paula Roux\u00a0: un prospect a été créé. La ligne 4 était auparavant celle de Paul Roux',
    );
    expect(people().filter((person) => person.includes('Roux'))).toEqual([
      'Paul Roux paul@exemple.example 0601020304',
      'Paula Roux paula@exemple.example 0601020304',
    ]);
  });

  it.each([
    ['the name is another', ['Paula', 'Roux', '', '0601020304', 'ACME'], 2],
    ['the phone is corrected', ['Paul', 'Roux', '', '0699999999', 'ACME'], 1],
    ['an address is added', ['Paul', 'Roux', 'paul@exemple.example', '0601020304', 'ACME'], 1],
  ])('without an address is another person where %s', async (_what, after, leads) => {
    open([['Paul', 'Roux', '', '0601020304', 'ACME']]);
    await flow.look();
    type(after);
    await flow.look();
    expect(crm.leads).toHaveLength(leads);
    expect(crm.leads[0]?.First_Name).toBe('Paul');
  });

  it('whose address alone is corrected is the same person, wherever rows were inserted', async () => {
    open([ADA, BOB]);
    await flow.look();
    type(ZOE, ADA, ['Bob', 'Petit', 'bob.petit@exemple.example', ...BOB.slice(3)]);
    await flow.look();
    expect(people().sort()).toEqual([
      'Ada Morel ada@exemple.example 06 11 11 11 11',
      'Bob Petit bob.petit@exemple.example 06 22 22 22 22',
      'Zoé Noël zoe@exemple.example 06 33 33 33 33',
    ]);
  });

  it('that was deleted by mistake and comes back is the same', async () => {
    const nameless = ['Nour', 'Haddad', '', '06 55 55 55 55', 'ACME'];
    open([ADA, nameless]);
    await flow.look();
    type(ADA);
    await flow.look();
    type(ADA, nameless);
    expect(await flow.look()).toEqual([]);
    type(ADA, ['Nour', 'Haddad', '', '06 66 66 66 66', 'ACME']);
    await flow.look();
    expect(people()).toEqual(['Ada Morel ada@exemple.example 06 11 11 11 11', 'Nour Haddad 06 66 66 66 66']);
  });

  it('that is corrected twice is told by the line that people saw', async () => {
    open([BOB, ADA]);
    await flow.look();
    type(ZOE, BOB, [...ADA.slice(0, 3), '06 99 99 99 99', 'ACME']);
    const runs = await flow.look();
    expect(runs.map(({ label }) => label)).toEqual([
      { en: 'Zoé Noël · row 2', fr: 'Zoé Noël · ligne 2' },
      { en: 'Ada Morel · row 4', fr: 'Ada Morel · ligne 4' },
    ]);
    type(ZOE, BOB, ADA, ['', '', 'pas une adresse', '', '']);
    expect((await flow.look()).map(({ label }) => label)).toEqual([
      { en: 'Ada Morel · row 4', fr: 'Ada Morel · ligne 4' },
      { en: 'Row 5', fr: 'Ligne 5' },
    ]);
  });
});

describe('two people with one address', () => {
  const john = ['John', 'Doe', 'johnandjane@exemple.example', '06 11 00 00 00', ''];
  const jane = ['Jane', 'Doe', 'johnandjane@exemple.example', '06 22 00 00 00', ''];

  it('are never written over each other: the second is set aside with both names, and each corrects its own', async () => {
    open([john, jane]);
    const runs = await flow.look();
    expect(states(runs)).toEqual(['done', 'rejected Email']);
    expect(told(runs)).toContain(
      'La ligne 3 (Jane Doe) a l’adresse johnandjane@exemple.example, que le prospect John Doe a déjà',
    );
    type([...john.slice(0, 3), '06 99 99 99 99', ''], jane);
    expect(states(await flow.look())).toEqual(['done']);
    expect(people()).toEqual(['John Doe johnandjane@exemple.example 06 99 99 99 99']);
    type(
      [...john.slice(0, 3), '06 99 99 99 99', ''],
      [...jane.slice(0, 2), 'jane@exemple.example', jane[3] ?? '', ''],
    );
    expect(states(await flow.look())).toEqual(['done']);
    expect(people()).toEqual([
      'John Doe johnandjane@exemple.example 06 99 99 99 99',
      'Jane Doe jane@exemple.example 06 22 00 00 00',
    ]);
  });

  it('are told apart from a lead that the CRM had before, too', async () => {
    open([jane]);
    crm.add({ First_Name: 'John', Last_Name: 'Doe', Email: 'JohnAndJane@exemple.example', Phone: '1' });
    crm.settle();
    expect(states(await flow.look())).toEqual(['rejected Email']);
    expect(people()).toEqual(['John Doe JohnAndJane@exemple.example 1']);
  });

  it('are one where the name is the same: the lead is updated, not made again', async () => {
    open([ADA, ['ADA', 'Morel', 'Ada@exemple.example', '06 77 77 77 77', '']]);
    expect(states(await flow.look())).toEqual(['done', 'done']);
    expect(crm.leads).toHaveLength(1);
    expect(crm.leads[0]?.Phone).toBe('06 77 77 77 77');
  });

  it('are taken from the shelf once the name is put right in the CRM', async () => {
    open([jane]);
    const lead = crm.add({ First_Name: 'John', Last_Name: 'Doe', Email: jane[2] });
    crm.settle();
    const [shelved] = await flow.look();
    lead.First_Name = 'Jane';
    if (shelved === undefined) throw new Error('nothing was set aside');
    expect((await flow.run(shelved)).outcome?.state).toBe('done');
    expect(people()).toEqual(['Jane Doe johnandjane@exemple.example 06 22 00 00 00']);
  });
});

describe('a cell that is not known yet', () => {
  it('keeps its row back, is told once, and makes one lead when it is known', async () => {
    open([BOB, ['Loading...', '#N/A', '#REF!', '', '']]);
    expect(states(await flow.look())).toEqual(['done']);
    const runs = await flow.look();
    expect(states(runs)).toEqual(['rejected First_Name']);
    expect(told(runs)).toContain('«\u00a0E-mail\u00a0» (C3) affiche #REF!');
    for (let turn = 0; turn < 3; turn += 1) expect(await flow.look()).toEqual([]);
    type(BOB, ADA);
    const done = await flow.look();
    expect(states(done)).toEqual(['done']);
    // The run that told of it is of the same row, and so is over.
    expect(done[0]?.recordId).toBe(runs[0]?.recordId);
    expect(people()).toHaveLength(2);
  });

  it('that is known at the next look is never told of', async () => {
    open([['Ada', 'Morel', 'Chargement...', '', '']]);
    expect(await flow.look()).toEqual([]);
    type(ADA);
    expect(states(await flow.look())).toEqual(['done']);
  });

  it.each(['#ERROR!', '#NOM?', 'Chargement…', '#VALEUR!'])(
    '%s beside good ones waits, too',
    async (shown) => {
      open([['Ada', 'Morel', 'ada@exemple.example', shown, '']]);
      await flow.look();
      await flow.look();
      expect(crm.leads).toEqual([]);
      type(ADA);
      await flow.look();
      expect(people()).toEqual(['Ada Morel ada@exemple.example 06 11 11 11 11']);
    },
  );

  it('of a row that is a lead already changes nothing, and ends without a trace where nothing changed', async () => {
    open([ADA, BOB]);
    await flow.look();
    type(['#REF!', '#REF!', '#REF!', '#REF!', '#REF!'], BOB);
    expect(await flow.look()).toEqual([]);
    type(ADA, BOB);
    expect(await flow.look()).toEqual([]);
    expect(people()).toHaveLength(2);
  });

  it('is no person where the rest of the row is blank', async () => {
    const columns = [
      { header: 'Nom', field: 'Last_Name' },
      { header: 'E-mail', field: 'Email' },
      { header: 'OK', field: 'Email_Opt_Out' },
      { header: 'CA', field: 'Annual_Revenue' },
    ];
    open([], { columns });
    sheet.tab('Leads').rows = [
      ['Nom', 'E-mail', 'OK', 'CA'],
      ['Morel', 'ada@exemple.example', { value: false, shown: 'FAUX' }, '#N/A'],
      ['', '', { value: false, shown: 'FAUX' }, { value: null, shown: '#N/A', failed: true }],
    ];
    await flow.look();
    expect(await flow.look()).toHaveLength(1);
  });
});

describe('a value', () => {
  const columns = [
    { header: 'Nom', field: 'Last_Name' },
    { header: 'E-mail', field: 'Email' },
    { header: 'Téléphone', field: 'Phone' },
    { header: 'Consent', field: 'Email_Opt_Out' },
    { header: 'CA', field: 'Annual_Revenue' },
    { header: 'Né le', field: 'Birth__c' },
    { header: 'Thèmes', field: 'Topics__c' },
    { header: 'Note', field: 'Rating' },
  ];
  const header = columns.map((column) => column.header);

  async function lead(cells: Written[], locale = 'fr_FR') {
    open([], { columns });
    sheet.locale = locale;
    sheet.tab('Leads').rows = [header, ['Morel', 'ada@exemple.example', ...cells]];
    const runs = await flow.look();
    return { values: crm.leads[0], told: told(runs), states: states(runs) };
  }

  it('goes to a field in the field’s own kind', async () => {
    const { values } = await lead([
      '0612345678',
      'VRAI',
      '1 234 567,89 €',
      '31/12/1985',
      'Vin; Fromage',
      'chaud',
    ]);
    expect(values).toMatchObject({
      Phone: '0612345678',
      Email_Opt_Out: true,
      Annual_Revenue: 1_234_567.89,
      Birth__c: '1985-12-31',
      Topics__c: ['Vin', 'Fromage'],
      Rating: 'Chaud',
    });
  });

  it('that could be two days is read in the order of the sheet', async () => {
    expect((await lead(['', '', '', '03/04/1985'])).values?.Birth__c).toBe('1985-04-03');
    expect((await lead(['', '', '', '03/04/1985'], 'en_US')).values?.Birth__c).toBe('1985-03-04');
  });

  it.each([
    ['3,36E+10', 0, '«\u00a0Téléphone\u00a0» (C2) contient «\u00a03,36E+10\u00a0»', 'Phone'],
    [
      'peut-être',
      1,
      '«\u00a0Consent\u00a0» (D2) contient «\u00a0peut-être\u00a0», alors que le champ «\u00a0Désinscrit des e-mails\u00a0» du CRM attend oui ou non',
      'Email_Opt_Out',
    ],
    ['12.5K', 2, '«\u00a0CA\u00a0» (E2) contient «\u00a012.5K\u00a0»', 'Annual_Revenue'],
    ['31/02/1985', 3, '«\u00a0Né le\u00a0» (F2) contient «\u00a031/02/1985\u00a0»', 'Birth__c'],
    ['Vin; Pain', 4, '«\u00a0Thèmes\u00a0» (G2) contient «\u00a0Vin; Pain\u00a0»', 'Topics__c'],
    ['tiède', 5, 'attend l’un des choix du champ (Chaud, Froid)', 'Rating'],
    ['0'.repeat(31), 0, 'dépasse les 30 caractères', 'Phone'],
  ])('%j is set aside with its column, its cell and what is expected', async (text, at, words, field) => {
    const cells = ['', '', '', '', '', ''].with(at, text);
    const { values, told: said, states: ended } = await lead(cells);
    expect(values).toBeUndefined();
    expect(ended).toEqual([`rejected ${field}`]);
    expect(said).toContain(words);
  });

  it('that is set aside stops no other row, and is taken once the CRM or the sheet is put right', async () => {
    open([], { columns });
    const row = (name: string, note: string) => [name, `${name}@exemple.example`, '', '', '', '', '', note];
    sheet.tab('Leads').rows = [header, row('morel', 'tiède'), row('petit', 'froid'), row('roux', 'glacé')];
    const [first, ...others] = await flow.look();
    expect(states([first as Ended, ...others])).toEqual(['rejected Rating', 'done', 'rejected Rating']);
    crm.fields = crm.fields.map((one) =>
      one.apiName === 'Rating'
        ? { ...one, options: [...one.options, { id: 'Tiède', value: 'Tiède', title: 'Tiède' }] }
        : one,
    );
    expect((await flow.run(first as Ended)).outcome?.state).toBe('done');
    sheet.tab('Leads').rows[3] = row('roux', 'froid');
    expect(states(await flow.look())).toEqual(['done']);
    expect(crm.leads.map(({ Rating }) => Rating).sort()).toEqual(['Froid', 'Froid', 'Tiède']);
  });

  it('for a field that leads have not is told, and nothing is written without it', async () => {
    open([ADA], {
      columns: [
        { header: 'Nom', field: 'Last_Name' },
        { header: 'Société', field: 'Compani' },
      ],
    });
    const runs = await flow.look();
    expect(told(runs)).toContain(
      '«\u00a0Société\u00a0» (E2) doit remplir «\u00a0Compani\u00a0», que les prospects du CRM n’ont pas',
    );
    expect(crm.leads).toEqual([]);
  });
});

describe('headers', () => {
  it.each([
    ['twice the same', ['Nom', 'E-mail', 'E-mail', 'Société']],
    ['by case and signs only', ['NOM', 'E-mail', 'EMAIL ', 'Société *']],
    ['with the first column blank', ['', 'Nom', 'e mail', 'Société']],
  ])('%s: the address is taken from the cell that is filled', async (_what, header) => {
    open([]);
    const at = (name: string) =>
      header.findLastIndex((one) => one.toLowerCase().replace(/\W/g, '').startsWith(name));
    const row = ['', '', '', '']
      .with(at('nom'), 'Petit')
      .with(at('email'), 'bob@exemple.example')
      .with(3, 'ACME');
    sheet.tab('Leads').rows = [header, row];
    expect(states(await flow.look()).filter((state) => state === 'done')).toHaveLength(1);
    expect(crm.leads).toMatchObject([{ Last_Name: 'Petit', Email: 'bob@exemple.example', Company: 'ACME' }]);
  });

  it('twice the same over two different values are told with both cells', async () => {
    open([]);
    sheet.tab('Leads').rows = [
      ['Nom', 'E-mail', 'E-mail'],
      ['Petit', 'bob@exemple.example', 'rob@exemple.example'],
    ];
    expect(told(await flow.look())).toContain(
      '«\u00a0E-mail\u00a0» et contiennent des valeurs différentes (B2, C2)',
    );
    expect(crm.leads).toEqual([]);
  });

  it('below a title are told with what the first row holds and where they stand; no lead is made', async () => {
    open([]);
    sheet.tab('Leads').rows = [['Inscriptions salon 2026'], [], HEADER, ADA];
    const sentence = await refusal(flow.look());
    expect(sentence).toContain('«\u00a0Nom\u00a0»');
    expect(sentence).toContain('Elle contient\u00a0: Inscriptions salon 2026.');
    expect(sentence).toContain('à la ligne 3');
    expect(crm.leads).toEqual([]);
  });

  it('of an address or a column that was there are missed aloud, never read as blank', async () => {
    open([ADA]);
    sheet.tab('Leads').rows = [['Prénom', 'Nom', 'Courriel', 'Téléphone', 'Société'], ADA];
    expect(await refusal(flow.look())).toContain('pas de colonne «\u00a0E-mail\u00a0»');
    type(ADA);
    await flow.look();
    sheet.tab('Leads').rows[0] = ['Prénom', 'Nom', 'E-mail', 'Tel', 'Société'];
    expect(await refusal(flow.look())).toContain('pas de colonne «\u00a0Téléphone\u00a0»');
    type(ADA);
    expect(await flow.look()).toEqual([]);
  });

  it('that were never there are told of once', async () => {
    open([]);
    sheet.tab('Leads').rows = [HEADER.slice(0, 5), ADA];
    const runs = await flow.look();
    expect(told(runs)).toContain('n’a pas de colonne «\u00a0Source\u00a0», «\u00a0Message\u00a0»');
    expect(await flow.look()).toEqual([]);
  });

  it('that stand a second time among the rows are nobody', async () => {
    open([ADA, HEADER, BOB]);
    await flow.look();
    expect(people()).toHaveLength(2);
  });

  it('of a column that is mapped later make nothing of the rows that are there', async () => {
    open([ADA, BOB]);
    flow.set({
      columns: [
        { header: 'Nom', field: 'Last_Name' },
        { header: 'E-mail', field: 'Email' },
      ],
    });
    await flow.look();
    flow.set({ columns: [...flow.settings.columns, { header: 'Téléphone', field: 'Phone' }] });
    expect(await flow.look()).toEqual([]);
    type([...ADA.slice(0, 3), '06 99 99 99 99', 'ACME'], BOB);
    expect(states(await flow.look())).toEqual(['done']);
  });
});

describe('a first look', () => {
  it('leaves the rows that are there, says how many, and makes leads of the next ones', async () => {
    open([ADA, BOB], { begin: 'new' });
    const runs = await flow.look();
    expect(told(runs)).toContain('2 lignes étaient déjà là\u00a0; elles restent en l’état');
    expect(crm.leads).toEqual([]);
    type(ADA, [...BOB.slice(0, 3), '06 99 99 99 99', ''], ZOE);
    expect(states(await flow.look())).toEqual(['done']);
    expect(people()).toEqual(['Zoé Noël zoe@exemple.example 06 33 33 33 33']);
  });

  it('takes another person who is typed over one of them', async () => {
    open([ADA], { begin: 'new' });
    await flow.look();
    type(ZOE);
    await flow.look();
    expect(people()).toEqual(['Zoé Noël zoe@exemple.example 06 33 33 33 33']);
  });

  it('takes a row that was being typed, once it has its name', async () => {
    open([['Zoé', '', '', '', '']], { begin: 'new' });
    await flow.look();
    type(ZOE);
    await flow.look();
    expect(people()).toEqual(['Zoé Noël zoe@exemple.example 06 33 33 33 33']);
  });

  it('takes those that are there where that is chosen, at once or later', async () => {
    open([ADA], { begin: 'all' });
    await flow.look();
    expect(crm.leads).toHaveLength(1);
    open([ADA, BOB], { begin: 'new' });
    await flow.look();
    flow.set({ begin: 'all' });
    expect(states(await flow.look())).toEqual(['done', 'done']);
    expect(await flow.look()).toEqual([]);
  });
});

describe('a tab', () => {
  const notes = () => ({
    gid: 7,
    title: 'Notes',
    rows: [
      ['Nom', 'E-mail'],
      ['à faire', ''],
    ],
  });

  it('stays the one that is read when another is dragged before it and back', async () => {
    open([ADA, BOB]);
    await flow.look();
    const leads = sheet.tab('Leads');
    sheet.tabs = [notes(), leads];
    expect(told(await flow.look())).toContain(
      'Un autre onglet est maintenant le premier, «\u00a0Notes\u00a0»',
    );
    leads.rows.splice(1, 0, ZOE);
    await flow.look();
    sheet.tabs.reverse();
    await flow.look();
    leads.rows[1] = [...ZOE.slice(0, 3), '06 99 99 99 99', 'Été SARL'];
    await flow.look();
    expect(people().sort()).toEqual([
      'Ada Morel ada@exemple.example 06 11 11 11 11',
      'Bob Petit bob@exemple.example 06 22 22 22 22',
      'Zoé Noël zoe@exemple.example 06 99 99 99 99',
    ]);
  });

  it('that is chosen and left again is remembered, each with its own rows', async () => {
    open([ADA, BOB], { sheet: 'Leads', begin: 'new' });
    sheet.tabs.push(notes());
    flow.set({ begin: 'all' });
    await flow.look();
    flow.set({ sheet: 'Notes', begin: 'new' });
    expect(told(await flow.look())).toContain(
      'L’onglet «\u00a0Notes\u00a0» est lu désormais, et non plus «\u00a0Leads\u00a0»',
    );
    sheet.tab('Leads').rows.splice(1, 0, ZOE);
    flow.set({ sheet: 'Leads' });
    await flow.look();
    sheet.tab('Leads').rows[1] = [...ZOE.slice(0, 3), '06 99 99 99 99', 'Été SARL'];
    await flow.look();
    expect(people().sort()).toEqual([
      'Ada Morel ada@exemple.example 06 11 11 11 11',
      'Bob Petit bob@exemple.example 06 22 22 22 22',
      'Zoé Noël zoe@exemple.example 06 99 99 99 99',
    ]);
  });

  it.each(['', 'Leads'])(
    'that is renamed is read on (setting %j), which is told in one sentence',
    async (setting) => {
      open([ADA, BOB], { sheet: setting });
      await flow.look();
      sheet.tab('Leads').title = 'Leads 2026';
      const runs = await flow.look();
      expect(told(runs)).toBe(
        'L’onglet «\u00a0Leads\u00a0» s’appelle maintenant «\u00a0Leads 2026\u00a0». Il continue d’être lu, et rien n’est refait.',
      );
      expect(await flow.look()).toEqual([]);
      expect(crm.leads).toHaveLength(2);
    },
  );

  it('that is gone is missed by its name, and nothing is forgotten', async () => {
    open([ADA], { sheet: '' });
    await flow.look();
    const leads = sheet.tab('Leads');
    sheet.tabs = [notes()];
    expect(await refusal(flow.look())).toContain(
      'n’a plus d’onglet «\u00a0Leads\u00a0». Il contient\u00a0: «\u00a0Notes\u00a0»',
    );
    sheet.tabs = [notes(), leads];
    expect(told(await flow.look())).not.toContain('prospect');
    expect(crm.leads).toHaveLength(1);
  });

  it('is read in one call while nothing about it changes', async () => {
    open([ADA]);
    await flow.look();
    const before = sheet.calls;
    await flow.look();
    expect(sheet.calls - before).toBe(1);
  });

  it('that an earlier version read keeps its rows, their ids and their leads', async () => {
    open([ADA, BOB]);
    const value = (row: string[]) => ({
      First_Name: row[0] ?? '',
      Last_Name: row[1] ?? '',
      Email: row[2] ?? '',
      Phone: row[3] ?? '',
      Company: row[4] ?? '',
    });
    flow.cursor = {
      source: 'sheet-1/Leads',
      given: 4,
      rows: [
        { id: 'row-3', edits: 1, place: 2, values: value(ADA) },
        { id: 'row-4', edits: 2, place: 3, values: value(BOB) },
      ],
    };
    sheet.tabs = [notes(), sheet.tab('Leads')];
    expect(states(await flow.look()).filter((state) => state === 'done')).toEqual([]);
    type(ADA, [...BOB.slice(0, 3), '06 99 99 99 99', 'ACME'], ZOE);
    const runs = await flow.look();
    expect(runs.map(({ recordId }) => recordId)).toEqual(['sheet-1/Leads/row-4', 'sheet-1/Leads/row-5']);
  });
});

describe('whoever is a contact already', () => {
  const contact = (id: string, more: Record<string, unknown>) => ({
    id,
    First_Name: 'Ada',
    Last_Name: 'Morel',
    ...more,
  });

  it('becomes no second person, and the run says so; who only shares the address is a lead', async () => {
    open([ADA, ['Zoé', 'Noël', 'ada@exemple.example']]);
    crm.contacts = [contact('c1', { Email: 'ADA@exemple.example' })];
    const runs = await flow.look();
    expect(states(runs)).toEqual(['skipped', 'done']);
    expect(told(runs)).toContain('Ada Morel est déjà un contact\u00a0: aucun prospect n’est créé');
    expect(people()).toEqual(['Zoé Noël ada@exemple.example']);
  });

  it('is known by the telephone and the name where the row has no address', async () => {
    open([
      ['Ada', 'Morel', '', '06 11 11 11 11'],
      ['Eve', 'Roux', '', '06 11 11 11 11'],
    ]);
    crm.contacts = [contact('c1', { Phone: '06 11 11 11 11' })];
    expect(states(await flow.look())).toEqual(['skipped', 'done']);
    expect(people()).toEqual(['Eve Roux 06 11 11 11 11']);
  });

  it('is the contact that a lead became, whatever address that one has; once it is gone the next edit makes the lead', async () => {
    open([ADA]);
    crm.contacts = [contact('c1', { Email: 'autre@exemple.example' })];
    crm.converted = [{ email: 'ada@exemple.example', contact: 'c1' }];
    expect(states(await flow.look())).toEqual(['skipped']);
    crm.contacts = [];
    type([...ADA.slice(0, 4), 'ACME SA']);
    expect(states(await flow.look())).toEqual(['done']);
    expect(people()).toHaveLength(1);
  });

  it('and an open lead as well has the lead corrected; where it is chosen, the contact is no reason', async () => {
    open([ADA]);
    crm.contacts = [contact('c1', { Email: 'ada@exemple.example' })];
    crm.add({ First_Name: 'Ada', Last_Name: 'Morel', Email: 'ada@exemple.example' });
    crm.settle();
    expect(states(await flow.look())).toEqual(['done']);
    expect(crm.leads).toMatchObject([{ Company: 'ACME' }]);
    open([ADA], { contacts: 'lead' });
    crm.contacts = [contact('c1', { Email: 'ada@exemple.example' })];
    expect(states(await flow.look())).toEqual(['done']);
  });
});
