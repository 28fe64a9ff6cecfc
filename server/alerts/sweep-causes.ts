import type { Connector } from '../core/connector.ts';
import { type Automation, triggerRole } from '../core/flow.ts';
import { CAPABILITY_TITLES } from '../core/offers.ts';
import type { Sentence } from '../core/sentence.ts';
import { sidesOf, sourceOf } from '../core/trigger-of.ts';
import type { Cause } from '../store/alert-causes.ts';
import type { Database } from '../store/database.ts';
import { blindFlows, type LookRow, openGaps } from '../store/gaps.ts';
import type { TitlesOf } from './integration-titles.ts';

export interface SweepCauseParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  // biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
  readonly connectors: ReadonlyMap<string, Connector<any>>;
  readonly titlesOf: TitlesOf;
}

/** A look that fails is tried again every few seconds: what lasts longer than this needs a person. */
const BLIND_AFTER_SECONDS = 600;

const ofSide = ({ integration, side }: LookRow): string =>
  side === 'first' ? integration : `${integration} ${side}`;

/** Webhooks that do not arrive, and looks that fail: what was found is done, but the way it should have come is broken. */
export async function sweepCauses({
  database,
  flows,
  connectors,
  titlesOf,
}: SweepCauseParts): Promise<Cause[]> {
  const namesOf = ({
    organisationId,
    integration,
    side,
    flow,
  }: LookRow): { flow: Sentence; source: Sentence } => {
    const whole = flows.get(flow);
    const declared = whole && sidesOf(whole).find((one) => one.side === side)?.flow;
    const role = declared === undefined ? undefined : declared.roles[triggerRole(declared)];
    const known = declared === undefined ? undefined : sourceOf(declared, []);
    const offered = role?.offers === undefined ? undefined : CAPABILITY_TITLES[role.offers];
    const source = connectors.get(known ?? '')?.titles ?? role?.titles ?? offered;
    return {
      flow: titlesOf(organisationId, integration),
      source: source ?? { en: flow, fr: flow },
    };
  };
  const missing = (await openGaps(database)).map((row): Cause => {
    const { flow, source } = namesOf(row);
    const one = row.gap === 1;
    return {
      organisationId: row.organisationId,
      integration: row.integration,
      cause: `sweep ${ofSide(row)}`,
      count: row.gap,
      sentence: {
        en: `${flow.en}: webhooks of ${source.en} do not arrive. ${one ? 'One event was' : `${row.gap} events were`} found by looking, and ${one ? 'is' : 'are'} handled like any other. Check that ${source.en} can reach Liaison’s address (PUBLIC_URL).`,
        fr: `${flow.fr}\u00a0: des webhooks de ${source.fr} n’arrivent pas. ${one ? 'Un événement a été retrouvé' : `${row.gap} événements ont été retrouvés`} en cherchant, et ${one ? 'est traité' : 'sont traités'} comme les autres. Vérifiez que ${source.fr} peut joindre l’adresse de Liaison (PUBLIC_URL).`,
      },
    };
  });
  const blind = (await blindFlows(database, BLIND_AFTER_SECONDS)).map((row): Cause => {
    const { flow, source } = namesOf(row);
    const why = row.error?.sentence ?? { en: '', fr: '' };
    return {
      organisationId: row.organisationId,
      integration: row.integration,
      cause: `blind ${ofSide(row)}`,
      count: 1,
      sentence: {
        en: `${flow.en}: Liaison cannot look any more for what is new in ${source.en}. ${why.en}`,
        fr: `${flow.fr}\u00a0: Liaison ne peut plus chercher ce qu’il y a de nouveau dans ${source.fr}. ${why.fr}`,
      },
    };
  });
  return [...missing, ...blind];
}
