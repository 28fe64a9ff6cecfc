import { z } from 'zod';

/** An address of one of the three kinds that a contact has. */
export type PhysicalAddress = Readonly<Record<string, string | null | undefined>>;

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const address = z.record(z.string(), z.union([z.string(), z.null()])).nullish();
const mail = z.looseObject({ address: text, name: text });

/**
 * What of a contact Liaison reads. Everything may be missing, whatever the documentation says.
 * https://learn.microsoft.com/graph/api/resources/contact
 */
export const contactSchema = z.looseObject({
  id: z.string().min(1),
  '@odata.etag': text,
  parentFolderId: text,
  lastModifiedDateTime: text,
  displayName: text,
  givenName: text,
  middleName: text,
  surname: text,
  nickName: text,
  emailAddresses: z.array(mail).nullish(),
  businessPhones: texts,
  homePhones: texts,
  mobilePhone: text,
  companyName: text,
  jobTitle: text,
  department: text,
  businessAddress: address,
  businessHomePage: text,
  birthday: text,
  personalNotes: text,
  categories: texts,
});
export type Contact = z.output<typeof contactSchema>;

/** The properties of a contact that a mapping may write, each replaced as a whole. */
export type ContactProperty = Exclude<
  keyof typeof contactSchema.shape,
  'id' | '@odata.etag' | 'parentFolderId' | 'lastModifiedDateTime'
>;

/** What is written of a contact. */
export type ContactChange = Readonly<Partial<Record<ContactProperty, unknown>>>;

export const etagOf = (contact: Contact): string | null => contact['@odata.etag'] ?? null;
