import { Refusal } from '../kit/refusal.ts';

/** Ends a request with WordPress' error document. */
export class WooRefusal extends Refusal {
  override readonly name = 'WooRefusal';

  constructor(status: number, code: string, message: string, data: object = {}) {
    super(status, message, problem(status, code, message, data));
  }
}

export const problem = (status: number, code: string, message: string, data: object = {}): object => ({
  code,
  message,
  data: { status, ...data },
});

export const noRoute = (): WooRefusal =>
  new WooRefusal(404, 'rest_no_route', 'No route was found matching the URL and request method.');

export const noOrder = (): WooRefusal =>
  new WooRefusal(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');

export const invalid = (name: string, message: string): WooRefusal =>
  new WooRefusal(400, 'rest_invalid_param', `Invalid parameter(s): ${name}`, { params: { [name]: message } });
