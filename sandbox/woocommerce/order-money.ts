import type { VendorDesk } from '../core/simulator.ts';
import type { Members } from '../kit/json-body.ts';
import { invalid } from './refusal.ts';
import { nextNumber, type OrderRow } from './rows.ts';
import { coupons, rates, type ShopRate, shippingRate, shopProducts } from './shop.ts';

/** Cents, with what is below them: the shop rounds a line's parts and the whole, each by itself. */
interface Part {
  readonly net: number;
  readonly tax: number;
}

type Money = Pick<
  OrderRow,
  | 'line_items'
  | 'fee_lines'
  | 'shipping_lines'
  | 'coupon_lines'
  | 'tax_lines'
  | 'discount_total'
  | 'discount_tax'
  | 'shipping_total'
  | 'shipping_tax'
  | 'cart_tax'
  | 'total'
  | 'total_tax'
>;

/** Rounded half away from zero, as the shop does. */
const cents = (minor: number): number => Math.sign(minor) * Math.round(Number(Math.abs(minor).toFixed(6)));
export const money = (minor: number): string => (cents(minor) / 100).toFixed(2);

const fromGross = (gross: number, { percent }: ShopRate): Part => {
  const net = gross / (1 + percent / 100);
  return { net, tax: gross - net };
};
const fromNet = (net: number, { percent }: ShopRate): Part => ({ net, tax: (net * percent) / 100 });

const listOf = (body: Members, name: string): readonly Members[] =>
  Array.isArray(body[name]) ? (body[name] as Members[]) : [];

const minorIn = (fields: Members, name: string): number | undefined => {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  const minor = Number(value) * 100;
  if (Number.isNaN(minor)) throw invalid(name, `${name} is not of type string.`);
  return cents(minor);
};

const sum = (parts: readonly Part[], part: keyof Part): number =>
  parts.reduce((all, one) => all + one[part], 0);

/** What an order of these lines comes to: prices include the tax, a coupon takes its percentage off each line. */
export function moneyOf(desk: VendorDesk, body: Members): Money {
  const codes = listOf(body, 'coupon_lines').map(({ code }) => String(code));
  const unknown = codes.find((code) => coupons[code] === undefined);
  if (unknown !== undefined) throw invalid('coupon_lines', `Coupon "${unknown}" does not exist!`);
  const off = codes.reduce((all, code) => all + (coupons[code] ?? 0), 0);
  const charge = (part: Part, rate: ShopRate) => ({
    id: nextNumber(desk, 'item'),
    total: money(part.net),
    total_tax: money(part.tax),
    taxes: part.tax === 0 ? [] : [{ id: rate.id, total: String(Number((part.tax / 100).toFixed(6))) }],
    meta_data: [],
  });

  const goods = listOf(body, 'line_items').map((asked) => {
    const product = shopProducts.find(({ id }) => id === Number(asked.product_id));
    if (!product) throw invalid('line_items', 'Product ID provided is invalid.');
    const quantity = Number(asked.quantity ?? 1);
    const list = fromGross(product.priceMinor * quantity, product.rate);
    const net = minorIn(asked, 'total');
    const gross = product.priceMinor * quantity;
    const part =
      net === undefined
        ? fromGross(gross - cents((gross * off) / 100), product.rate)
        : fromNet(net, product.rate);
    return { product, quantity, list, part };
  });
  const fees = listOf(body, 'fee_lines').map((asked) => {
    const rate = asked.tax_status === 'none' ? { ...shippingRate, percent: 0 } : shippingRate;
    return { name: String(asked.name ?? ''), rate, part: fromNet(minorIn(asked, 'total') ?? 0, rate) };
  });
  const shipping = listOf(body, 'shipping_lines').map((asked) => ({
    title: String(asked.method_title ?? ''),
    part: fromNet(minorIn(asked, 'total') ?? 0, shippingRate),
  }));

  const cart = [...goods, ...fees].map(({ part }) => part);
  const sent = shipping.map(({ part }) => part);
  const discount = goods.map(({ list, part }) => ({ net: list.net - part.net, tax: list.tax - part.tax }));
  const taxed = [
    ...goods.map(({ product, part }) => ({ rate: product.rate, part, of: 'cart' })),
    ...fees.map(({ rate, part }) => ({ rate, part, of: 'cart' })),
    ...sent.map((part) => ({ rate: shippingRate, part, of: 'shipping' })),
  ];
  const taxOf = (rate: ShopRate, of: string): number =>
    sum(
      taxed.filter((one) => one.rate.id === rate.id && one.of === of).map(({ part }) => part),
      'tax',
    );
  return {
    line_items: goods.map(({ product, quantity, list, part }) => ({
      ...charge(part, product.rate),
      name: product.name,
      product_id: product.id,
      variation_id: 0,
      quantity,
      tax_class: product.rate.percent === 20 ? '' : 'taux-reduit',
      subtotal: money(list.net),
      subtotal_tax: money(list.tax),
      sku: product.sku,
      global_unique_id: '',
      price: Number((part.net / 100 / (quantity || 1)).toFixed(7)),
      image: { id: '', src: '' },
      parent_name: null,
    })),
    fee_lines: fees.map(({ name, rate, part }) => ({
      ...charge(part, rate),
      name,
      tax_class: '',
      tax_status: rate.percent === 0 ? 'none' : 'taxable',
    })),
    shipping_lines: shipping.map(({ title, part }) => ({
      ...charge(part, shippingRate),
      method_title: title,
      method_id: 'flat_rate',
      instance_id: '1',
    })),
    coupon_lines: codes.map((code) => ({
      id: nextNumber(desk, 'item'),
      code,
      discount: money(sum(discount, 'net')),
      discount_tax: money(sum(discount, 'tax')),
      meta_data: [],
      discount_type: 'percent',
      nominal_amount: coupons[code],
      free_shipping: false,
    })),
    tax_lines: rates.flatMap((rate) => {
      const [own, carried] = [taxOf(rate, 'cart'), taxOf(rate, 'shipping')];
      if (own === 0 && carried === 0) return [];
      return [
        {
          id: nextNumber(desk, 'item'),
          rate_code: rate.code,
          rate_id: rate.id,
          label: rate.label,
          compound: false,
          tax_total: money(own),
          shipping_tax_total: money(carried),
          rate_percent: rate.percent,
          meta_data: [],
        },
      ];
    }),
    discount_total: money(sum(discount, 'net')),
    discount_tax: money(sum(discount, 'tax')),
    shipping_total: money(sum(sent, 'net')),
    shipping_tax: money(sum(sent, 'tax')),
    cart_tax: money(sum(cart, 'tax')),
    total: money(sum(cart, 'net') + sum(cart, 'tax') + sum(sent, 'net') + sum(sent, 'tax')),
    total_tax: money(sum(cart, 'tax') + sum(sent, 'tax')),
  };
}
