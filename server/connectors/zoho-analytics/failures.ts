import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { LiaisonError } from '../../core/errors.ts';
import { failures, type Meaning } from '../../kit/failures.ts';

export const VENDOR = 'Zoho Analytics';

/** Calls over the limit of a minute are let in again by the next one. */
const MINUTE_MS = 60_000;
/** The units of a day are not told when they begin anew: they are asked for again every hour. */
const HOUR_MS = 3_600_000;

const refusalSchema = z.object({
  status: z.literal('failure'),
  summary: z.string().catch(''),
  data: z
    .object({ errorCode: z.union([z.number(), z.string()]), errorMessage: z.string().catch('') })
    .partial()
    .catch({}),
});

const NO_WORKSPACE: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'Zoho Analytics does not have this workspace, or whoever connected it may not open it. Choose another one, or share it with them, then retry.',
    fr: 'Zoho Analytics n’a pas cet espace, ou la personne qui l’a connecté ne peut pas l’ouvrir. Choisissez-en un autre ou partagez-le avec elle, puis relancez.',
  },
};

const NO_UNITS: Meaning = {
  kind: 'rate-limited',
  sentence: {
    en: 'The units that your Zoho Analytics plan gives for a day are used up. It goes on when the next day’s are there.',
    fr: 'Les unités que votre offre Zoho Analytics accorde par jour sont épuisées. La suite se fait avec celles du lendemain.',
  },
};

/** By the codes of https://www.zoho.com/analytics/api/v2/bulk-api/error-codes.html and the limits' page. */
const table = failures({
  vendor: VENDOR,
  said(body, { now, status }) {
    const said = refusalSchema.safeParse(body).data;
    if (said === undefined) return null;
    const { errorCode, errorMessage = '' } = said.data;
    const isCrowded = /simultaneous|concurrent/i.test(errorMessage);
    return {
      codes: errorCode === undefined ? [] : [errorCode],
      ...(isCrowded ? { meaning: { kind: 'rate-limited' } as const } : {}),
      details: (kind) => ({
        vendorMessage: `${errorCode ?? status}: ${errorMessage || said.summary}`,
        ...(kind === 'rate-limited'
          ? { retryAt: now + (/^604[34]$/.test(String(errorCode)) ? HOUR_MS : MINUTE_MS) }
          : {}),
      }),
    };
  },
  codes: {
    8518: 'reconnect',
    8535: 'reconnect',
    8540: 'reconnect',
    6045: 'rate-limited',
    6043: NO_UNITS,
    6044: NO_UNITS,
    7103: NO_WORKSPACE,
    7104: {
      kind: 'rejected',
      sentence: {
        en: 'Zoho Analytics has no table of this name or id any more. Choose one in the flow’s settings, then retry.',
        fr: 'Zoho Analytics n’a plus de table de ce nom ou de cet identifiant. Choisissez-en une dans les réglages du flux, puis relancez.',
      },
    },
    7138: {
      kind: 'rejected',
      sentence: {
        en: 'The table is no longer in Zoho Analytics. Choose one in the flow’s settings, then retry.',
        fr: 'La table n’est plus dans Zoho Analytics. Choisissez-en une dans les réglages du flux, puis relancez.',
      },
    },
    7111: {
      kind: 'conflict',
      sentence: {
        en: 'The workspace has a table of this name by now. It is looked for again.',
        fr: 'L’espace a désormais une table de ce nom. Elle est cherchée à nouveau.',
      },
    },
    7235: {
      kind: 'rejected',
      sentence: {
        en: 'No column of the table has the name of a column that is sent. Look at both, then retry.',
        fr: 'Aucune colonne de la table ne porte le nom d’une colonne envoyée. Comparez-les, puis relancez.',
      },
    },
    7301: {
      kind: 'rejected',
      sentence: {
        en: 'Whoever connected Zoho Analytics may not do this in the workspace. Give them the permission there, or let its owner connect, then retry.',
        fr: 'La personne qui a connecté Zoho Analytics n’a pas ce droit dans l’espace. Donnez-le-lui, ou faites connecter son propriétaire, puis relancez.',
      },
    },
  },
  otherwise: { kind: 'rejected' },
});

export const classify = (answer: VendorAnswer): LiaisonError | null => table.classify(answer);
