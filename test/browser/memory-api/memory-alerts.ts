import type { AlertServices } from '../../../server/api/alerts/alert-services.ts';
import type {
  Alert,
  AlertDestinationWish,
  AlertPlaces,
  AlertSettings,
} from '../../../server/api/contract.ts';
import { demandUnchanged, versionOf } from '../../../server/api/flows/settings-version.ts';
import { invalid } from '../../../server/api/problem.ts';
import { LiaisonError } from '../../../server/core/errors.ts';
import { CONNECTOR_NAMES } from './example-runs.ts';

const { CRM, SLACK } = CONNECTOR_NAMES;

/** Alerts of one organisation, open to the test. */
export class MemoryAlerts implements AlertServices {
  mail = true;
  open: Alert[] = [];
  recovered: Alert[] = [];
  destinations: AlertSettings['destinations'] = [];
  /** Every test message that went out, as it was asked for. */
  tested: AlertDestinationWish[] = [];
  /** Set: no test message arrives. */
  fails = false;
  offered: AlertPlaces['places'] = [
    {
      connector: { ...SLACK, connected: true },
      connection: null,
      account: null,
      titles: { en: 'A Slack channel', fr: 'Un canal Slack' },
      targets: [
        { id: 'C1', title: '#ventes' },
        { id: 'C2', title: '#général' },
      ],
      error: null,
    },
    {
      connector: { ...CRM, connected: true },
      connection: null,
      account: null,
      titles: { en: 'A task in Zoho CRM', fr: 'Une tâche dans Zoho CRM' },
      targets: [
        { id: 'u1', title: 'Claire Fontaine' },
        { id: 'u2', title: 'Hugo Marchetti' },
      ],
      error: null,
    },
  ];

  async list() {
    return { alerts: this.open, recovered: this.recovered };
  }

  async settings(): Promise<AlertSettings> {
    return { destinations: this.destinations, mail: this.mail, version: versionOf(this.destinations) };
  }

  async places(): Promise<AlertPlaces> {
    return { places: this.offered };
  }

  async save(_organisationId: string, wishes: readonly AlertDestinationWish[], basedOn?: string) {
    demandUnchanged(basedOn, { ...(await this.settings()) });
    if (!this.mail && wishes.some((wish) => 'email' in wish)) throw invalid('body', () => []);
    this.destinations = wishes.map((wish) => {
      if ('email' in wish) return { kind: 'email', email: wish.email, last: null };
      const place = this.offered.find(({ connector }) => connector.id === wish.connector);
      const title = place?.targets.find(({ id }) => id === wish.target)?.title ?? wish.target;
      if (place === undefined) throw invalid('body', () => []);
      const { connector, connection, account } = place;
      return { kind: 'place', connector, connection, account, target: wish.target, title, last: null };
    });
    return this.settings();
  }

  async test(_organisationId: string, wish: AlertDestinationWish) {
    if (this.fails) {
      throw new LiaisonError('rejected', {
        sentence: { en: 'Slack has no such channel any more.', fr: 'Slack n’a plus ce canal.' },
        vendorMessage: 'channel_not_found',
      });
    }
    this.tested.push(wish);
    return { sentAt: new Date().toISOString() };
  }
}
