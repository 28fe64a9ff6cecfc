/** What can be laid, and where it goes. */
export interface Kind {
  /** Of a thing of this kind: `server/connectors/`, from the project's folder. */
  readonly folder: string;
  /** The file in `folder` that has a line for each, and the name of the list in it. */
  readonly registry: string;
  readonly list: string;
  /** The file that the line imports from. */
  readonly entry: string;
  /** What an id of this kind may be: it is in addresses and in the database, for ever. */
  readonly id: RegExp;
  /** What else there is to do, for whoever laid one. */
  readonly next: string;
}

const VENDOR_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export const KINDS: Readonly<Record<string, Kind>> = {
  connector: {
    folder: 'server/connectors',
    registry: 'index.ts',
    list: 'connectors',
    entry: 'connector.ts',
    id: VENDOR_ID,
    next: 'Its simulator comes first (npm run new -- simulator), its failures go into test/conformance/fault-table.ts.',
  },
  flow: {
    folder: 'server/flows',
    registry: 'index.ts',
    list: 'flows',
    entry: 'flow.ts',
    id: /^[a-z]+(-[a-z]+)*$/,
    next: 'When its words stand, npm run generate writes its documents.',
  },
  simulator: {
    folder: 'sandbox',
    registry: 'index.ts',
    list: 'simulators',
    entry: 'simulator.ts',
    id: VENDOR_ID,
    next: 'Its connector has the same id (npm run new -- connector).',
  },
};
