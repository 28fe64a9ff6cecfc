import { company, contacts, fullName, users } from '../company/index.ts';
import type { CompanyContact, UserKey } from '../company/types.ts';

/** A mail in the mailbox of the sandbox's page, in the words of Office's own objects. */
export interface MailboxItem {
  readonly key: string;
  readonly itemType: 'message' | 'appointment';
  readonly itemId: string;
  readonly internetMessageId: string;
  readonly conversationId: string;
  readonly subject: string;
  readonly from: Person;
  readonly sender: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  /** ISO 8601. */
  readonly dateTimeCreated: string;
  readonly attachments: readonly Attachment[];
  readonly body: { readonly text: string; readonly html: string };
  /** What the mail server wrote before it. */
  readonly headers: string;
  /** Whose mailbox it stands in, where it is shared with whoever reads. */
  readonly sharedBy: string | null;
}

export interface Person {
  readonly displayName: string;
  readonly emailAddress: string;
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly isInline: boolean;
  readonly attachmentType: 'file' | 'item' | 'cloud';
}

interface Written {
  readonly key: string;
  readonly from: Person;
  readonly sender?: Person;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Before now. */
  readonly hoursAgo: number;
  readonly attachments?: readonly Omit<Attachment, 'id' | 'attachmentType'>[];
  /** What the mail server found of the sender's domain. */
  readonly dmarc?: 'pass' | 'fail';
  readonly sharedBy?: string;
  readonly itemType?: 'appointment';
}

const HOUR_MS = 3_600_000;

/** A file of this many bytes, the same each time. */
export const TEN_MEGABYTES = 10 * 1024 * 1024;

/** The mailbox's own person. */
export const READER: UserKey = 'claire';

function contact(key: string): Person {
  const found = contacts.find((one) => one.key === key);
  if (found === undefined) throw new Error(`The company has no contact ${key}.`);
  return { displayName: nameOf(found), emailAddress: found.email ?? '' };
}

const nameOf = ({ firstName, lastName }: CompanyContact): string =>
  firstName === null ? lastName : `${firstName} ${lastName}`;

export function colleague(key: UserKey): Person {
  const user = users.find((one) => one.key === key);
  return { displayName: fullName(user) ?? '', emailAddress: user?.email ?? '' };
}

const pdf = (name: string, size: number) => ({
  name,
  contentType: 'application/pdf',
  size,
  isInline: false,
});

const WRITTEN: readonly Written[] = [
  {
    key: 'contact',
    from: contact('juliette'),
    subject: 'Votre proposition pour la vitrine',
    hoursAgo: 2,
    text: `Bonjour Claire,

Merci pour la proposition. Pouvez-vous ajouter la commande en ligne des gâteaux d’anniversaire ? Nous aimerions ouvrir avant les fêtes.

Bien à vous,
Juliette Pélissier
Boulangerie Pélissier`,
  },
  {
    key: 'attachments',
    from: contact('karim'),
    subject: 'Photos de l’atelier et cahier des charges',
    hoursAgo: 5,
    text: `Bonjour,

Voici le cahier des charges et les photos de l’atelier.

Karim Benali
Garage Benali`,
    attachments: [
      pdf('Cahier des charges.pdf', 48_213),
      { name: 'atelier.jpg', contentType: 'image/jpeg', size: 90_112, isInline: false },
      { name: 'logo.png', contentType: 'image/png', size: 2_048, isInline: true },
    ],
  },
  {
    key: 'stranger',
    from: { displayName: 'Marc Oberlin', emailAddress: 'marc.oberlin@menuiserie-oberlin.example' },
    subject: 'Demande de devis pour un site',
    hoursAgo: 8,
    text: `Bonjour,

Nous cherchons une agence pour refaire notre site. Pouvez-vous m’appeler cette semaine ?

Cordialement,

Marc Oberlin
Gérant
Menuiserie Oberlin SARL
Tél. : +33 4 65 71 88 20
12 rue des Forges, 69003 Lyon`,
  },
  {
    key: 'spoofed',
    from: {
      displayName: `${colleague('hugo').displayName} (${colleague('hugo').emailAddress})`,
      emailAddress: 'direction@lumen-atelier.example',
    },
    subject: 'Virement urgent',
    hoursAgo: 20,
    text: `Claire,

Je suis en réunion. Peux-tu faire ce virement aujourd’hui et me confirmer par retour ?

Hugo`,
    dmarc: 'fail',
  },
  {
    key: 'hostile',
    from: {
      displayName: '<img src=x onerror=alert(1)> Promo',
      emailAddress: 'promo@reclame.example',
    },
    subject: '<script>alert("sujet")</script> Offre de la semaine',
    hoursAgo: 26,
    text: 'Offre de la semaine. Cliquez vite.',
    html: `<style>body{display:none}</style><script>document.title='pwned'</script><img src="x" onerror="document.title='pwned'"><form action="https://reclame.example"><input name="password"></form><iframe src="https://reclame.example"></iframe><p onclick="alert(1)">Offre de la semaine. <a href="javascript:alert(1)">Cliquez vite</a>.</p>`,
  },
  {
    key: 'large',
    from: contact('gaëlle'),
    subject: 'Le film de la boutique',
    hoursAgo: 30,
    text: `Bonjour Claire,

Le film pour la page d’accueil est joint.

Gaëlle`,
    attachments: [{ name: 'boutique.mp4', contentType: 'video/mp4', size: TEN_MEGABYTES, isInline: false }],
  },
  {
    key: 'shared',
    from: contact('françois'),
    subject: 'Une question sur notre abonnement',
    hoursAgo: 34,
    text: `Bonjour,

Notre abonnement comprend-il les mises à jour ?

François Lecœur`,
    sharedBy: company.email,
  },
  {
    key: 'behalf',
    from: contact('karim'),
    sender: { displayName: 'Sofia Marchand', emailAddress: 'assistante@garage-benali.example' },
    subject: 'Rendez-vous à l’atelier',
    hoursAgo: 36,
    text: `Bonjour,

Karim vous propose mardi à 9 h.

Sofia Marchand
Assistante`,
  },
  {
    key: 'two',
    from: { displayName: 'Accueil', emailAddress: 'accueil@veto-forges.example' },
    subject: 'Nos horaires d’hiver',
    hoursAgo: 37,
    text: 'Bonjour,\n\nVoici nos nouveaux horaires.\n\nL’accueil',
  },
  {
    key: 'nobody',
    from: { displayName: 'Système de messagerie', emailAddress: '' },
    subject: 'Message non distribué',
    hoursAgo: 38,
    text: 'Votre message n’a pas pu être remis.',
  },
  {
    key: 'internal',
    from: colleague('ines'),
    subject: 'Déjeuner jeudi ?',
    hoursAgo: 40,
    text: 'On déjeune ensemble jeudi ?\n\nInès',
  },
  {
    key: 'meeting',
    from: contact('hélène'),
    subject: 'Point sur les photos',
    hoursAgo: 50,
    text: 'Invitation',
    itemType: 'appointment',
  },
];

const paragraphs = (text: string): string =>
  text
    .split(/\n\n+/)
    .map(
      (part) =>
        `<p>${part.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\n', '<br>')}</p>`,
    )
    .join('');

/** What stands in the mailbox, the newest first. The ids are the same each time. */
export function inbox(now: Date): readonly MailboxItem[] {
  return WRITTEN.map((mail) => {
    const to =
      mail.sharedBy === undefined
        ? colleague(READER)
        : { displayName: company.name, emailAddress: mail.sharedBy };
    const domain = mail.from.emailAddress.split('@')[1] ?? 'nowhere.example';
    return {
      key: mail.key,
      itemType: mail.itemType ?? 'message',
      itemId: `AAMkADsandbox/${mail.key}+AAA=`,
      internetMessageId: `<${mail.key}.lumen@${domain}>`,
      conversationId: `AAQkADsandbox/${mail.key}+AAA=`,
      subject: mail.subject,
      from: mail.from,
      sender: mail.sender ?? mail.from,
      to: [to],
      cc: [],
      dateTimeCreated: new Date(now.getTime() - mail.hoursAgo * HOUR_MS).toISOString(),
      attachments: (mail.attachments ?? []).map((one, place) => ({
        ...one,
        id: `${mail.key}/${place}`,
        attachmentType: 'file',
      })),
      body: { text: mail.text, html: mail.html ?? paragraphs(mail.text) },
      headers: `Authentication-Results: spf=${mail.dmarc ?? 'pass'} smtp.mailfrom=${domain};\r\n dmarc=${mail.dmarc ?? 'pass'} action=none header.from=${domain};compauth=${mail.dmarc ?? 'pass'}\r\nFrom: ${mail.from.emailAddress}\r\n`,
      sharedBy: mail.sharedBy ?? null,
    };
  });
}

/** An attachment's bytes: what they are does not matter, only how many, and that they are the same each time. */
export function bytesOf({ size, contentType }: Pick<Attachment, 'size' | 'contentType'>): Buffer {
  const bytes = Buffer.alloc(size, 'Atelier Lumen ');
  bytes.write(contentType === 'application/pdf' ? '%PDF-1.7\n' : '');
  return bytes;
}
