import { Searchbar, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useEffect, useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Integration } from '../../../server/src/integrations/contract';
import { t } from '../translate';

const DEBOUNCE_MS = 250;
const ALL = 'all';

const Frame = styled.div`
  display: flex;
  flex: none;
  flex-direction: column;
  gap: 8px;
  padding: 12px 16px;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
`;

const Line = styled.div`
  display: flex;
  align-items: center;
  gap: 8px;
  > :first-child {
    flex: 1;
    min-width: 0;
  }
`;

interface Props {
  q: string;
  integration: string | null;
  numbers: Integration[];
  onQ(q: string): void;
  onIntegration(id: string | null): void;
  /** Stands beside the search. */
  action?: ReactNode;
  children?: ReactNode;
}

/** Search, and the choice of a number where there is more than one. */
export const ListFilters = ({ q, integration, numbers, onQ, onIntegration, action, children }: Props) => {
  const { formatMessage } = useIntl();
  const [text, setText] = useState(q);

  // Going back in history changes the address, not this field.
  useEffect(() => setText(q), [q]);
  useEffect(() => {
    if (text === q) return;
    const timer = setTimeout(() => onQ(text.trim()), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text, q, onQ]);

  return (
    <Frame>
      {children}
      <Line>
        <div>
          <Searchbar
            name="whatsapp-search"
            size="S"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onClear={() => {
              setText('');
              onQ('');
            }}
            onSubmit={(event) => event.preventDefault()}
            clearLabel={formatMessage(t('list.clearSearch'))}
            placeholder={formatMessage(t('list.search'))}
          >
            {formatMessage(t('list.search'))}
          </Searchbar>
        </div>
        {action}
      </Line>
      {numbers.length > 1 && (
        <SingleSelect
          size="S"
          aria-label={formatMessage(t('list.number'))}
          value={integration ?? ALL}
          onChange={(value) => onIntegration(value === ALL ? null : String(value))}
        >
          <SingleSelectOption value={ALL}>{formatMessage(t('list.allNumbers'))}</SingleSelectOption>
          {numbers.map(({ id, name }) => (
            <SingleSelectOption key={id} value={id}>
              {name}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      )}
    </Frame>
  );
};
