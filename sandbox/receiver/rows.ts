import type { VendorDesk } from '../core/simulator.ts';

/** An address of some application, as its owner set it up there. */
export interface AddressRow {
  /** `hooks.example.com/liaison` */
  readonly address: string;
  /** What its owner copied; null: nothing yet, and nothing is verified. */
  readonly secret: string | null;
  /** What it answers to what it takes. */
  readonly answer: { readonly status: number; readonly body: string; readonly location: string | null };
}

/** One thing that came. */
export interface ArrivalRow {
  readonly id: string;
  readonly address: string;
  readonly at: number;
  readonly webhookId: string | null;
  readonly type: string | null;
  readonly body: string;
  /** By the official library; null: no secret is known, so nobody looked. */
  readonly verified: boolean | null;
  /** Why it was not believed. */
  readonly doubt: string | null;
  readonly status: number;
}

/** Something that the application gives to whoever asks for it. */
export interface ServedRow {
  readonly address: string;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly location: string | null;
}

export const receiverTables = (desk: VendorDesk) => ({
  served: desk.table<ServedRow>('served'),
  addresses: desk.table<AddressRow>('addresses', { kept: true }),
  arrivals: desk.table<ArrivalRow>('arrivals'),
});

export const PLAIN_ANSWER: AddressRow['answer'] = { status: 200, body: 'ok', location: null };

export const addressOf = (desk: VendorDesk, address: string): AddressRow =>
  receiverTables(desk).addresses.get(address) ?? { address, secret: null, answer: PLAIN_ANSWER };
