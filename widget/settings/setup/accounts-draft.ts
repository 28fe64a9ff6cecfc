import { useState } from 'react';

/** What is chosen in the first step and not saved yet: kept over the way to a vendor’s consent and back. */
export interface AccountsDraft {
  readonly name: string;
  /** By role, the id of a connection. */
  readonly chosen: Readonly<Record<string, string>>;
  /** Ids of the connections that stood there: another one was connected for this. */
  readonly seen: readonly string[] | null;
}

const keyOf = (about: string): string => `liaison.setup.${about}`;

function read(about: string): AccountsDraft | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(keyOf(about)) ?? 'null') as AccountsDraft | null;
    return typeof stored?.name === 'string' && typeof stored.chosen === 'object' ? stored : null;
  } catch {
    // Another version’s, or storage is switched off: one begins anew.
    return null;
  }
}

function write(about: string, draft: AccountsDraft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(keyOf(about));
    else sessionStorage.setItem(keyOf(about), JSON.stringify(draft));
  } catch {
    // Without storage it lasts as long as the page.
  }
}

/** @param about the flow of one that is not made yet, or the integration. */
export function useAccountsDraft(about: string, first: Omit<AccountsDraft, 'seen'>) {
  const [draft, setDraft] = useState<AccountsDraft>(() => read(about) ?? { ...first, seen: null });
  const keep = (next: AccountsDraft): void => {
    setDraft(next);
    write(about, next);
  };
  return { draft, keep, forget: () => write(about, null) };
}
