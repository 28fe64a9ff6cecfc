import type { Connector } from '../../core/connector.ts';
import { card } from './card.ts';
import { type NotionClient, notionClient } from './client.ts';
import { classify } from './failures.ts';
import { pageAddress } from './ids.ts';
import { VERSION } from './request.ts';
import { trial } from './trial.ts';

export const notion: Connector<NotionClient> = {
  id: 'notion',
  titles: { en: 'Notion', fr: 'Notion' },
  mark: 'M3.5 2.5h6l3 3v8h-9ZM9.5 2.5v3h3M5.5 8h5M5.5 10.5h5',
  // https://developers.notion.com/docs/authorization
  authorisation: {
    kind: 'oauth',
    authorizeUrl: 'https://api.notion.com/v1/oauth/authorize',
    tokenUrl: 'https://api.notion.com/v1/oauth/token',
    revokeUrl: 'https://api.notion.com/v1/oauth/revoke',
    jsonTokenRequests: { headers: { 'notion-version': VERSION } },
    revokes: 'access-token',
    authorizeParameters: { owner: 'user' },
    scopes: [],
    wholeAccount: {
      en: 'Notion knows no single permissions here: whoever connects picks the pages and databases that Liaison may see. Liaison reads the databases that you choose, makes and updates pages in them, adds one property that holds the record’s id, and finds people of the workspace by their e-mail address. It deletes nothing for good.',
      fr: 'Notion ne connaît pas ici de permissions à l’unité\u00a0: la personne qui connecte choisit les pages et les bases que Liaison peut voir. Liaison lit les bases que vous choisissez, y crée et y met à jour des pages, y ajoute une propriété qui contient l’identifiant de la fiche, et retrouve les personnes de l’espace par leur adresse e-mail. Il ne supprime rien définitivement.',
    },
    scopeSeparator: ' ',
    // Notion’s sign-in of public integrations describes no PKCE.
    pkce: false,
    header: 'Bearer {token}',
    refresh: {},
  },
  hosts: { 'api.notion.com': 'notion' },
  // An average of three requests a second: https://developers.notion.com/reference/request-limits
  budgets: [{ calls: 3, perMs: 1_000 }],
  objects: [
    { id: 'notion.pages', titles: { en: 'Page', fr: 'Page' }, url: pageAddress },
    { id: 'notion.dataSources', titles: { en: 'Database', fr: 'Base de données' }, url: pageAddress },
  ],
  card,
  trial,
  client: notionClient,
  identify: (client) => client.workspace(),
  classify,
};
