import { Box, Flex, Typography } from '@strapi/design-system';
import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  text?: ReactNode;
  /** Buttons at the card's upper end. */
  action?: ReactNode;
  children?: ReactNode;
}

/** A boxed section of a settings page, named by its heading. */
export const Card = ({ title, text, action, children }: Props) => {
  const id = useId();
  return (
    <Box
      background="neutral0"
      hasRadius
      shadow="filterShadow"
      padding={{ initial: 4, medium: 6 }}
      tag="section"
      aria-labelledby={id}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex justifyContent="space-between" alignItems="flex-start" gap={4} wrap="wrap">
          <Flex direction="column" alignItems="flex-start" gap={1} flex="1 1 24rem">
            <Typography id={id} variant="delta" tag="h2">
              {title}
            </Typography>
            {text && <Typography textColor="neutral600">{text}</Typography>}
          </Flex>
          {action}
        </Flex>
        {children}
      </Flex>
    </Box>
  );
};
