import type { RecordRef } from './flow.ts';

/**
 * What the law lets a person, or the owner of an account, ask of whoever holds something of them, as a vendor passes it
 * on: to be told what it is (`tell`), that it be erased (`forget`), or that all of an account be (`forget-account`).
 */
export interface PrivacyRequest {
  readonly kind: 'tell' | 'forget' | 'forget-account';
  /** The vendor's own id of the request: the same one is dealt with once. */
  readonly key: string;
  /** Of which account it is, by the vendor's own id. */
  readonly account: string;
  /** Whoever asks; nobody where it is of the whole account. */
  readonly person: AskingPerson | null;
  /** Records of theirs that are to be told of, or erased. */
  readonly records: readonly RecordRef[];
}

export interface AskingPerson {
  /** The vendor's own id. */
  readonly id: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}
