import type { Router } from 'express';
import type { Simulator, VendorDesk } from '../core/simulator.ts';
import { type Api, type Endpoint, mountApi } from './api.ts';

/** A simulator in data: what it says of itself, how its people sign in, and the API that it serves. */
export interface Declared<Operation extends Endpoint> extends Omit<Simulator, 'routes'> {
  /** Consent screens and token endpoints, which stand before the API. */
  signIn?(router: Router, desk: VendorDesk): void;
  /** Called once per start: what it holds in memory (limits) begins anew. */
  api(desk: VendorDesk): Api<Operation>;
}

export function defineSimulator<Operation extends Endpoint>(declared: Declared<Operation>): Simulator {
  const { signIn, api, ...said } = declared;
  return {
    ...said,
    routes(router, desk) {
      signIn?.(router, desk);
      mountApi(router, desk, api(desk));
    },
  };
}
