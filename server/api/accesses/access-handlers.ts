import type { Handler } from '../handlers.ts';
import type { AccessServices } from './access-services.ts';

/** What the routes about other applications' access do. */
export function accessHandlersOf(accesses: AccessServices): Record<'listAccesses' | 'endAccess', Handler> {
  return {
    listAccesses: ({ session }) => accesses.list(session),
    async endAccess({ session, params }) {
      return (await accesses.end(session, String(params.access))) ? { ended: true } : null;
    },
  };
}
