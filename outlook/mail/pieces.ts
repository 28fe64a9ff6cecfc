import type { Answer } from '../../server/api/contract.ts';

export type Person = Answer<'mailPeople'>['people'][number];
export type KnownPerson = Person['records'][number];
export type Deal = KnownPerson['deals'][number];

/** What is put into a mail that is written: in both forms, as the mail is one or the other. */
export interface Piece {
  readonly text: string;
  readonly html: string;
}

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** How somebody is reached, line by line. */
export function contactPiece({ name, title, company, account, phone, emails }: KnownPerson): Piece {
  const [email] = emails;
  const firm = account?.name ?? company;
  const lines = [name, [title, firm].filter(Boolean).join(', '), phone, email].filter(
    (line): line is string => typeof line === 'string' && line !== '',
  );
  const html = lines.map((line) =>
    line === email ? `<a href="mailto:${escaped(encodeURI(line))}">${escaped(line)}</a>` : escaped(line),
  );
  return { text: `${lines.join('\n')}\n`, html: `<p>${html.join('<br>')}</p>` };
}

/** Null: the CRM told no address of the deal. */
export function dealPiece({ name, url }: Deal): Piece | null {
  if (url === null) return null;
  return { text: `${name}: ${url}\n`, html: `<p><a href="${escaped(url)}">${escaped(name)}</a></p>` };
}
