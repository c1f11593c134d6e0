import { Gift } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { RenderedButton, RenderedTemplate } from '../../../../server/src/templates/render';
import { useNow } from '../../design/use-now';
import { Attachment, Muted } from '../../messages/bubble/shell';
import { t } from '../../translate';
import { countdown } from './countdown';

const Ending = ({ expiresAt }: { expiresAt: number }) => {
  const { formatMessage } = useIntl();
  const left = countdown(expiresAt, useNow(1_000));
  if (!left) return <Muted>{formatMessage(t('preview.offerEnded'))}</Muted>;
  return (
    <Muted style={{ fontVariantNumeric: 'tabular-nums' }}>
      {left.days > 0
        ? formatMessage(t('preview.offerDays'), { days: left.days, hours: left.hours })
        : formatMessage(t('preview.offerClock'), { clock: left.clock })}
    </Muted>
  );
};

interface Props {
  offer: NonNullable<RenderedTemplate['offer']>;
  buttons: RenderedButton[];
}

/** A limited-time offer: its words, the code, and what is left of it. */
export const Offer = ({ offer, buttons }: Props) => {
  const { formatMessage } = useIntl();
  const code = buttons.find(({ type, target }) => type === 'copy_code' && target)?.target;
  return (
    <Attachment>
      <Gift width={20} height={20} aria-hidden />
      <span style={{ display: 'grid', minWidth: 0, overflowWrap: 'anywhere' }}>
        <strong dir="auto">{offer.text}</strong>
        {code && <Muted>{formatMessage(t('preview.code'), { code })}</Muted>}
        {offer.expiresAt !== null && <Ending expiresAt={offer.expiresAt} />}
      </span>
    </Attachment>
  );
};
