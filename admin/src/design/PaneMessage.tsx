import { Flex, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';

interface Props {
  picture: ReactNode;
  title: string;
  text?: string;
  children?: ReactNode;
}

/** An empty or failed pane: picture, one sentence, and the way on. */
export const PaneMessage = ({ picture, title, text, children }: Props) => (
  <Flex
    direction="column"
    justifyContent="center"
    gap={4}
    padding={6}
    height="100%"
    width="100%"
    minHeight={0}
  >
    {picture}
    <Flex direction="column" gap={2} maxWidth="42rem">
      <Typography variant="delta" tag="h2" textAlign="center" textColor="neutral800">
        {title}
      </Typography>
      {text && (
        <Typography textColor="neutral600" textAlign="center">
          {text}
        </Typography>
      )}
    </Flex>
    {children}
  </Flex>
);
