import { Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import { componentOf } from '../../../../server/src/templates/model';
import { t } from '../../translate';
import { BodyField } from './BodyField';
import { useBuilder, useFieldError } from './builder-context';
import { evenCards, newCard } from './buttons';
import { ButtonsField } from './ButtonsField';
import { put, scopeOf, withScope, type Components } from './components';
import { FieldAt } from './FieldAt';
import { HeaderField } from './HeaderField';

const List = styled.ol`
  display: flex;
  flex-direction: column;
  gap: 16px;
  list-style: none;
  > li {
    padding: 16px;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: ${({ theme }) => theme.borderRadius};
    background: ${({ theme }) => theme.colors.neutral0};
  }
`;

/** Cards that one swipes through, each with a picture or film, some words and up to two buttons. */
export const CarouselField = () => {
  const { formatMessage } = useIntl();
  const { draft, source, change } = useBuilder();
  const error = useFieldError('cards');
  const carousel = componentOf(draft.components, 'CAROUSEL');
  if (!carousel) return null;
  const cards = carousel.cards ?? [];
  const { least, most } = LIMITS.cards;
  const write = (next: typeof cards) =>
    change({ components: put(draft.components, { ...carousel, cards: next }) });
  const reshape = (card: number) => (scope: Components) => {
    const changed = withScope(draft.components, card, scope);
    const next = componentOf(changed, 'CAROUSEL')?.cards ?? [];
    change({ components: put(changed, { ...carousel, cards: evenCards(next, card) }) });
  };
  return (
    <FieldAt path="cards">
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography variant="pi" textColor="neutral600">
          {formatMessage(t('templates.cards.hint'))}
        </Typography>
        <List>
          {cards.map((_, index) => {
            const sourceCard = source ? scopeOf(source.components, index) : undefined;
            return (
              <li key={index}>
                <Flex direction="column" alignItems="stretch" gap={4}>
                  <Flex justifyContent="space-between">
                    <Typography fontWeight="semiBold" tag="h3" textColor="neutral800">
                      {formatMessage(t('templates.field.card'), { number: index + 1 })}
                    </Typography>
                    {cards.length > least && (
                      <IconButton
                        type="button"
                        variant="ghost"
                        label={formatMessage(t('templates.cards.remove'), { number: index + 1 })}
                        onClick={() => write(cards.filter((__, at) => at !== index))}
                      >
                        <Trash />
                      </IconButton>
                    )}
                  </Flex>
                  <HeaderField card={index} onShape={reshape(index)} />
                  <BodyField card={index} source={componentOf(sourceCard ?? [], 'BODY')?.text} />
                  <ButtonsField card={index} source={sourceCard} onShape={reshape(index)} />
                </Flex>
              </li>
            );
          })}
        </List>
        {error && (
          <Typography variant="pi" textColor="danger600">
            {error}
          </Typography>
        )}
        <Flex>
          <Button
            type="button"
            size="S"
            variant="secondary"
            startIcon={<Plus />}
            disabled={cards.length >= most}
            onClick={() => write([...cards, newCard(cards)])}
          >
            {formatMessage(t('templates.cards.add'))}
          </Button>
        </Flex>
      </Flex>
    </FieldAt>
  );
};
