import { darkTheme, lightTheme } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { styled, ThemeProvider, useTheme } from 'styled-components';
import { isDarkPalette } from '../../design/bubble-tokens';
import { Bubble, tokensOf } from '../../messages/bubble/shell';

export type Scheme = 'panel' | 'light' | 'dark';

const Ground = styled.div`
  display: flex;
  flex-direction: column;
  width: 100%;
  max-width: 380px;
  min-width: 0;
  margin-inline: auto;
  /* As a device in either theme: the dark one's greys run the other way. */
  border: 6px solid ${({ theme }) => theme.colors[isDarkPalette(theme.colors) ? 'neutral200' : 'neutral700']};
  border-radius: 24px;
  background: ${({ theme }) => tokensOf(theme).thread};
  overflow: hidden;
`;
const Head = styled.div`
  padding: 10px 16px;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.4rem;
  font-weight: 600;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;
const Chat = styled.div`
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  min-height: 200px;
  padding: 16px 12px 20px;
`;
/** Wider than in the thread: a phone is narrow, and nothing stands beside the bubble. */
const Message = styled(Bubble)`
  max-width: 94%;
`;

interface Props {
  scheme: Scheme;
  title?: string;
  children: ReactNode;
}

/** The receiver's phone around a message. `light` and `dark` hold whatever the panel itself looks like. */
export const PhoneGround = ({ scheme, title, children }: Props) => {
  const panel = useTheme();
  const colors = { panel: panel.colors, light: lightTheme.colors, dark: darkTheme.colors }[scheme];
  return (
    <ThemeProvider theme={{ ...panel, colors }}>
      <Ground data-scheme={scheme}>
        {title && <Head dir="auto">{title}</Head>}
        <Chat>
          <Message $tone="incoming" $mine={false} $first $last $flash={false}>
            {children}
          </Message>
        </Chat>
      </Ground>
    </ThemeProvider>
  );
};
