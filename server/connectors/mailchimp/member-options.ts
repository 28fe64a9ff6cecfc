import { choicesOf, type SideOption } from '../../core/sync-flow.ts';
import type { MailchimpClient } from './client.ts';

/** What an admin chooses for the audience's side of a sync; read by `mailchimpMember`. */
export const memberOptions: readonly SideOption[] = [
  {
    id: 'audience',
    titles: { en: 'Audience', fr: 'Audience' },
    kind: 'choice',
    fallback: null,
    holdsRecords: true,
    words: { '': { en: 'not chosen yet', fr: 'pas encore choisie' } },
    async choices(client) {
      const audiences = await (client as MailchimpClient).listAudiences();
      return audiences.map(({ id, name }) => ({ id, title: name }));
    },
  },
  {
    id: 'newStatus',
    titles: { en: 'New people join as', fr: 'Les nouvelles personnes entrent comme' },
    hints: {
      en: 'Those who opted out join as unsubscribed, whatever is chosen here.',
      fr: 'Celles qui s’opposent entrent désabonnées, quel que soit ce choix.',
    },
    kind: 'choice',
    fallback: 'transactional',
    ...choicesOf({
      transactional: {
        en: 'Non-subscribed: they get no campaign',
        fr: 'Non abonnées\u00a0: aucune campagne',
      },
      pending: { en: 'Asked by mail to confirm', fr: 'Invitées par e-mail à confirmer' },
      subscribed: { en: 'Subscribed', fr: 'Abonnées' },
    }),
  },
  {
    id: 'tagPrefix',
    titles: { en: 'Tags of the flow begin with', fr: 'Les tags du flux commencent par' },
    hints: {
      en: 'Tags that begin otherwise are left alone. Empty: the flow sets all tags.',
      fr: 'Les tags qui commencent autrement sont laissés. Vide\u00a0: le flux pose tous les tags.',
    },
    kind: 'text',
    fallback: 'CRM: ',
    words: {
      '': { en: 'anything: the flow sets all tags', fr: 'n’importe quoi\u00a0: le flux pose tous les tags' },
    },
  },
  {
    id: 'tagRules',
    titles: { en: 'Or tags by rule', fr: 'Ou des tags par règle' },
    hints: {
      en: 'One “value = tag” for each, with semicolons between: Web Download = Web; Trade Show = Fair. A value of no rule gives no tag.',
      fr: 'Un «\u00a0valeur = tag\u00a0» pour chacune, séparés par des points-virgules\u00a0: Web Download = Web\u00a0; Trade Show = Salon. Une valeur sans règle ne donne pas de tag.',
    },
    kind: 'text',
    fallback: '',
    words: { '': { en: 'no rule', fr: 'aucune règle' } },
  },
];
