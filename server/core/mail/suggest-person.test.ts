import { ownLines, signatureOf } from './quoted.ts';
import { suggestPerson } from './suggest-person.ts';

const FRENCH = `Bonjour Camille,

Le devis nous convient, merci.

Bien cordialement,

Anne-Laure DUPONT
Responsable des achats
Boulangerie Pélissier SARL
12 rue des Lilas, 69001 Lyon
Tél. : 04 65 71 60 14 – Fax : 04 65 71 60 15
www.boulangerie-pelissier.example

Le lundi 23 novembre 2026 à 10:15, Camille <camille@atelier.example> a écrit :
> Bonjour,
> --
> Camille Roux
> Directrice, Atelier
> 01 22 33 44 55`;

const ENGLISH = `Hi,

Looks good to me.

Kind regards
Tom O'Brien | Head of Purchasing
Harbor Lane Ltd
+44 20 7946 0123

-----Original Message-----
From: Camille <camille@atelier.example>
Sent: Monday
Regards
Camille
01 22 33 44 55`;

describe('what a mail says of its sender', () => {
  it('is read from a French signature', () => {
    expect(
      suggestPerson(
        { name: 'Anne-Laure DUPONT', address: 'al.dupont@boulangerie-pelissier.example' },
        FRENCH,
        'FR',
      ),
    ).toEqual({
      firstName: 'Anne-Laure',
      lastName: 'Dupont',
      email: 'al.dupont@boulangerie-pelissier.example',
      phone: '+33 4 65 71 60 14',
      company: 'Boulangerie Pélissier SARL',
      title: 'Responsable des achats',
      claims: null,
    });
  });

  it('is read from an English one', () => {
    expect(suggestPerson({ name: '', address: 'tom@harborlane.example' }, ENGLISH, 'FR')).toMatchObject({
      phone: '+44 20 7946 0123',
      company: 'Harbor Lane Ltd',
      title: 'Head of Purchasing',
    });
  });

  it('is nothing of whoever is quoted, nor of whoever it claims to be', () => {
    const quoted = FRENCH.slice(FRENCH.indexOf('Le lundi'));
    expect(suggestPerson({ name: '', address: 'x@evil.example' }, quoted, 'FR')).toMatchObject({
      ...{ firstName: '', lastName: '', phone: '', title: '' },
    });
    expect(
      suggestPerson({ name: 'ceo@bank.example', address: 'x@evil.example' }, 'Bonjour', 'FR'),
    ).toMatchObject({ firstName: '', lastName: '', email: 'x@evil.example', claims: 'ceo@bank.example' });
  });

  it.each([
    ['Dupont, Anne', 'Anne', 'Dupont'],
    ['DUPONT Anne', 'Anne', 'Dupont'],
    ['Anne DUPONT-MARTIN', 'Anne', 'Dupont-Martin'],
    ['Jean de La Fontaine', 'Jean', 'de La Fontaine'],
    ['Anne Dupont (Atelier)', 'Anne', 'Dupont'],
    ['Anne Dupont via Forum', 'Anne', 'Dupont'],
    ["'Anne Dupont'", 'Anne', 'Dupont'],
    ['Madonna', '', 'Madonna'],
    ['', 'Anne', 'Dupont'],
    ['anne.dupont@atelier.example', 'Anne', 'Dupont'],
  ])('reads the name %j', (name, firstName, lastName) => {
    const found = suggestPerson({ name, address: 'anne.dupont@atelier.example' }, '', 'FR');
    expect(found).toMatchObject({ firstName, lastName });
  });

  it('takes the company from the domain, where it is not a mailbox of anybody', () => {
    const company = (address: string, text = '') =>
      suggestPerson({ name: 'A B', address }, text, 'FR').company;
    expect(company('a@grand-atelier.co.uk')).toBe('Grand Atelier');
    expect(company('a@alpesvelo.example', 'Cordialement\nA B\nAlpes Vélo')).toBe('Alpes Vélo');
    for (const domain of ['gmail.com', 'orange.fr', 'hotmail.fr', 'protonmail.com', 'outlook.com'])
      expect(company(`a@${domain}`)).toBe('');
  });

  it('takes no name from a mailbox of a task, and no number from a fax', () => {
    const { firstName, lastName, phone } = suggestPerson(
      { name: '', address: 'no-reply@atelier.example' },
      '--\nService client\nFax 04 65 71 60 15',
      'FR',
    );
    expect([firstName, lastName, phone]).toEqual(['', '', '']);
  });

  it('is read in time, whatever the text is', () => {
    const began = performance.now();
    for (const part of ['On ', 'le a ', '> ', '--\n', 'Regards ', '1 ', 'a\n', 'From: @', '0'])
      suggestPerson(
        { name: part.repeat(300), address: 'a@b.example' },
        part.repeat(60_000 / part.length),
        'FR',
      );
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});

describe('what the sender wrote', () => {
  it.each([
    ['On Mon, Nov 23, 2026 at 10:15 AM Camille <c@a.example> wrote:'],
    ['On Mon, Nov 23, 2026 at 10:15 AM\nCamille <c@a.example> wrote:'],
    ['Le lun. 23 nov. 2026 à 10:15, Camille <c@a.example> a écrit :'],
    ['Am 23.11.2026 schrieb Camille:'],
    ['-----Message d’origine-----'],
    ['________________________________'],
    ['De : Camille\nEnvoyé : lundi'],
    ['From: Camille\nSent: Monday'],
    ['De : Camille <c@a.example>'],
  ])('ends where it quotes: %j', (border) => {
    expect(ownLines(`Bonjour\n\n${border}\nancien`).join('\n').trim()).toBe('Bonjour');
  });

  it('has its signature below the border, or below the farewell', () => {
    expect(signatureOf(['a', '--', 'Anne', '0102'])).toEqual(['Anne', '0102']);
    expect(signatureOf(['a', 'Best regards,', 'Anne'])).toEqual(['Anne']);
    expect(signatureOf(['a', 'b'])).toEqual([]);
  });
});
