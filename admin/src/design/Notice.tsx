import { Flex, Typography } from '@strapi/design-system';
import { Information, WarningCircle } from '@strapi/icons';
import type { ComponentProps, FunctionComponent, ReactNode } from 'react';

interface Tone {
  background: 'neutral100' | 'warning100' | 'danger100';
  border: 'neutral200' | 'warning200' | 'danger200';
  fill: 'neutral600' | 'warning700' | 'danger600';
  Icon: FunctionComponent<ComponentProps<typeof Information>>;
}

const TONES: Record<'info' | 'warning' | 'danger', Tone> = {
  info: { background: 'neutral100', border: 'neutral200', fill: 'neutral600', Icon: Information },
  warning: { background: 'warning100', border: 'warning200', fill: 'warning700', Icon: WarningCircle },
  danger: { background: 'danger100', border: 'danger200', fill: 'danger600', Icon: WarningCircle },
};

interface Props {
  tone: keyof typeof TONES;
  title: string;
  children?: ReactNode;
}

/** What holds as long as it stands there; the design system's `Alert` can be closed, and would be back on reload. */
export const Notice = ({ tone, title, children }: Props) => {
  const { background, border, fill, Icon } = TONES[tone];
  return (
    <Flex
      role="note"
      alignItems="flex-start"
      gap={3}
      padding={4}
      hasRadius
      background={background}
      borderColor={border}
    >
      <Icon width={20} height={20} fill={fill} aria-hidden style={{ flex: 'none' }} />
      <Flex direction="column" alignItems="flex-start" gap={1} style={{ minWidth: 0 }}>
        <Typography fontWeight="bold" textColor="neutral800">
          {title}
        </Typography>
        {children && <Typography textColor="neutral800">{children}</Typography>}
      </Flex>
    </Flex>
  );
};
