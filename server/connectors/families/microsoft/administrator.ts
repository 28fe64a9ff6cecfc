import { LiaisonError } from '../../../core/errors.ts';
import type { ConsentAsked } from '../../../core/family.ts';
import type { Sentence } from '../../../core/sentence.ts';

/**
 * Only an administrator of the tenant may let the application in: nobody else may, or not for these permissions.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const ADMINISTRATOR = /AADSTS(?:90094|90095|900941|90093|65001|650057)\b/;
const ERRORS = new Set(['consent_required', 'admin_consent_required']);

/** Says that an administrator has to agree, with the address where they do; null: it was refused for another reason. */
export function consentRefusal(callback: URLSearchParams, asked: ConsentAsked): LiaisonError | null {
  const error = callback.get('error') ?? '';
  if (!ERRORS.has(error) && !ADMINISTRATOR.test(callback.get('error_description') ?? '')) return null;
  return new LiaisonError('rejected', {
    sentence: {
      en: 'Your organisation lets nobody but an administrator of Microsoft 365 allow this access. Send the address below to one: once they agreed there, connect again.',
      fr: 'Votre organisation réserve cet accord à un administrateur de Microsoft 365. Envoyez-lui l’adresse ci-dessous\u00a0: une fois son accord donné, reconnectez-vous.',
    },
    vendorMessage: administratorPage(asked),
  });
}

/** https://learn.microsoft.com/entra/identity-platform/v2-admin-consent */
function administratorPage({ clientId, redirectUri, scopes }: ConsentAsked): string {
  const url = new URL('https://login.microsoftonline.com/organizations/v2.0/adminconsent');
  const own = scopes.filter((scope) => scope !== 'offline_access');
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('scope', own.map((scope) => `https://graph.microsoft.com/${scope}`).join(' '));
  url.searchParams.set('redirect_uri', redirectUri);
  return url.href;
}

/**
 * An administrator agreed for everybody, at the address that they were sent. It comes back without a state: nobody began
 * a visit that it could end. https://learn.microsoft.com/entra/identity-platform/v2-admin-consent#successful-response
 */
export function consentGiven(callback: URLSearchParams): Sentence | null {
  const hasAgreed = /^true$/i.test(callback.get('admin_consent') ?? '');
  return hasAgreed && !callback.has('error') && !callback.has('state') ? AGREED : null;
}

const AGREED: Sentence = {
  en: 'The administrator agreed for the whole organisation. Each person can now connect their own account.',
  fr: 'L’administrateur a donné son accord pour toute l’organisation. Chaque personne peut maintenant connecter son compte.',
};
