import { z } from 'zod';
import { failures, type Meaning } from '../../kit/failures.ts';
import { READS } from './reads.ts';

export const VENDOR = 'Notion';

const refusalSchema = z.object({
  object: z.literal('error').optional(),
  code: z.string(),
  message: z.string().catch(''),
});

const notShared: Meaning = {
  kind: 'gone',
  sentence: {
    en: 'Notion does not know it, or it is not shared with Liaison. In Notion, open the ••• menu of the database, choose Connections and add Liaison, then retry.',
    fr: 'Notion ne le connaît pas, ou il n’est pas partagé avec Liaison. Dans Notion, ouvrez le menu ••• de la base, choisissez Connexions et ajoutez Liaison, puis relancez.',
  },
};
const mayNot: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'Notion does not let Liaison do this: the connection lacks the right to read, insert or update content. Whoever runs the workspace grants it in Notion under Settings › Connections.',
    fr: 'Notion ne laisse pas Liaison faire cela\u00a0: la connexion n’a pas le droit de lire, d’insérer ou de modifier le contenu. Qui gère l’espace de travail l’accorde dans Notion, sous Paramètres › Connexions.',
  },
};

/**
 * Notion states failures by a status and a code: https://developers.notion.com/reference/status-codes .
 * Only limits, collisions and outages are worth another try.
 */
export const { classify } = failures({
  vendor: VENDOR,
  isRead: ({ method, url }) => method === 'GET' || READS.test(`${method} ${url.pathname}`),
  said(body, { status }) {
    if (status < 400) return null;
    const refusal = refusalSchema.safeParse(body).data;
    if (refusal === undefined) return null;
    return { codes: [refusal.code], details: { vendorMessage: refusal.message || refusal.code } };
  },
  codes: {
    unauthorized: 'reconnect',
    restricted_resource: mayNot,
    object_not_found: notShared,
    rate_limited: 'rate-limited',
    // Refused as a whole: nothing was written.
    conflict_error: { kind: 'conflict', mayHaveHappened: false },
    service_overload: 'retry-later',
    internal_server_error: 'retry-later',
    bad_gateway: 'retry-later',
    service_unavailable: 'retry-later',
    database_connection_unavailable: 'retry-later',
    gateway_timeout: 'retry-later',
  },
  otherwise: { kind: 'rejected' },
});
