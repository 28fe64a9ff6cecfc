import type { ConnectorHttp, Scope, VendorAccount } from './connector.ts';
import type { LiaisonError } from './errors.ts';
import type { Sentence } from './sentence.ts';

/**
 * Applications of one vendor that people sign in to with one account: one registration of Liaison's at the
 * vendor and one consent per account serve all of them.
 */
export interface Family {
  /** Kebab-case, stable for ever: it is in the database and in the names of variables. */
  readonly id: string;
  readonly titles: Sentence;
  /** Asked for with every consent: they tell whose it is. */
  readonly scopes: readonly Scope[];
  /** Hosts that are asked whose consent it is, as a connector's `hosts`. */
  readonly hosts: Readonly<Record<string, string>>;
  /**
   * How what an account granted before comes into a further consent: `included`: the vendor adds it to what is
   * newly asked for, and the refresh token that is held opens it too; `asked-again`: the whole must be asked
   * for, and a refresh token comes that replaces the former.
   */
  readonly earlierScopes: 'included' | 'asked-again';
  /** Query parameters of a consent at which the account is to be chosen. */
  readonly chooseAccount: Readonly<Record<string, string>>;
  /** Query parameters with which the vendor gives a refresh token also to someone who consented before. */
  readonly newRefreshToken: Readonly<Record<string, string>>;
  /** What ends with a revoked refresh token: only that, or all that the account granted to the registration. */
  readonly revoking: 'token' | 'consent';
  /** The most refresh tokens that one account may have of one registration: the oldest ends beyond it. */
  readonly refreshTokens?: { readonly most: number; readonly warnFrom: number };
  /** Whose consent it is: an account of the vendor's, which is another thing than an application's. */
  whose(http: ConnectorHttp): Promise<VendorAccount>;
  /**
   * What a callback without consent says more of than that: that somebody else has to agree, and where. Null: no more.
   */
  consentRefusal?(callback: URLSearchParams, asked: ConsentAsked): LiaisonError | null;
  /**
   * What a callback says that belongs to no visit of a person's: somebody agreed for others, at an address that was
   * passed on to them. What they are told then. Null: it says nothing of the kind.
   */
  consentGiven?(callback: URLSearchParams): Sentence | null;
}

/** What was asked for at a consent page. */
export interface ConsentAsked {
  /** Of Liaison's registration. */
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}
