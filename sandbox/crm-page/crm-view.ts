import type { Request } from 'express';
import type { VendorDesk } from '../core/simulator.ts';
import type { Language, View } from '../page/view.ts';
import { type CrmUser, userOf } from './crm-user.ts';

/** A page of the CRM: whose it is, and in their language. */
export interface CrmView extends View {
  readonly crm: VendorDesk;
  readonly user: CrmUser;
}

/**
 * The view of one request. The language is the one that the address asks for, else the one that the user
 * chose in the CRM, else the browser's. Undefined where no CRM is simulated.
 */
export function crmViewOf(view: View, request: Request): CrmView | undefined {
  const crm = view.desk('zoho-crm');
  if (!crm) return undefined;
  const user = userOf(crm, request);
  const asked = request.query.lang === 'fr' || request.query.lang === 'en';
  const language: Language =
    asked || user.locale === null ? view.language : user.locale.startsWith('fr') ? 'fr' : 'en';
  return { ...view, crm, user, language, t: (en, fr) => (language === 'fr' ? fr : en) };
}
