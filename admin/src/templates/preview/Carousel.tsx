import type { KeyboardEvent } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { RenderedCard } from '../../../../server/src/templates/render';
import { Body } from '../../messages/bubble/shell';
import { t } from '../../translate';
import { Buttons } from './Buttons';
import { Header } from './Header';
import type { PreviewMedia } from './preview-media';
import { Words } from './Words';

const CARD = 220;

const Row = styled.ul`
  display: flex;
  gap: 8px;
  margin: 8px -4px 0;
  padding: 4px;
  list-style: none;
  overflow: auto hidden;
  scroll-snap-type: x proximity;
  overscroll-behavior-x: contain;
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    border-radius: 7px;
  }
`;
const Card = styled.li`
  display: flex;
  flex: none;
  flex-direction: column;
  justify-content: space-between;
  width: ${CARD}px;
  max-width: 85%;
  padding: 6px 10px;
  border: 1px solid var(--wa-border);
  border-radius: 8px;
  background: var(--wa-bg);
  scroll-snap-align: start;
`;

interface Props {
  cards: RenderedCard[];
  media(card: number): PreviewMedia | null;
  gaps: boolean;
  onPress?(card: number, index: number): void;
}

/** Cards side by side. Left and right move by one card, Home and End to either end. */
export const Carousel = ({ cards, media, gaps, onPress }: Props) => {
  const { formatMessage } = useIntl();
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.target !== event.currentTarget) return;
    const list = event.currentTarget;
    // Both arrows and `left` follow the eye: in a right-to-left list the numbers are negative, the direction is not.
    const left = { ArrowLeft: -CARD - 8, ArrowRight: CARD + 8 }[event.key];
    const edge = { Home: 0, End: cards.length - 1 }[event.key];
    if (left === undefined && edge === undefined) return;
    event.preventDefault();
    if (left !== undefined) list.scrollBy?.({ left, behavior: 'smooth' });
    else list.children[edge!]?.scrollIntoView?.({ block: 'nearest', inline: 'nearest', behavior: 'smooth' });
  };
  return (
    <Row
      role="group"
      tabIndex={0}
      aria-label={formatMessage(t('preview.cards'), { count: cards.length })}
      onKeyDown={onKeyDown}
    >
      {cards.map((card, index) => (
        <Card
          key={index}
          role="group"
          aria-label={formatMessage(t('preview.card'), { at: index + 1, count: cards.length })}
        >
          <div>
            {card.header && <Header header={card.header} media={media(index)} gaps={gaps} />}
            {card.body && (
              <Body>
                <Words text={card.body} gaps={gaps} />
              </Body>
            )}
          </div>
          <Buttons buttons={card.buttons} onPress={onPress && ((button) => onPress(index, button))} />
        </Card>
      ))}
    </Row>
  );
};
