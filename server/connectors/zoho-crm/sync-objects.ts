import { CONTACTS, LEADS } from './person-modules.ts';
import { personObject } from './person-object.ts';

export const contacts = personObject(CONTACTS);
export const leads = personObject(LEADS);
