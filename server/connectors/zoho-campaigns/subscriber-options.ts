import { LiaisonError } from '../../core/errors.ts';
import { choicesOf, type SideOption } from '../../core/sync-flow.ts';
import type { ObjectOptions } from '../../core/sync-object.ts';
import type { ZohoCampaignsClient } from './client.ts';

/** What an admin chooses for the list's side. */
export interface SubscriberOptions {
  readonly list: string;
  /** Null: none was chosen. */
  readonly topic: string | null;
  /** What becomes of somebody who opts out on the other side. */
  readonly optOut: 'list' | 'everything';
}

const NO_TOPIC = 'none';
const NONE = { en: 'None: the account uses no topics', fr: 'Aucun\u00a0: le compte n’utilise pas de thèmes' };

export const subscriberOptions: readonly SideOption[] = [
  {
    id: 'list',
    titles: { en: 'Mailing list', fr: 'Liste de diffusion' },
    hints: {
      en: 'A list with a sign-up form asks each new person by mail to confirm; until they do, they get nothing.',
      fr: 'Une liste qui a un formulaire d’inscription demande à chaque nouvelle personne de confirmer par e-mail\u00a0; d’ici là, elle ne reçoit rien.',
    },
    kind: 'choice',
    fallback: null,
    holdsRecords: true,
    words: { '': { en: 'not chosen yet', fr: 'pas encore choisie' } },
    async choices(client) {
      const { lists } = await (client as ZohoCampaignsClient).lists();
      return lists.map(({ key, name, hasForm }) => ({
        id: key,
        title: hasForm
          ? { en: `${name}: asks to confirm by mail`, fr: `${name}\u00a0: demande confirmation par e-mail` }
          : name,
      }));
    },
  },
  {
    id: 'topic',
    titles: { en: 'Topic that they agreed to', fr: 'Thème auquel elles ont consenti' },
    hints: {
      en: 'Where your account uses topics, a person gets mail about theirs only: one must be chosen.',
      fr: 'Si votre compte utilise des thèmes, chacun ne reçoit que les siens\u00a0: il faut en choisir un.',
    },
    kind: 'choice',
    fallback: NO_TOPIC,
    words: { [NO_TOPIC]: NONE },
    async choices(client) {
      const topics = await (client as ZohoCampaignsClient).topics();
      return [{ id: NO_TOPIC, title: NONE }, ...topics.map(({ id, name }) => ({ id, title: name }))];
    },
  },
  {
    id: 'optOut',
    titles: { en: 'Who opts out in the CRM', fr: 'Qui s’oppose dans le CRM' },
    hints: {
      en: 'What a person decides in Campaigns is never undone, whatever is chosen here.',
      fr: 'Ce qu’une personne décide dans Campaigns n’est jamais défait, quel que soit ce choix.',
    },
    kind: 'choice',
    fallback: 'list',
    ...choicesOf({
      list: { en: 'Is unsubscribed from this list', fr: 'Est désabonné de cette liste' },
      everything: {
        en: 'Goes into Do-Not-Mail: gets nothing from any list',
        fr: 'Entre dans «\u00a0Ne pas contacter\u00a0»\u00a0: ne reçoit plus rien d’aucune liste',
      },
    }),
  },
];

export function readOptions({ list, topic, optOut }: ObjectOptions): SubscriberOptions {
  if (typeof list !== 'string' || list === '')
    throw new LiaisonError('rejected', {
      sentence: {
        en: 'No mailing list of Zoho Campaigns is chosen. Choose one in the flow’s settings.',
        fr: 'Aucune liste de diffusion de Zoho Campaigns n’est choisie. Choisissez-en une dans les réglages du flux.',
      },
    });
  return {
    list,
    topic: typeof topic === 'string' && topic !== '' && topic !== NO_TOPIC ? topic : null,
    optOut: optOut === 'everything' ? 'everything' : 'list',
  };
}

/**
 * Where topics are in use, nobody gets a mail who agreed to none.
 *
 * @throws LiaisonError `rejected` where one should be chosen, or the chosen one is gone.
 */
export async function demandTopic(client: ZohoCampaignsClient, topic: string | null): Promise<void> {
  const topics = await client.topics();
  if (topic === null ? topics.length === 0 : topics.some(({ id }) => id === topic)) return;
  throw new LiaisonError('rejected', {
    field: 'topic',
    sentence:
      topic === null
        ? {
            en: 'Your Zoho Campaigns account uses topics: whoever agreed to none gets no mail. Choose the topic in the settings.',
            fr: 'Votre compte Zoho Campaigns utilise des thèmes\u00a0: qui n’a consenti à aucun ne reçoit rien. Choisissez le thème dans les réglages.',
          }
        : {
            en: 'The chosen topic is not there any more in Zoho Campaigns. Choose another one in the settings.',
            fr: 'Le thème choisi n’est plus dans Zoho Campaigns. Choisissez-en un autre dans les réglages.',
          },
  });
}
