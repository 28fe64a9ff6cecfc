import { day } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { catalogueOf } from '../zoho-crm/catalogue.ts';
import { type CrmRecord, shown } from '../zoho-crm/record.ts';
import { stagesOf } from '../zoho-crm/stages.ts';
import type { CrmView } from './crm-view.ts';
import { shownValue } from './value.ts';

/** Deals by stage, side by side. */
export function board(view: CrmView, deals: readonly CrmRecord[]): Html {
  const held = new Set(deals.map(({ Stage }) => String(Stage)));
  const usual = stagesOf(view.crm)
    .filter(({ value, probability }) => probability > 0 || held.has(value))
    .map(({ value }) => value);
  const won = new Set(
    stagesOf(view.crm).flatMap(({ value, probability }) => (probability === 100 ? [value] : [])),
  );
  const stages = [...new Set([...usual, ...held])];
  return html`<div class="board scroll" tabindex="0" role="region" aria-label="${view.t('Deals by stage', 'Affaires par étape')}">${stages.map(
    (stage) => {
      const own = deals.filter(({ Stage }) => Stage === stage);
      return html`<section class="${won.has(stage) ? 'won' : ''}"><h2><span>${breakable(stage)}</span> <small>${own.length}</small></h2><ul>${own.map((deal) => card(view, deal))}</ul></section>`;
    },
  )}</div>`;
}

function card(view: CrmView, deal: CrmRecord): Html {
  const module = catalogueOf(view.crm).module('Deals');
  const amount = module?.fields.find(({ apiName }) => apiName === 'Amount');
  const { Account_Name } = module ? shown(view.crm, module, deal, ['Account_Name']) : {};
  return html`<li><a href="${view.to(`/crm/Deals/${deal.id}`)}">${String(deal.Deal_Name)}</a>
<span>${(Account_Name as { name?: string } | null)?.name}</span>
<b>${shownValue(view, amount, deal.Amount, deal)}</b>
<small>${deal.Owner.name}${typeof deal.Closing_Date === 'string' ? ` · ${day(view, deal.Closing_Date)}` : ''}</small></li>`;
}

/** Lets a narrow column break a name after its slash. */
const breakable = (stage: string): Html[] => stage.split(/(?<=\/)/).map((part) => html`${part}<wbr>`);
