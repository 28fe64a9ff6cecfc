import type { ModeView } from '../contract.ts';

/** What the API needs to show how Liaison runs, and to leave the sandbox. */
export interface ModeServices {
  view(): Promise<ModeView>;
  /** Begins to leave the sandbox once the answer is sent. Refused with a `Problem` while it cannot be. */
  switch(): Promise<{ restarting: true }>;
}
