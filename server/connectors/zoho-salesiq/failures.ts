import { z } from 'zod';
import type { ErrorKind } from '../../core/errors.ts';
import { failures, type Meaning } from '../../kit/failures.ts';

export const VENDOR = 'Zoho SalesIQ';

const errorSchema = z.object({
  error: z.object({
    code: z.union([z.string(), z.number()]).transform(String).catch(''),
    message: z.string().catch(''),
    json_key: z.string().optional().catch(undefined),
    param: z.string().optional().catch(undefined),
  }),
});

const rejected = (en: string, fr: string): Meaning => ({ kind: 'rejected', sentence: { en, fr } });

/**
 * “No Visitor found”, which is no failure of the call but its answer:
 * https://www.zoho.com/salesiq/help/developer-section/rest-api-update-visitor-info.html
 */
const NO_VISITOR = '2311';
export const saysNoVisitor = (body: unknown): boolean =>
  errorSchema.safeParse(body).data?.error.code === NO_VISITOR;

/** https://www.zoho.com/salesiq/help/rest-api-documentation.html; 2310 is of the page above. */
const CODES: Readonly<Record<string, ErrorKind | Meaning>> = {
  1001: 'retry-later',
  1002: 'reconnect',
  1004: { kind: 'unknown', mayHaveHappened: false },
  1005: rejected(
    'Zoho SalesIQ has no such portal (any more), or whoever connected it is not in it. Choose another one in the settings.',
    'Zoho SalesIQ n’a pas (ou plus) ce portail, ou la personne qui l’a connecté n’en fait pas partie. Choisissez-en un autre dans les réglages.',
  ),
  1006: 'gone',
  2310: rejected(
    'Zoho SalesIQ did not take what it was to be told of the visitor. Look at the lines in the settings, then retry.',
    'Zoho SalesIQ n’a pas accepté ce qu’il devait savoir du visiteur. Vérifiez les lignes dans les réglages, puis relancez.',
  ),
};

/**
 * Words that say what no published code does: the lists of codes end with the first few, and what a dead token, a
 * conversation that is not there, or one call too many is answered, no page shows.
 */
const WORDS: readonly (readonly [RegExp, ErrorKind])[] = [
  [/oauth|auth ?token|scope|authori[sz]/i, 'reconnect'],
  [/too many|throttl|limit\b.*(exceed|reach)|exceed.*\blimit/i, 'rate-limited'],
  [/\bnot? (\w+ )?(found|exist)|does ?n[o’']t exist|no such/i, 'gone'],
];

const meantBy = (code: string, message: string): Meaning | null => {
  if (Object.hasOwn(CODES, code)) return null;
  const kind = WORDS.find(([words]) => words.test(message))?.[1];
  return kind === undefined ? null : { kind };
};

/**
 * A failure stands in `error`, whatever the status, which is 200 as the page says:
 * https://www.zoho.com/salesiq/help/developer-section/rest-api-v2.html
 */
export const { classify } = failures({
  vendor: VENDOR,
  said(body, { status }) {
    const said = errorSchema.safeParse(body).data?.error;
    if (said === undefined || (status < 300 && said.code === NO_VISITOR)) return null;
    const { code, message } = said;
    const field = said.json_key ?? said.param;
    return {
      codes: [code],
      meaning: status < 300 ? meantBy(code, message) : null,
      details: {
        vendorMessage: `${code}: ${message}`,
        ...(field === undefined ? {} : { field }),
      },
    };
  },
  codes: CODES,
  otherwise: { kind: 'rejected' },
});
