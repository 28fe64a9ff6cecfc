import { queryOptions, useMutation } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const modeOf = () => queryOptions({ queryKey: ['mode'] as const, queryFn: () => call('getMode') });

/** What the person who decides it has to write. */
export const CONFIRMATION = 'production';

const LOOK_MS = 1_000;

/** Asks the server to leave the sandbox, waits until it is there again, and begins anew with it. */
export const useLeave = () =>
  useMutation({
    mutationFn: () => call('switchMode', { body: { mode: 'production', confirm: CONFIRMATION } }),
    onSuccess: comeBack,
  });

/** The mode of the page is the server's: only a new page is sure of it. */
async function comeBack(): Promise<void> {
  let wasAway = false;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const answer = await fetch('/api/v1/me').catch(() => null);
    // Signed out: production asks who it is.
    wasAway ||= answer === null || !answer.ok;
    if (wasAway && answer !== null && answer.status !== 503) break;
  }
  location.hash = '';
  location.reload();
}
