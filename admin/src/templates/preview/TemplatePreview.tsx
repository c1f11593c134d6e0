import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { directionOf } from '../../../../server/src/templates/languages';
import type { RenderedTemplate } from '../../../../server/src/templates/render';
import { Body, Muted } from '../../messages/bubble/shell';
import { Buttons } from './Buttons';
import { Carousel } from './Carousel';

import { Header } from './Header';
import { Offer } from './Offer';
import { PhoneGround, type Scheme } from './PhoneGround';
import type { MediaOf } from './preview-media';
import { Words } from './Words';

const Footer = styled(Muted)`
  display: block;
  overflow-wrap: anywhere;
  unicode-bidi: plaintext;
`;

interface ContentProps {
  /** From `renderTemplate` of the server's pure rules, or as it is kept with a message (`content.rendered`). */
  rendered: RenderedTemplate;
  /** Meta's code of the template's language, `ar`, `en_US`: the side where it begins. Default: that of its surroundings. */
  language?: string | null;
  /** Variables without a value are marked. Default: true; false for messages that are out. */
  gaps?: boolean;
  /** Files of headers; default: what the values name. */
  media?: MediaOf;
  /** Presses on quick replies: by their place, and the card (null: of the template). Default: nothing but addresses acts. */
  onPress?(button: number, card: number | null): void;
  /** Time and state, floating into the last line of the text. */
  end?: ReactNode;
}

interface Props extends ContentProps {
  /** `phone`: with ground and bubble, as its receiver sees it. `bare` (default): stands in a bubble of the caller's. */
  frame?: 'bare' | 'phone';
  /** Of the phone: the panel's own colours (default), or always light or dark. */
  scheme?: Scheme;
  /** Of the phone: the name above the chat. */
  title?: string;
}

const Content = ({ rendered, language, gaps = true, media = () => null, onPress, end }: ContentProps) => {
  const { header, body, footer, buttons, cards, offer } = rendered;
  const own = media(null);
  const shownHere = (card: number) => {
    const file = media(card);
    return file === 'elsewhere' ? null : file;
  };
  return (
    <div dir={language ? directionOf(language) : undefined}>
      {header && own !== 'elsewhere' && <Header header={header} media={own} gaps={gaps} />}
      {header?.type === 'text' && own === 'elsewhere' && <Header header={header} media={null} gaps={gaps} />}
      {offer && <Offer offer={offer} buttons={buttons} />}
      <Body>
        <Words text={body} gaps={gaps} />
        {!footer && end}
      </Body>
      {footer && (
        <Footer>
          {footer}
          {end}
        </Footer>
      )}
      <Buttons buttons={buttons} onPress={onPress && ((index) => onPress(index, null))} />
      {cards.length > 0 && (
        <Carousel
          cards={cards}
          media={shownHere}
          gaps={gaps}
          onPress={onPress && ((card, index) => onPress(index, card))}
        />
      )}
    </div>
  );
};

/**
 * A template as people see it: the one drawing behind preview, thread and simulator. Pure: what it shows comes from
 * `rendered` alone, so a preview follows each keystroke without asking anybody.
 */
export const TemplatePreview = ({ frame = 'bare', scheme = 'panel', title, ...content }: Props) =>
  frame === 'bare' ? (
    <Content {...content} />
  ) : (
    <PhoneGround scheme={scheme} title={title}>
      <Content {...content} />
    </PhoneGround>
  );
