/**
 * What the company's own address book (Hugo's, at Google) says otherwise than the CRM: nobody keeps two lists
 * equal by hand.
 */
export interface AddressBookDifference {
  /** Keys of contacts that the address book has in another form, each in one field. */
  readonly key: string;
  readonly firstName?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly job?: string;
}

export const addressBookDifferences: readonly AddressBookDifference[] = [
  // A number that changed; a mail at another address; a name as friends say it; a job of last year.
  { key: 'juliette', phone: '+33 4 65 71 20 99' },
  { key: 'marius', email: 'marius.chabert@clos-vert.example' },
  { key: 'antoine', firstName: 'Tony' },
  { key: 'mathilde', job: 'Directrice adjointe' },
];

/** Contacts of the CRM that the address book does not have. */
export const notInAddressBook: readonly string[] = ['kenji', 'inconnu', 'paul-émile'];

export interface AddressBookEntry {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly company: string | null;
  readonly job: string | null;
  readonly note?: string;
  /** `YYYY-MM-DD`. */
  readonly birthday?: string;
}

const of = (
  firstName: string,
  lastName: string,
  email: string | null,
  phone: string | null,
  company: string | null = null,
  job: string | null = null,
): AddressBookEntry => ({ firstName, lastName, email, phone, company, job });

/** People whom only the address book knows: suppliers, neighbours, family. One has no e-mail. */
export const addressBook: readonly AddressBookEntry[] = [
  of(
    'Adèle',
    'Fournier',
    'adele@imprimerie-fournier.example',
    '+33 4 65 71 60 01',
    'Imprimerie Fournier',
    'Devis',
  ),
  of(
    'Blaise',
    'N’Guessan',
    'blaise@photo-nguessan.example',
    '+33 6 39 98 60 02',
    'Studio N’Guessan',
    'Photographe',
  ),
  of('Cécile', 'Häberli', 'c.haeberli@typo-haeberli.example', '+41 22 555 60 03', 'Typo Häberli', 'Graveuse'),
  of(
    'Dorian',
    'Lévêque',
    'dorian@hebergeur-rhone.example',
    '+33 4 65 71 60 04',
    'Hébergeur du Rhône',
    'Support',
  ),
  of(
    'Édouard',
    'Sœur',
    'edouard.soeur@banque-saone.example',
    '+33 4 65 71 60 05',
    'Banque de la Saône',
    'Conseiller',
  ),
  of('Fatou', 'Diop', 'fatou@diop-traduction.example', '+33 6 39 98 60 06', 'Diop Traduction', 'Traductrice'),
  of('Guénolé', 'Prigent', null, '+33 6 39 98 60 07', 'Serrurerie Prigent', 'Serrurier'),
  of(
    'Hortense',
    'd’Aubigné',
    'hortense@notaire-aubigne.example',
    '+33 4 65 71 60 08',
    'Étude d’Aubigné',
    'Notaire',
  ),
  of(
    'Ilyès',
    'Haddad',
    'ilyes.haddad@expert-haddad.example',
    '+33 4 65 71 60 09',
    'Cabinet Haddad',
    'Comptable',
  ),
  of('Jeanne', 'Ça', 'jeanne@cafe-du-quai.example', null, 'Café du Quai', 'Patronne'),
  {
    ...of('Manon', 'Marchetti', 'manon.marchetti@famille.example', '+33 6 39 98 60 11'),
    birthday: '1991-02-14',
  },
  { ...of('Giuseppe', 'Marchetti', 'nonno@famille.example', '+39 055 555 6012'), birthday: '1948-08-30' },
  of('Nour', 'El Khoury', 'nour@agence-khoury.example', '+33 6 39 98 60 13', 'Agence Khoury', 'Rédactrice'),
  of('Océane', 'Rivière', 'oceane@fleurs-riviere.example', '+33 4 65 71 60 14', 'Fleurs Rivière', null),
  of('Pál', 'Szőke', 'pal@szoke-films.example', '+36 1 555 6015', 'Szőke Films', 'Monteur'),
  of('Quentin', 'Le Bihan', 'quentin@le-bihan-velo.example', '+33 6 39 98 60 16', null, 'Coursier'),
  of(
    'Renée',
    'Thévenet',
    'renee@papeterie-thevenet.example',
    '+33 4 65 71 60 17',
    'Papeterie Thévenet',
    null,
  ),
  of('Søren', 'Nygård', 'soren@nygard-type.example', '+45 55 55 60 18', 'Nygård Type', 'Designer'),
  of('Tatiana', 'Ivanova', 'tatiana@ivanova-conseil.example', null, 'Ivanova Conseil', 'SEO'),
  of('Ulysse', 'Martin', 'ulysse.martin@stagiaires.example', '+33 6 39 98 60 20', null, 'Stagiaire'),
  of('Valérie', 'Chênebenoît', 'valerie@menage-clair.example', '+33 6 39 98 60 21', 'Ménage Clair', null),
  of(
    'Wassim',
    'Ben Salah',
    'wassim@reseaux-bensalah.example',
    '+33 4 65 71 60 22',
    'Réseaux Ben Salah',
    'Technicien',
  ),
  of('Xavière', 'Arnaud', 'xaviere@mairie-lyon1.example', '+33 4 65 71 60 23', 'Mairie du 1er', 'Commerce'),
  of('Yann', 'Kerguélen', 'yann@kerguelen-bois.example', '+33 6 39 98 60 24', 'Kerguélen Bois', 'Ébéniste'),
  of('Zaïd', 'Öztürk', 'zaid@ozturk-livraison.example', '+33 6 39 98 60 25', 'Öztürk Livraison', null),
  {
    ...of(
      'Noëlle',
      'Brunschwig',
      'noelle@atelier-voisin.example',
      '+33 4 65 71 60 26',
      'L’Atelier Voisin',
      'Voisine',
    ),
    note: 'A nos clés.\nNe pas appeler avant 10 h.',
  },
  of('Léon', 'Ñúñez', 'leon@nunez-audio.example', '+34 655 560 127', 'Ñúñez Audio', 'Ingénieur du son'),
];
