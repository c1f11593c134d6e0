import { Popover } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { PlayCustomer } from '../../../server/src/sandbox/contract';
import { ListRow } from '../design/ListRow';
import { ToolButton } from '../messages/composer/tool-styles';
import { t } from '../translate';
import { PLAYS } from './play-menu';

const List = styled.div`
  width: 300px;
  max-width: calc(100vw - 32px);
  max-height: min(420px, 60vh);
  padding: 8px;
  overflow: hidden auto;
`;
const Title = styled.h3`
  padding: 8px 8px 4px;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.1rem;
  font-weight: 600;
`;
/** Everything a customer can send, and a few things that only happen to one. */
export const PlayMenu = ({ onPlay }: { onPlay(body: PlayCustomer.Body): void }) => {
  const { formatMessage } = useIntl();
  const [open, setOpen] = useState(false);
  const label = formatMessage(t('play.open'));
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger>
        <ToolButton type="button" aria-label={label} title={label}>
          <Plus aria-hidden />
        </ToolButton>
      </Popover.Trigger>
      <Popover.Content side="top" align="start" aria-label={label}>
        <List>
          {PLAYS.map(({ group, plays }) => (
            <section key={group} aria-label={formatMessage(t(group))}>
              <Title aria-hidden>{formatMessage(t(group))}</Title>
              {plays.map(({ id, body }) => (
                <ListRow
                  key={id}
                  type="button"
                  onClick={() => {
                    setOpen(false);
                    onPlay(body);
                  }}
                >
                  {formatMessage(t(id))}
                </ListRow>
              ))}
            </section>
          ))}
        </List>
      </Popover.Content>
    </Popover.Root>
  );
};
