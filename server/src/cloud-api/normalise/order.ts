import type { OrderContent } from '../content';
import { compact, isObject, list, number, text, type JsonObject } from '../read';

type Item = OrderContent['order']['items'][number];

/**
 * A cart. The price is what the person saw, not an authority; totals are summed in decimals per currency, because
 * currencies may be mixed and 0.1 + 0.2 must stay 0.3.
 */
export function orderContent(order: JsonObject): OrderContent {
  const items = list(order.product_items).filter(isObject).map(item);
  const totals = totalsOf(items);
  const complete = totals.length === 1 && items.every((one) => one.price !== null && one.currency !== null);
  return {
    ...compact({ catalogId: text(order.catalog_id), note: text(order.text) }),
    order: {
      items,
      total: complete ? totals[0].total : null,
      currency: complete ? totals[0].currency : null,
      totals,
    },
  };
}

function item(value: JsonObject): Item {
  return {
    productRetailerId: text(value.product_retailer_id),
    quantity: number(value.quantity) ?? 1,
    price: number(value.item_price),
    currency: text(value.currency),
  };
}

/** Decimals of Meta's prices never exceed three (dinars); six leaves room and stays exact in 2^53. */
const SCALE = 1e6;

function totalsOf(items: Item[]): { currency: string; total: number }[] {
  const sums = new Map<string, number>();
  for (const { price, currency, quantity } of items) {
    if (price === null || currency === null) continue;
    sums.set(currency, (sums.get(currency) ?? 0) + Math.round(price * SCALE) * quantity);
  }
  return [...sums].map(([currency, sum]) => ({ currency, total: sum / SCALE }));
}
