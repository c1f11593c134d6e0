import { useIntl } from 'react-intl';
import type { Message } from '../../../../server/src/messages/contract';
import { t } from '../../translate';
import { typeInfo } from '../type-info';
import { listOf, numberOf, recordOf, textOf } from './content';
import { Attachment, Muted } from './shell';

/** An amount in its currency; the bare number when Meta names a currency that the browser does not know. */
const money = (amount: number, currency: string, locale: string): string => {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
  } catch {
    return `${new Intl.NumberFormat(locale).format(amount)} ${currency}`.trim();
  }
};

/** What the person put into the cart, and what it comes to. */
export const OrderBody = ({ message }: { message: Message }) => {
  const { formatMessage, locale } = useIntl();
  const { Icon, label } = typeInfo('order');
  const order = recordOf(message.content.order);
  const total = numberOf(order, 'total');
  return (
    <Attachment>
      {Icon && <Icon width={20} height={20} aria-hidden />}
      <span>
        {formatMessage(t(label))}
        {listOf(order.items).map((item, index) => (
          <Muted key={index} style={{ display: 'block' }}>
            {numberOf(item, 'quantity') ?? 1} × <bdi>{textOf(item, 'productRetailerId')}</bdi>
          </Muted>
        ))}
        {total !== null && (
          <span style={{ display: 'block', fontWeight: 600 }}>
            {money(total, textOf(order, 'currency'), locale)}
          </span>
        )}
      </span>
    </Attachment>
  );
};
