import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { nothing, read } from '../scenarios/parameters.ts';
import { type Said, spokenMoney } from '../scenarios/spoken.ts';
import { editRecord, findRecord } from './acts.ts';
import { catalogueOf } from './catalogue.ts';
import { userRef } from './people.ts';
import { type CrmRecord, recordsOf } from './record.ts';
import { stageNamed } from './stages.ts';
import { update } from './write.ts';

const DEAL = 'Refonte site vitrine';

/** Every play is one true win: a deal that was won before is taken back first, and of that nobody hears. */
export const dealWon: Scenario = {
  id: 'deal-won',
  titles: { en: 'A deal is won', fr: 'Une affaire est gagnée' },
  description: {
    en: `Claire Fontaine sets the deal “${DEAL}” to Closed Won in the CRM; its workflow rules run.`,
    fr: `Claire Fontaine passe l’affaire « ${DEAL} » à « Closed Won » dans le CRM ; ses règles de workflow s’exécutent.`,
  },
  async play(stage) {
    read(stage, nothing);
    return winDeal(stage);
  },
};

export interface Won {
  readonly sentence: Said;
  readonly dealId: string;
  readonly modifiedTime: unknown;
}

export function winDeal(stage: Stage): Won {
  const desk = stage.desk('zoho-crm');
  const found = findRecord(desk, 'Deals', 'Deal_Name', DEAL);
  const deal = found && recordsOf(desk, 'Deals').get(String(found.id));
  if (!deal) throw new ScenarioRefused(`The CRM no longer has a deal called “${DEAL}”. Reset the sandbox.`);
  const later = { ...desk, clock: clockAfter(desk, deal) };
  const won = stageNamed(desk, 'Closed Won');
  if (deal.Stage === won) reopen(later, deal);
  const after = editRecord(later, 'Deals', deal.id, { Stage: won }, 'claire');
  const amount = spokenMoney(Number(deal.Amount ?? 0), String(deal.Currency ?? 'EUR'));
  return {
    sentence: {
      en: `Claire Fontaine won the deal “${DEAL}” (${amount.en}) in the CRM.`,
      fr: `Claire Fontaine a gagné l’affaire « ${DEAL} » (${amount.fr}) dans le CRM.`,
    },
    dealId: deal.id,
    modifiedTime: after.Modified_Time,
  };
}

/** Back to before, without workflow rules or notifications. */
function reopen(desk: VendorDesk, deal: CrmRecord): void {
  const module = catalogueOf(desk).module('Deals');
  if (!module) return;
  update(desk, module, deal, { Stage: stageNamed(desk, 'Negotiation/Review') }, userRef('claire'));
}

/**
 * The CRM counts moments in whole seconds. Two wins within one second would carry the same one, so the
 * second is dated a second after the last change.
 */
function clockAfter(desk: VendorDesk, deal: CrmRecord): () => Date {
  const next = Date.parse(deal.Modified_Time) + 1000;
  return () => new Date(Math.max(desk.clock().getTime(), next));
}
