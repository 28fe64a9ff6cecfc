import type { SideOption } from '../../core/sync-flow.ts';
import type { MailchimpClient } from './client.ts';

/** What an admin chooses for the audience's side of a sync; read by `mailchimpMember`. */
export const memberOptions: readonly SideOption[] = [
  {
    id: 'audience',
    titles: { en: 'Audience', fr: 'Audience' },
    kind: 'choice',
    fallback: null,
    async choices(client) {
      const audiences = await (client as MailchimpClient).listAudiences();
      return audiences.map(({ id, name }) => ({ id, title: name }));
    },
  },
  {
    id: 'newStatus',
    titles: {
      en: 'How people join who are not in the audience yet (those who opted out join as unsubscribed)',
      fr: 'Comment entrent les personnes absentes de l’audience (celles qui s’opposent y entrent désabonnées)',
    },
    kind: 'choice',
    fallback: 'transactional',
    choices: async () => [
      { id: 'transactional', title: 'Non-subscribed: no campaign · Non abonné : aucune campagne' },
      { id: 'pending', title: 'Asked by mail · Confirmation demandée par e-mail' },
      { id: 'subscribed', title: 'Subscribed · Abonné' },
    ],
  },
  {
    id: 'tagPrefix',
    titles: {
      en: 'Beginning of the tags that the flow sets (others are left alone; empty: the flow sets all tags)',
      fr: 'Début des tags que le flux pose (les autres sont laissés ; vide : le flux pose tous les tags)',
    },
    kind: 'text',
    fallback: 'CRM: ',
  },
  {
    id: 'tagRules',
    titles: {
      en: 'Tags by rule, instead: “value = tag”, with semicolons between rules (a value of no rule gives no tag)',
      fr: 'Tags par règle, plutôt : « valeur = tag », les règles séparées par des points-virgules (une valeur sans règle ne donne pas de tag)',
    },
    kind: 'text',
    fallback: '',
  },
];
