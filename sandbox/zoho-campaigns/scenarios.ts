import { z } from 'zod';
import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { afterSync } from '../scenarios/after-sync.ts';
import { read } from '../scenarios/parameters.ts';
import { bounce, click, lastCampaign, listNamed, memberOf, open, send, unsubscribe } from './acts.ts';
import { type CampaignRow, campaignsTables, type ListRow, membershipsOf } from './rows.ts';

const CAMPAIGNS = 'zoho-campaigns';
const parameters = z.strictObject({ email: z.email().optional() });
const mailParameters = z.strictObject({
  title: z.string().min(1).optional(),
  subject: z.string().min(1).optional(),
});

interface Played {
  readonly desk: VendorDesk;
  readonly list: ListRow;
  readonly email: string;
  /** As people are spoken of. */
  readonly name: string;
}

/** The person that is named, or the first who is subscribed. */
function readerFor(stage: Stage): Played {
  const desk = stage.desk(CAMPAIGNS);
  const list = listNamed(desk);
  const named = read(stage, parameters).email;
  const row = named
    ? refusing(() => memberOf(desk, list, named))
    : membershipsOf(desk, list.key, 'active')[0];
  if (!row) throw new ScenarioRefused('Nobody is subscribed to the newsletter any more. Reset the sandbox.');
  const { firstname = '', lastname = '' } = campaignsTables(desk).contacts.get(row.email)?.values ?? {};
  return { desk, list, email: row.email, name: `${firstname} ${lastname}`.trim() || row.email };
}

function refusing<Done>(act: () => Done): Done {
  try {
    return act();
  } catch (error) {
    throw new ScenarioRefused(error instanceof Error ? error.message : String(error));
  }
}

function campaignFor({ desk, list }: Played): CampaignRow {
  const campaign = lastCampaign(desk, list);
  if (!campaign) throw new ScenarioRefused('No campaign was sent yet.');
  return campaign;
}

const leaves: Scenario = {
  id: 'campaigns-unsubscribe',
  titles: { en: 'Somebody unsubscribes in Zoho Campaigns', fr: 'Quelqu’un se désabonne dans Zoho Campaigns' },
  parameters,
  expect: afterSync('listOptOut'),
  description: {
    en: 'A reader follows the link at the foot of a letter. Nobody but the reader can undo it.',
    fr: 'Une personne suit le lien au bas d’une lettre. Elle seule peut revenir.',
  },
  async play(stage) {
    const { desk, list, email, name } = readerFor(stage);
    refusing(() => unsubscribe(desk, list, email));
    return {
      sentence: {
        en: `${name} (${email}) unsubscribed from “${list.name}”.`,
        fr: `${name} (${email}) s’est désabonné(e) de « ${list.name} ».`,
      },
      email,
    };
  },
};

const bounces: Scenario = {
  id: 'campaigns-bounce',
  titles: { en: 'An address bounces in Zoho Campaigns', fr: 'Une adresse est en erreur dans Zoho Campaigns' },
  parameters,
  expect: afterSync('listOptOut'),
  description: {
    en: 'Mail to a subscriber comes back for good.',
    fr: 'Les e-mails à un abonné reviennent définitivement.',
  },
  async play(stage) {
    const { desk, list, email, name } = readerFor(stage);
    refusing(() => bounce(desk, list, email));
    return {
      sentence: {
        en: `The address of ${name} (${email}) bounces.`,
        fr: `L’adresse de ${name} (${email}) est en erreur.`,
      },
      email,
    };
  },
};

const sends: Scenario = {
  id: 'campaigns-sent',
  titles: { en: 'Zoho Campaigns sends a letter', fr: 'Zoho Campaigns envoie une lettre' },
  parameters: mailParameters,
  expect: afterSync('listActivity'),
  description: {
    en: 'The letter goes out to everybody who is subscribed; half of them open it, some click.',
    fr: 'La lettre part à tous les abonnés ; la moitié l’ouvre, quelques-uns cliquent.',
  },
  async play(stage) {
    const { title, subject } = read(stage, mailParameters);
    const desk = stage.desk(CAMPAIGNS);
    const list = listNamed(desk);
    const { campaign, recipients } = send(desk, list, {
      name: title ?? `Lettre n° ${desk.digits('', 3)}`,
      subject: subject ?? 'Des nouvelles de l’atelier',
    });
    recipients.forEach(({ email }, index) => {
      if (index % 2 === 0) open(desk, campaign.key, email);
      if (index % 5 === 0) click(desk, campaign.key, email);
    });
    return {
      sentence: {
        en: `“${campaign.name}” was sent to ${recipients.length} people.`,
        fr: `« ${campaign.name} » a été envoyée à ${recipients.length} personnes.`,
      },
      campaign: campaign.key,
      recipients: recipients.length,
    };
  },
};

const reads = (
  id: string,
  titles: Scenario['titles'],
  description: Scenario['description'],
  does: readonly [en: string, fr: string],
  act: (desk: VendorDesk, campaign: string, email: string) => object,
): Scenario => ({
  ...{ id, titles, parameters, description, expect: afterSync('listActivity') },
  async play(stage) {
    const reader = readerFor(stage);
    const { desk, email, name } = reader;
    const campaign = campaignFor(reader);
    refusing(() => act(desk, campaign.key, email));
    const [en, fr] = does;
    return {
      sentence: { en: `${name} ${en} “${campaign.name}”.`, fr: `${name} ${fr} « ${campaign.name} ».` },
      campaign: campaign.key,
      email,
    };
  },
});

/** In the order in which the page shows them. */
export const campaignsScenarios: readonly Scenario[] = [
  leaves,
  bounces,
  sends,
  reads(
    'campaigns-open',
    { en: 'A reader opens a letter of Zoho Campaigns', fr: 'Un lecteur ouvre une lettre de Zoho Campaigns' },
    { en: 'A subscriber opens the last letter.', fr: 'Un abonné ouvre la dernière lettre.' },
    ['opened', 'a ouvert'],
    open,
  ),
  reads(
    'campaigns-click',
    {
      en: 'A reader clicks in a letter of Zoho Campaigns',
      fr: 'Un lecteur clique dans une lettre de Zoho Campaigns',
    },
    {
      en: 'A subscriber follows a link of the last letter.',
      fr: 'Un abonné suit un lien de la dernière lettre.',
    },
    ['clicked in', 'a cliqué dans'],
    click,
  ),
];
