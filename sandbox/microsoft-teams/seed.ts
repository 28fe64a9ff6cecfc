import type { UserKey } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { keepMessage } from './book.ts';
import { type ChannelRow, type TeamRow, teamsTables } from './rows.ts';

const ALL: readonly UserKey[] = ['claire', 'hugo', 'ines'];

type Channel = readonly [
  name: string,
  more?: Partial<Pick<ChannelRow, 'membershipType' | 'isArchived' | 'members'>>,
];
interface Team extends Pick<TeamRow, 'id' | 'name' | 'description'>, Partial<Pick<TeamRow, 'isArchived'>> {
  readonly members: readonly UserKey[];
  readonly channels: readonly Channel[];
}

/** What the company keeps in Teams: a team that is over, channels that are closed, private and shared ones. */
const TEAMS: readonly Team[] = [
  {
    id: '8f4d1c52-6a2b-4f0e-9c37-1d5e8b7a2f10',
    name: 'Atelier Lumen',
    description: 'Toute l’agence',
    members: ALL,
    channels: [
      ['General'],
      ['Annonces'],
      ['Ventes'],
      ['Direction', { membershipType: 'private', members: ['hugo'] }],
      ['Salon 2025', { isArchived: true }],
    ],
  },
  {
    id: 'c1b7e0a9-52d4-4b8f-8e61-7f3a9d2c4e55',
    name: 'Support',
    description: 'Demandes des clients',
    members: ['hugo', 'ines'],
    channels: [
      ['General'],
      ['Tickets urgents'],
      ['Entre nous', { membershipType: 'private', members: ['ines'] }],
      ['Hébergeur & partenaires', { membershipType: 'shared', members: ['hugo', 'ines'] }],
    ],
  },
  {
    id: '2e9a6f37-d80c-4c15-a4b2-5b1c7e9f0d84',
    name: 'Commerciaux',
    description: 'L’équipe de vente',
    members: ['claire'],
    channels: [['General'], ['Ventes']],
  },
  {
    id: '76c3d4e8-19fb-4a72-b0d5-e8a2f6b1c930',
    name: 'Refonte Vanille',
    description: 'Un projet qui est fini',
    members: ['hugo', 'claire'],
    isArchived: true,
    channels: [['General']],
  },
];

export function seed(desk: VendorDesk): void {
  const { teams, channels } = teamsTables(desk);
  const createdAt = desk.clock().getTime() - 90 * 86_400_000;
  let count = 0;
  for (const { channels: own, ...team } of TEAMS) {
    teams.put(team.id, { visibility: 'private', isArchived: false, ...team });
    for (const [name, more] of own) {
      const id = `19:${(0x4a95f7d8db4c + count).toString(16)}4e7fae857bcebe0623e6@thread.tacv2`;
      count += 1;
      channels.put(id, {
        ...{ id, teamId: team.id, name, membershipType: 'standard', isArchived: false, members: null },
        ...{ createdAt, ...more },
      });
    }
  }
  beginTalk(desk);
}

/** Somebody joined, and two people spoke of a customer. */
function beginTalk(desk: VendorDesk): void {
  const sales = teamsTables(desk)
    .channels.all()
    .find(({ name }) => name === 'Ventes');
  if (sales === undefined) return;
  const at = desk.clock().getTime() - 2 * 86_400_000;
  const channelId = sales.id;
  keepMessage(desk, { channelId, from: null, content: '<systemEventMessage/>', at: at - 3_600_000 });
  const asked = keepMessage(desk, {
    ...{ channelId, from: 'claire', at },
    content: '<p>La <strong>Boulangerie Pélissier</strong> veut un devis &amp; une maquette.</p>',
  });
  keepMessage(desk, {
    ...{ channelId, from: 'hugo', at: at + 600_000, replyToId: asked.id },
    content: '<p>Je m’en occupe&nbsp;!</p>',
  });
}
