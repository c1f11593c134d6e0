import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t } from '../../translate';
import { emojiOnlyCount } from '../markup/emoji-only';
import { Markup } from '../markup/Markup';
import { InlineButton } from './shell';

/** UX-27: longer texts are cut. A line of a bubble holds about 70 characters. */
const LINES = 12;
const PER_LINE = 70;

/** Whether a text takes more lines than a bubble shows at once. */
export const isLong = (text: string): boolean => {
  if (text.length <= LINES) return false;
  let lines = 0;
  for (const line of text.split('\n')) {
    lines += Math.max(1, Math.ceil(line.length / PER_LINE));
    if (lines > LINES + 2) return true;
  }
  return false;
};

const Big = styled.div`
  font-size: 3.2rem;
  line-height: 4rem;
`;
const Cut = styled.div`
  max-height: ${LINES * 1.45}em;
  overflow: hidden;
  mask-image: linear-gradient(to bottom, black 75%, transparent);
`;

/** The words of a message: with markup, large when they are a few emoji, cut when they are many. */
export const TextBody = ({ text, mayBeBig }: { text: string; mayBeBig: boolean }) => {
  const { formatMessage } = useIntl();
  const [open, setOpen] = useState(false);
  if (text === '') return null;
  if (mayBeBig && emojiOnlyCount(text) > 0) return <Big>{text}</Big>;
  if (!isLong(text)) return <Markup text={text} />;
  return (
    <>
      {open ? (
        <div>
          <Markup text={text} />
        </div>
      ) : (
        <Cut>
          <Markup text={text} />
        </Cut>
      )}
      <InlineButton type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {formatMessage(t(open ? 'message.readLess' : 'message.readMore'))}
      </InlineButton>
    </>
  );
};
