import type { Connector } from './connector.ts';

/** An account that is opened by a key, as somebody asks for it to be connected. */
export interface KeyConnection {
  readonly organisationId: string;
  readonly connector: Connector;
  /** The key, where one is asked for. */
  readonly key?: string | undefined;
  /** By the names of the declared fields, where several are. */
  readonly keys?: Readonly<Record<string, string>> | undefined;
  /** Where the vendor's API stands, for vendors that have it at an address of the customer's own. */
  readonly site?: string | undefined;
  /** The connection that is given another key: it must be of the same account. Absent: an account is added. */
  readonly connectionId?: string;
  /** The user whose own the account will be; absent: the organisation's. */
  readonly owner?: string;
}
