import type { ModeView } from '../api/contract.ts';
import { type Config, formerVariableName, variableName } from '../config.ts';
import type { Connector } from '../core/connector.ts';
import { familyId, familyOf, registrationFor } from '../core/registration.ts';
import type { Sentence } from '../core/sentence.ts';
import { parseKeyring } from '../vault/keyring.ts';

type Need = ModeView['needs'][number];

/** Without its client nobody can sign in. */
const SIGN_IN = 'zoho';

/** What production needs beside the database that it runs on; no value of it leaves this file. */
export function productionNeeds(config: Config, connectors: Iterable<Connector>): Need[] {
  const held = (id: string, variables: string[], required: boolean, titles: Sentence, sentence: Sentence) => {
    const state = variables.every(config.isSet) ? ('ready' as const) : ('missing' as const);
    return { id, variables, required, titles, sentence, state };
  };
  const all = new Map([...connectors].map((connector) => [connector.id, connector]));
  const oauth = [...all.values()].filter(({ authorisation }) => authorisation.kind === 'oauth');
  const registrations = new Map(oauth.map((connector) => [familyId(connector), connector]));
  /** The sandbox has clients of its own: what counts is what is set. */
  const inProduction = (name: string) => {
    const isSet = [variableName, formerVariableName].some((nameOf) =>
      (['CLIENT_ID', 'CLIENT_SECRET'] as const).every((part) => config.isSet(nameOf(name, part))),
    );
    return isSet ? { id: '', secret: '' } : null;
  };
  const clients = [...registrations].map(([id, connector]) => {
    const { titles } = familyOf(connector) ?? connector;
    return {
      ...held(
        `client ${id}`,
        [variableName(id, 'CLIENT_ID'), variableName(id, 'CLIENT_SECRET')],
        id === SIGN_IN,
        {
          en: `OAuth client of ${titles.en}`,
          fr: `Client OAuth de ${titles.fr}`,
        },
        id === SIGN_IN
          ? {
              en: 'People sign in with it, and the CRM is connected with it.',
              fr: 'On se connecte grâce à lui, et le CRM est connecté grâce à lui.',
            }
          : {
              en: 'Only where this vendor is to be connected.',
              fr: 'Seulement si ce service doit être connecté.',
            },
      ),
      // Also under the names that single applications of a family had.
      state:
        registrationFor(inProduction, all, connector) === null ? ('missing' as const) : ('ready' as const),
    };
  });
  return [
    held(
      'database',
      ['DATABASE_URL'],
      true,
      { en: 'A PostgreSQL database', fr: 'Une base PostgreSQL' },
      {
        en: 'The one this server runs on. The sandbox’s rows in it are deleted.',
        fr: 'Celle sur laquelle tourne ce serveur. Les lignes du bac à sable y sont effacées.',
      },
    ),
    keyNeed(config),
    addressNeed(config),
    ...clients.sort((left, right) => Number(right.required) - Number(left.required)),
    held(
      'mail',
      ['SMTP_URL', 'ALERTS_FROM'],
      false,
      { en: 'A mail server', fr: 'Un serveur de messagerie' },
      { en: 'Only for alerts by e-mail.', fr: 'Seulement pour les alertes par e-mail.' },
    ),
  ];
}

function keyNeed({ key }: Config): Need {
  const need = {
    id: 'key',
    variables: ['LIAISON_KEY'],
    required: true,
    titles: { en: 'The key that seals tokens', fr: 'La clé qui scelle les jetons' },
    sentence: {
      en: '32 random bytes in base64 (openssl rand -base64 32). Keep it apart from the database.',
      fr: '32 octets aléatoires en base64 (openssl rand -base64 32). Conservez-la à l’écart de la base.',
    },
  };
  if (key === null) return { ...need, state: 'missing' };
  try {
    parseKeyring(key);
    return { ...need, state: 'ready' };
  } catch {
    return { ...need, state: 'wrong' };
  }
}

function addressNeed({ publicUrl }: Config): Need {
  const state = publicUrl === null ? 'missing' : publicUrl.startsWith('https:') ? 'ready' : 'wrong';
  return {
    id: 'address',
    variables: ['PUBLIC_URL'],
    required: true,
    titles: { en: 'A public https address', fr: 'Une adresse https publique' },
    sentence: {
      en: 'Where vendors and browsers reach this server.',
      fr: 'Là où les services et les navigateurs joignent ce serveur.',
    },
    state,
  };
}
