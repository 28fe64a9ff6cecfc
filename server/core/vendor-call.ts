import { asLiaisonError } from './errors.ts';

/**
 * Runs a call of a vendor's SDK. SDKs wrap what their `fetch` threw in errors of their own: what comes out
 * here is the classified error again.
 */
export async function vendorCall<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (thrown) {
    throw asLiaisonError(thrown);
  }
}
