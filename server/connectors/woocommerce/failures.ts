import { z } from 'zod';
import { failures } from '../../kit/failures.ts';

export const VENDOR = 'WooCommerce';

const bodySchema = z.object({
  code: z.string().min(1),
  message: z.string().catch(''),
  data: z
    .object({ params: z.record(z.string(), z.unknown()).optional() })
    .nullish()
    .catch(null),
});

/**
 * Refusals are JSON with a code; the status says what kind they are.
 * https://woocommerce.github.io/woocommerce-rest-api-docs/#errors
 */
export const { classify, ofOne } = failures({
  vendor: VENDOR,
  said(body, { status }) {
    const said = bodySchema.safeParse(body).data;
    if (said === undefined || status < 400) return null;
    const field = Object.keys(said.data?.params ?? {})[0];
    return {
      codes: [said.code],
      details: {
        vendorMessage: `${said.code}: ${said.message}`,
        ...(field === undefined ? {} : { field }),
      },
    };
  },
  codes: {
    // Keys that are good, of a user who may not do this.
    woocommerce_rest_cannot_view: 'reconnect',
    woocommerce_rest_cannot_create: 'reconnect',
    woocommerce_rest_cannot_edit: 'reconnect',
    woocommerce_rest_authentication_error: 'reconnect',
    // Without WooCommerce, or with its addresses switched off, WordPress knows none of its paths.
    rest_no_route: {
      kind: 'rejected',
      sentence: {
        en: 'There is no WooCommerce at this address. Check the address of the shop, that WooCommerce is active there, and that its permalinks are not “Plain” (Settings, Permalinks).',
        fr: 'Il n’y a pas de WooCommerce à cette adresse. Vérifiez l’adresse de la boutique, que WooCommerce y est actif et que ses permaliens ne sont pas «\u00a0Simples\u00a0» (Réglages, Permaliens).',
      },
    },
  },
  otherwise: { kind: 'rejected' },
});
