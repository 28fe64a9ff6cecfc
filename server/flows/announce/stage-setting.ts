import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import type { ClientOf, VendorSetting } from '../../core/flow.ts';
import type { Announcement } from './occasion.ts';

/** The organisation's own stages. An organisation may call them as it likes. */
async function stagesOf(client: ClientOf) {
  const fields = await client(zohoCrm).fields('Deals');
  return fields.find(({ apiName }) => apiName === 'Stage')?.options ?? [];
}

/** The stage that means won, out of the organisation's own; one that is renamed there is followed. */
export const stageSetting: VendorSetting<Announcement> = {
  async offers({ client }) {
    const stages = await stagesOf(client);
    return stages.map(({ value, title }) => ({ value, title }));
  },

  async check({ client, settings: { when, stage } }, reference) {
    if (when !== 'reached') return null;
    const stages = await stagesOf(client);
    const folded = stage.toLowerCase();
    const found =
      stages.find(({ value }) => value === stage) ??
      stages.find(({ id }) => id === reference) ??
      stages.find(({ value, title }) => value.toLowerCase() === folded || title.toLowerCase() === folded);
    if (found !== undefined) return { value: found.value, reference: found.id };
    const known = stages.map(({ title }) => title).join(', ');
    return {
      refused: {
        en: `Deals in Zoho CRM have no stage “${stage}” (any more). Choose one of theirs: ${known}.`,
        fr: `Les affaires de Zoho CRM n’ont pas (ou plus) d’étape «\u00a0${stage}\u00a0». Choisissez l’une des leurs\u00a0: ${known}.`,
      },
    };
  },
};
