import type { Scenario } from '../../core/scenario.ts';
import { mailchimpCampaignSent } from './campaign-sent.ts';
import { mailchimpCleaned } from './cleaned.ts';
import { mailchimpClick } from './click.ts';
import { mailchimpUnsubscribe } from './unsubscribe.ts';

/** In the order in which the page shows them. */
export const mailchimpScenarios: readonly Scenario[] = [
  mailchimpUnsubscribe,
  mailchimpCleaned,
  mailchimpCampaignSent,
  mailchimpClick,
];
