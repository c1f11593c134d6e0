import { Checkbox, Flex } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import { componentOf } from '../../../../server/src/templates/model';
import { t } from '../../translate';
import { useBuilder } from './builder-context';
import { put } from './components';
import { CountedField } from './CountedField';
import { withCarousel, withOffer } from './special';

/** What only marketing templates may have: an offer that ends, or cards to swipe through. */
export const ExtrasFields = () => {
  const { formatMessage } = useIntl();
  const { draft, change } = useBuilder();
  const { components } = draft;
  const offer = componentOf(components, 'LIMITED_TIME_OFFER');
  const carousel = componentOf(components, 'CAROUSEL');
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Checkbox
        checked={offer !== undefined}
        disabled={carousel !== undefined}
        onCheckedChange={(on: boolean | 'indeterminate') =>
          change({ components: withOffer(components, on === true) })
        }
      >
        {formatMessage(t('templates.offer'))}
      </Checkbox>
      {offer && (
        <>
          <CountedField
            path="offer"
            label={formatMessage(t('templates.offer.text'))}
            required
            value={offer.limited_time_offer?.text ?? ''}
            max={LIMITS.offerText}
            onChange={(text) =>
              change({
                components: put(components, {
                  ...offer,
                  limited_time_offer: { ...offer.limited_time_offer, text },
                }),
              })
            }
          />
          <Checkbox
            checked={offer.limited_time_offer?.has_expiration ?? false}
            onCheckedChange={(on: boolean | 'indeterminate') =>
              change({
                components: put(components, {
                  ...offer,
                  limited_time_offer: { ...offer.limited_time_offer, has_expiration: on === true },
                }),
              })
            }
          >
            {formatMessage(t('templates.offer.countdown'))}
          </Checkbox>
        </>
      )}
      <Checkbox
        checked={carousel !== undefined}
        disabled={offer !== undefined}
        onCheckedChange={(on: boolean | 'indeterminate') =>
          change({ components: withCarousel(components, on === true) })
        }
      >
        {formatMessage(t('templates.cards.use'))}
      </Checkbox>
    </Flex>
  );
};
