import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { nothing, read } from '../scenarios/parameters.ts';
import { act, channelNamed, deleteChannel, say } from './acts.ts';
import { type ChannelRow, type MessageRow, teamsTables } from './rows.ts';

const TEAMS = 'microsoft-teams';
const OURS = /liaison:/;

/** What Liaison posted last, and where. */
function lastOfOurs(desk: VendorDesk): { readonly root: MessageRow; readonly channel: ChannelRow } {
  const { messages, channels } = teamsTables(desk);
  const root = messages.all().findLast(({ content, replyToId }) => replyToId === null && OURS.test(content));
  const channel = root && channels.get(root.channelId);
  if (root === undefined || channel === undefined)
    throw new ScenarioRefused(
      'Liaison has posted nothing in Teams yet. Set up an announcement there, and have it post one.',
    );
  return { root, channel };
}

const ANSWER =
  '<p>Je regarde &amp; je vous dis. <emoji id="thumbsup" alt="👍" title="Oui"></emoji></p><attachment id="capture"></attachment>';
const FILE = {
  ...{ id: 'capture', contentType: 'reference', name: 'capture.png' },
  contentUrl: 'https://atelierlumen.sharepoint.example/capture.png',
};

const QUESTION =
  '<p>La page de paiement de la <strong>Boulangerie Pélissier</strong> ne répond plus.</p><p>Quelqu’un peut regarder&nbsp;?</p>';

const answered: Scenario = {
  id: 'teams-answer',
  titles: { en: 'Somebody answers in a Teams thread', fr: 'Quelqu’un répond dans un fil de Teams' },
  parameters: nothing,
  expect: {
    en: 'Below a ticket’s message, where the integration is set so: a comment of the ticket in Zoho Desk. Elsewhere nothing.',
    fr: 'Sous le message d’un ticket, si l’intégration est réglée ainsi : un commentaire du ticket dans Zoho Desk. Ailleurs, rien.',
  },
  description: {
    en: 'Inès answers the message that Liaison posted last, with an emoji and a file.',
    fr: 'Inès répond au dernier message publié par Liaison, avec un emoji et un fichier.',
  },
  async play(stage: Stage) {
    read(stage, nothing);
    const desk = stage.desk(TEAMS);
    const { root, channel } = lastOfOurs(desk);
    say(desk, channel, 'ines', ANSWER, root.id, [FILE]);
    return {
      sentence: {
        en: `Inès answered in “${channel.name}”.`,
        fr: `Inès a répondu dans « ${channel.name} ».`,
      },
    };
  },
};

const marked: Scenario = {
  id: 'teams-message-marked',
  titles: { en: 'Somebody marks a message in Teams', fr: 'Quelqu’un marque un message dans Teams' },
  parameters: nothing,
  expect: {
    en: 'Where messages of this channel become tickets: one ticket in Zoho Desk, by Inès, which is told in the thread. Elsewhere nothing.',
    fr: 'Si les messages de ce canal deviennent des tickets : un ticket dans Zoho Desk, d’Inès, ce que le fil annonce. Ailleurs, rien.',
  },
  description: {
    en: 'Inès asks something in Support › General, and Hugo reacts with 🎫.',
    fr: 'Inès demande quelque chose dans Support › General, et Hugo réagit par 🎫.',
  },
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk(TEAMS);
    const { channel } = channelNamed(desk, 'Support/General');
    const asked = say(desk, channel, 'ines', QUESTION);
    act(desk, { act: 'react', message: asked.id, who: 'hugo', sign: '🎫' });
    return {
      sentence: {
        en: `Inès asked in “${channel.name}”, and Hugo marked it.`,
        fr: `Inès a demandé dans « ${channel.name} », et Hugo l’a marqué.`,
      },
      message: asked.id,
    };
  },
};

const channelDeleted: Scenario = {
  id: 'teams-channel-deleted',
  titles: { en: 'A Teams channel is deleted', fr: 'Un canal de Teams est supprimé' },
  parameters: nothing,
  expect: {
    en: 'The next announcement is set aside in Liaison’s log, which says to choose another channel.',
    fr: 'La prochaine annonce est mise de côté au journal de Liaison, qui dit de choisir un autre canal.',
  },
  description: {
    en: 'Somebody deletes the channel in which Liaison posted last.',
    fr: 'Quelqu’un supprime le canal où Liaison a publié en dernier.',
  },
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk(TEAMS);
    const { channel } = lastOfOurs(desk);
    deleteChannel(desk, channel);
    return {
      sentence: {
        en: `The channel “${channel.name}” is no more.`,
        fr: `Le canal « ${channel.name} » n’existe plus.`,
      },
    };
  },
};

const personLeft: Scenario = {
  id: 'teams-person-left',
  titles: { en: 'Somebody leaves a team in Teams', fr: 'Quelqu’un quitte une équipe de Teams' },
  parameters: nothing,
  expect: {
    en: 'The next announcement there is set aside in Liaison’s log, which says who has to be let in again.',
    fr: 'La prochaine annonce y est mise de côté au journal de Liaison, qui dit qui doit y être réadmis.',
  },
  description: {
    en: 'Hugo, in whose name Liaison posts, leaves the team in which it posted last.',
    fr: 'Hugo, au nom de qui Liaison publie, quitte l’équipe où elle a publié en dernier.',
  },
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk(TEAMS);
    const { channel, root } = lastOfOurs(desk);
    const team = teamsTables(desk).teams.get(channel.teamId);
    act(desk, { act: 'leave', who: root.from, team: team?.name });
    return {
      sentence: {
        en: `“${team?.name}” has one member less.`,
        fr: `« ${team?.name} » a un membre de moins.`,
      },
    };
  },
};

/** In the order in which the page shows them. */
export const teamsScenarios: readonly Scenario[] = [answered, marked, channelDeleted, personLeft];
