import { AsyncLocalStorage } from 'node:async_hooks';
import { company } from '../company/index.ts';
import { accountDesk } from '../core/account-desk.ts';
import type { VendorDesk } from '../core/simulator.ts';

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly url: string;
  readonly emailDomain: string;
}

const workspaceCalled = (id: string, name: string, domain: string): Workspace => ({
  id,
  name,
  domain,
  url: `https://${domain}.slack.com/`,
  emailDomain: company.domain,
});

/** The company's workspace. Ids are fixed: what a flow was set to survives a reset. */
const FIRST = workspaceCalled('T07LUMEN69', company.name, 'atelier-lumen');

/** The company's workspaces: its own, and one that it shares with its freelancers. */
export const workspaces: readonly Workspace[] = [
  FIRST,
  workspaceCalled('T07STUDIO1', 'Lumen Studio', 'lumen-studio'),
];

/** @param id absent: the first one. */
export const findWorkspace = (id: string | undefined): Workspace | undefined =>
  workspaces.find((one) => one.id === (id ?? FIRST.id));

const answering = new AsyncLocalStorage<Workspace>();

/** The workspace whose request is being answered; the first one where none is. */
export const workspace = (): Workspace => answering.getStore() ?? FIRST;

/** Does something in a workspace, at a desk with its own tables. */
export function inWorkspace<Result>(
  desk: VendorDesk,
  found: Workspace,
  work: (own: VendorDesk) => Result,
): Result {
  return answering.run(found, () => work(accountDesk(desk, found === FIRST ? null : found.name)));
}

export const app = {
  id: 'A07LIAISON1',
  botId: 'B07LIAISON1',
  botUserId: 'U07LIAISON1',
  name: 'Liaison',
  handle: 'liaison',
} as const;

export const channelIds = {
  general: 'C07GENERAL1',
  ventes: 'C07VENTES01',
  support: 'C07SUPPORT1',
  'support-urgent': 'C07URGENT01',
  direction: 'C07DIRECTN1',
} as const;
