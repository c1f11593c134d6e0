import { Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Clock, CrossCircle, Minus, Pencil, Stop, Trash } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { DraftState } from '../../../../server/src/template-drafts/contract';
import { t } from '../../translate';
import { chipOf, NAMED_STATUSES, type Chip } from './status';

const SIGNS = {
  approved: { Icon: CheckCircle, fill: 'success600' },
  in_review: { Icon: Clock, fill: 'neutral600' },
  rejected: { Icon: CrossCircle, fill: 'danger600' },
  paused: { Icon: Stop, fill: 'warning700' },
  disabled: { Icon: Minus, fill: 'danger600' },
  draft: { Icon: Pencil, fill: 'neutral600' },
  removed: { Icon: Trash, fill: 'neutral600' },
} as const satisfies Record<Chip, { Icon: unknown; fill: string }>;

export const ChipIcon = ({ chip }: { chip: Chip }) => {
  const { Icon, fill } = SIGNS[chip];
  return <Icon width={16} height={16} fill={fill} aria-hidden style={{ flex: 'none' }} />;
};

/** A template's state at Meta by sign and word, never by colour alone. */
export const StatusBadge = ({ status }: { status: string }) => {
  const { formatMessage } = useIntl();
  const named = NAMED_STATUSES.find((one) => one === status.toUpperCase());
  return (
    <Flex tag="span" display="inline-flex" gap={2}>
      <ChipIcon chip={chipOf(status)} />
      <Typography textColor="neutral800">
        {named ? formatMessage(t(`templates.status.${named}`)) : status}
      </Typography>
    </Flex>
  );
};

/** Where a draft stands between colleagues. */
export const DraftBadge = ({ state }: { state: DraftState }) => {
  const { formatMessage } = useIntl();
  return (
    <Flex tag="span" display="inline-flex" gap={2}>
      <ChipIcon chip="draft" />
      <Typography textColor="neutral800">{formatMessage(t(`templates.draft.${state}`))}</Typography>
    </Flex>
  );
};
