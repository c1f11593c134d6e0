import { Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';

interface Props {
  words: string;
  /** What the button that takes it away is called. */
  takeAway: string;
  onTakeAway(): void;
}

/** What was chosen for a field, and the way to choose something else. */
export const ChosenValue = ({ words, takeAway, onTakeAway }: Props) => (
  <Flex justifyContent="space-between" gap={2} padding={2} paddingLeft={3} hasRadius background="neutral100">
    <Typography textColor="neutral800" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
      <bdi>{words}</bdi>
    </Typography>
    <IconButton variant="ghost" size="S" label={takeAway} onClick={onTakeAway}>
      <Cross />
    </IconButton>
  </Flex>
);
