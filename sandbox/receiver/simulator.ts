import type { Simulator } from '../core/simulator.ts';
import { receiverPages } from './page.ts';
import { receive } from './receive.ts';
import { act } from './set-up.ts';

/** Whatever application Liaison tells of what it does: each address is one of its. */
export const receiver: Simulator = {
  vendor: 'receiver',
  title: 'Any application',
  realUrl: (path) => `https://${path.replace(/^\//, '')}`,
  // What comes is Liaison's own, and described by no vendor.
  besideApi: () => true,
  seed: () => undefined,
  routes: receive,
  act,
  pages: receiverPages,
};
