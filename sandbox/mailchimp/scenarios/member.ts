import { ScenarioRefused, type Stage } from '../../core/scenario.ts';
import type { VendorDesk } from '../../core/simulator.ts';
import { AUDIENCE_ID } from '../account.ts';
import { lastCampaign, presentMember } from '../acts.ts';
import { type CampaignRow, type MemberRow, mailchimpTables } from '../rows.ts';

/** What a scenario in Mailchimp is about. */
export interface InMailchimp {
  readonly desk: VendorDesk;
  readonly member: MemberRow;
  /** As people are spoken of. */
  readonly name: string;
}

/**
 * The person that the scenario names, or the first subscribed one who has not left.
 *
 * @throws ScenarioRefused when nobody fits.
 */
export function memberFor(stage: Stage, email: string | undefined): InMailchimp {
  const desk = stage.desk('mailchimp');
  const member =
    email === undefined
      ? mailchimpTables(desk)
          .members.all()
          .find((row) => row.listId === AUDIENCE_ID && row.status === 'subscribed' && !row.archived)
      : refusing(() => presentMember(desk, AUDIENCE_ID, email));
  if (!member) throw new ScenarioRefused('Nobody in the audience is subscribed any more. Reset the sandbox.');
  const { FNAME = '', LNAME = '' } = member.mergeValues;
  return { desk, member, name: `${FNAME} ${LNAME}`.trim() || member.email };
}

/** The campaign that was sent last. */
export function campaignFor(desk: VendorDesk): CampaignRow {
  const campaign = lastCampaign(desk, AUDIENCE_ID);
  if (!campaign) throw new ScenarioRefused('No campaign was sent yet.');
  return campaign;
}

/** What an act cannot do is the caller's to know. */
export function refusing<Done>(act: () => Done): Done {
  try {
    return act();
  } catch (error) {
    throw new ScenarioRefused(error instanceof Error ? error.message : String(error));
  }
}
