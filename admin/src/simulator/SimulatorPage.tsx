import { Box, Button, LinkButton, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { Faders, Message, Phone as PhoneIcon } from '@strapi/icons';
import { EmptyData, EmptyDocuments } from '@strapi/icons/symbols';
import { Page, useMediaQuery } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { styled } from 'styled-components';
import { simulatorResource } from '../api/resources';
import { useResource } from '../api/resource';
import { PaneBoundary, PaneFailure } from '../design/PaneBoundary';
import { PaneMessage } from '../design/PaneMessage';
import { Frame } from '../inbox/Frame';
import { usePanes } from '../inbox/layout';
import { PLUGIN_PATH } from '../plugin-id';
import { t } from '../translate';
import type { Abilities } from '../use-abilities';
import { CustomerList } from './CustomerList';
import { Faults } from './Faults';
import { Phone } from './Phone';
import { useSimulatorActions } from './use-simulator';
import { useStartSandbox } from './use-start-sandbox';

const Side = styled.section<{ $width: string; $end?: boolean }>`
  display: flex;
  flex: none;
  flex-direction: column;
  width: ${({ $width }) => $width};
  overflow: hidden auto;
  background: ${({ theme }) => theme.colors.neutral0};
  ${({ $end }) => ($end ? 'border-inline-start' : 'border-inline-end')}: 1px solid
    ${({ theme }) => theme.colors.neutral150};
`;
const Stage = styled.section`
  display: flex;
  flex: 1;
  align-items: center;
  justify-content: center;
  min-width: 0;
  padding: 24px;
  @media (max-width: 767px) {
    padding: 0;
  }
`;
const Top = styled.div`
  display: flex;
  flex-direction: column;
  gap: 12px;
  padding: 16px;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
`;

const NoSandbox = ({ canStart }: { canStart: boolean }) => {
  const { formatMessage } = useIntl();
  const { start, busy } = useStartSandbox();
  return (
    <PaneMessage
      picture={<EmptyData width="16rem" height="8.8rem" aria-hidden />}
      title={formatMessage(t('simulator.none.title'))}
      text={formatMessage(t('simulator.none.text'))}
    >
      {canStart && (
        <Button startIcon={<PhoneIcon />} loading={busy} onClick={start}>
          {formatMessage(t('start.sandbox'))}
        </Button>
      )}
    </PaneMessage>
  );
};

/** Plays the customers of the sandbox number: their list, one phone, and the simulator's faults. */
export const SimulatorPage = ({ abilities }: { abilities: Abilities }) => {
  const { formatMessage } = useIntl();
  const { customerId = null } = useParams();
  const [search, setSearch] = useSearchParams();
  const panes = usePanes();
  const roomForFaults = useMediaQuery('(min-width: 1360px)');
  const [faultsOpen, setFaultsOpen] = useState(false);
  const { data, error, loading } = useResource(simulatorResource, abilities.canUseSimulator);
  const { addCustomer, setFault, clearFaults } = useSimulatorActions();
  const title = formatMessage(t('simulator.title'));

  if (!abilities.canUseSimulator) return <Page.NoPermissions />;
  if (!data && loading) return <Page.Loading />;

  const number = data?.numbers.find((one) => one.phoneNumberId === search.get('number')) ?? data?.numbers[0];
  const customers = data?.customers ?? [];
  const chosenId = customerId ?? (panes.sideBySide ? customers[0]?.id : null);
  const customer = customers.find(({ id }) => id === chosenId);
  const query = search.size > 0 ? `?${search}` : '';
  const showList = panes.sideBySide || !customer;

  return (
    <Frame title={title} abilities={abilities} subNav={panes.subNav}>
      <PaneBoundary>
        {!data && error && (
          <PaneFailure reference={error.reference} onRetry={() => void simulatorResource.refresh()} />
        )}
        {data && !number && <NoSandbox canStart={abilities.canManageIntegrations} />}
        {data && number && showList && (
          <Side
            $width={panes.sideBySide ? '280px' : '100%'}
            aria-label={formatMessage(t('simulator.customers'))}
          >
            <Top>
              <Typography variant="delta" tag="h2">
                {title}
              </Typography>
              <Typography variant="pi" textColor="neutral600">
                {formatMessage(t('simulator.hint'))}
              </Typography>
              {data.numbers.length > 1 && (
                <SingleSelect
                  size="S"
                  aria-label={formatMessage(t('list.number'))}
                  value={number.phoneNumberId}
                  onChange={(value) => setSearch({ number: String(value) })}
                >
                  {data.numbers.map((one) => (
                    <SingleSelectOption key={one.phoneNumberId} value={one.phoneNumberId}>
                      {one.name}
                    </SingleSelectOption>
                  ))}
                </SingleSelect>
              )}
              {abilities.canSeeInbox && (
                <LinkButton
                  tag={Link}
                  to={`${PLUGIN_PATH}/inbox/all`}
                  target="_blank"
                  variant="secondary"
                  startIcon={<Message />}
                >
                  {formatMessage(t('simulator.openInbox'))}
                </LinkButton>
              )}
              {!roomForFaults && (
                <Button variant="tertiary" startIcon={<Faders />} onClick={() => setFaultsOpen(!faultsOpen)}>
                  {formatMessage(t('simulator.faults'))}
                </Button>
              )}
            </Top>
            {!roomForFaults && faultsOpen && (
              <Box background="neutral100">
                <Faults
                  faults={data.faults}
                  onSet={(body) => void setFault(body)}
                  onClear={() => void clearFaults()}
                />
              </Box>
            )}
            <CustomerList
              customers={customers}
              selectedId={customer?.id ?? null}
              search={query}
              onAdd={addCustomer}
            />
          </Side>
        )}
        {data && number && (panes.sideBySide || customer) && (
          <Stage>
            {customer ? (
              <Phone
                key={`${customer.id}:${number.phoneNumberId}`}
                customer={customer}
                number={number}
                backTo={panes.sideBySide ? null : `${PLUGIN_PATH}/simulator${query}`}
              />
            ) : (
              <PaneMessage
                picture={<EmptyDocuments width="16rem" height="8.8rem" aria-hidden />}
                title={formatMessage(
                  t(customers.length === 0 ? 'simulator.noCustomers.title' : 'simulator.noCustomer'),
                )}
                text={customers.length === 0 ? formatMessage(t('simulator.noCustomers.text')) : undefined}
              />
            )}
          </Stage>
        )}
        {data && number && roomForFaults && (
          <Side $width="300px" $end aria-label={formatMessage(t('simulator.faults'))}>
            <Faults
              faults={data.faults}
              onSet={(body) => void setFault(body)}
              onClear={() => void clearFaults()}
            />
          </Side>
        )}
      </PaneBoundary>
    </Frame>
  );
};
