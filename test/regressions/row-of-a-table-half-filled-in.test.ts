import { z } from 'zod';
import { unfinishedRow } from '../../server/core/table-rows.ts';
import { flows } from '../../server/flows/index.ts';

/** A setting that is a table, by the flow that has it. */
const TABLES = [...flows.values()].flatMap((flow) => {
  const { properties = {} } = z.toJSONSchema(flow.settings, { io: 'input' }) as {
    properties?: Record<string, { format?: string }>;
  };
  return Object.entries(properties)
    .filter(([, { format }]) => format === 'columns' || format === 'properties')
    .map(([name]) => ({ id: flow.id, name, flow }));
});

/** What is asked about a form in hand, while its rows are still being filled in, needs these to be read. */
it.each(TABLES)(
  '$id: $name is read while a row is begun, and refused by a sentence that says which',
  async ({ flow, name }) => {
    for (const row of [
      { header: 'Nom', field: '' },
      { header: '', field: 'Last_Name' },
      { header: '', field: '' },
    ]) {
      const read = flow.settings.safeParse({ [name]: [row] });
      expect(read.error?.issues).toBeUndefined();
      // No vendor has to answer for that.
      const nobody = () => {
        throw new Error('a vendor was asked');
      };
      const source = { settings: read.data, client: nobody, role: nobody } as never;
      const sentence = unfinishedRow([row]);
      expect(sentence?.en).toMatch(/^Row 1 /);
      expect(await flow.vendorSettings?.[name]?.check?.(source, undefined)).toEqual({ refused: sentence });
    }
  },
);

it('there are such tables', () => {
  expect(TABLES.map(({ id }) => id)).toEqual(expect.arrayContaining(['sheet-row-to-lead', 'record-page']));
});
