import { Badge } from '@strapi/design-system';
import { useEffect, useRef } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { componentOf } from '../../../../../server/src/templates/model';
import { ListRow } from '../../../design/ListRow';
import { categoryWord } from '../../../templates/picker/words';
import { t } from '../../../translate';
import { plainStart } from '../../markup/plain';
import type { Slash } from './use-slash';

/** Above the field; the thread behind it stays where it is. */
const List = styled.div`
  position: absolute;
  inset-block-end: calc(100% - 4px);
  inset-inline: 16px;
  z-index: 2;
  max-height: min(360px, 50vh);
  padding: 4px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
  overflow: hidden auto;
`;
const Words = styled.span`
  display: grid;
  flex: 1;
  min-width: 0;
  > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  > :first-child {
    font-weight: 600;
  }
`;
const Under = styled.span`
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  [data-active] & {
    color: ${({ theme }) => theme.colors.neutral700};
  }
`;

/** Templates behind a slash. The focus stays in the field, which walks through them. */
export const SlashMenu = ({ slash }: { slash: Slash }) => {
  const { formatMessage } = useIntl();
  const { id, open, groups, active, choose, look, optionId } = slash;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  if (!open) return null;
  const option = (index: number) => ({
    id: optionId(index),
    role: 'option',
    tabIndex: -1,
    type: 'button' as const,
    'aria-selected': index === active,
    'data-active': index === active || undefined,
    onMouseEnter: () => look(index),
    onClick: () => choose(index),
  });
  return (
    // A press must not take the focus out of the field.
    <List
      ref={list}
      id={id}
      role="listbox"
      aria-label={formatMessage(t('slash.label'))}
      onMouseDown={(event) => event.preventDefault()}
    >
      {groups.map(({ name, template }, index) => (
        <ListRow key={`${template.businessAccountId} ${name}`} {...option(index)}>
          <Words>
            <bdi>{name}</bdi>
            <Under dir="auto">{plainStart(componentOf(template.components, 'BODY')?.text ?? '')}</Under>
          </Words>
          <Badge>{categoryWord(template.category, formatMessage)}</Badge>
        </ListRow>
      ))}
      <ListRow {...option(groups.length)}>{formatMessage(t('slash.all'))}</ListRow>
    </List>
  );
};
