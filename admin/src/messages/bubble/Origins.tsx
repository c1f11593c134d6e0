import { ExternalLink } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { ForwardGlyph } from '../../design/icons';
import { t } from '../../translate';
import { recordOf, textOf } from './content';
import { Muted } from './shell';

const Label = styled(Muted)`
  display: flex;
  align-items: center;
  gap: 4px;
  margin-bottom: 2px;
  font-style: italic;
`;
const Card = styled.div`
  margin-bottom: 4px;
  padding: 8px 10px;
  border-inline-start: 3px solid var(--wa-line);
  border-radius: 4px;
  background: var(--wa-inset);
  font-size: 1.3rem;
  overflow-wrap: anywhere;
  > * {
    display: block;
  }
  a {
    color: inherit;
  }
`;

const Referral = ({ referral }: { referral: Record<string, unknown> }) => {
  const { formatMessage } = useIntl();
  const url = textOf(referral, 'sourceUrl');
  const isPost = textOf(referral, 'sourceType') === 'post';
  const headline = textOf(referral, 'headline');
  const body = textOf(referral, 'body');
  return (
    <Card>
      <Muted>{formatMessage(t(isPost ? 'referral.post' : 'referral.ad'))}</Muted>
      {headline && <strong dir="auto">{headline}</strong>}
      {body && <span dir="auto">{body}</span>}
      {/^https?:\/\//i.test(url) && (
        <a href={url} target="_blank" rel="noopener noreferrer">
          {formatMessage(t('referral.open'))} <ExternalLink width={12} height={12} aria-hidden />
        </a>
      )}
    </Card>
  );
};

/** Where a message came from: passed on, an ad, a product page, the phone app's past. */
export const Origins = ({ message }: { message: Message }) => {
  const { formatMessage } = useIntl();
  const { content } = message;
  const referral = recordOf(content.referral);
  const product = textOf(recordOf(content.referredProduct), 'productRetailerId');
  return (
    <>
      {content.forwarded === true && (
        <Label>
          <ForwardGlyph />
          {formatMessage(
            t(content.frequentlyForwarded === true ? 'message.forwardedOften' : 'message.forwarded'),
          )}
        </Label>
      )}
      {content.history === true && <Label>{formatMessage(t('message.imported'))}</Label>}
      {Object.keys(referral).length > 0 && <Referral referral={referral} />}
      {product && (
        <Card>
          <Muted>{formatMessage(t('referral.product'))}</Muted>
          <bdi>{product}</bdi>
        </Card>
      )}
    </>
  );
};
