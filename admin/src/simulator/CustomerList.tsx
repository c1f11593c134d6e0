import { Badge, Button, Field, Flex, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { AddCustomer, SimulatorState } from '../../../server/src/sandbox/contract';
import { initialsOf } from '../conversations/display-name';
import { Avatar } from '../design/Avatar';
import { plainStart } from '../messages/markup/plain';
import { PLUGIN_PATH } from '../plugin-id';
import { t } from '../translate';

const Row = styled(Link)`
  display: flex;
  align-items: center;
  gap: 12px;
  min-height: 60px;
  padding: 8px 16px;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  color: ${({ theme }) => theme.colors.neutral800};
  text-decoration: none;
  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }
  &[aria-current='true'] {
    background: ${({ theme }) => theme.colors.primary100};
    box-shadow: inset 3px 0 0 ${({ theme }) => theme.colors.primary600};
  }
  > span:nth-child(2) {
    flex: 1;
    min-width: 0;
  }
`;
const Form = styled.form`
  padding: 16px;
`;

interface Props {
  customers: SimulatorState['customers'];
  /** Also the one whose phone is shown before anybody was chosen. */
  selectedId: string | null;
  search: string;
  onAdd(body: AddCustomer.Body): Promise<unknown>;
}

/** The pretended customers, and a form for another one. */
export const CustomerList = ({ customers, selectedId, search, onAdd }: Props) => {
  const { formatMessage } = useIntl();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    const digits = phone.replace(/\D/g, '');
    const added = await onAdd({ name: name.trim(), phone: digits ? `+${digits}` : null });
    if (!added) return;
    setOpen(false);
    setName('');
    setPhone('');
  };

  return (
    <>
      {customers.map((customer) => (
        <Row
          key={customer.id}
          aria-current={customer.id === selectedId}
          to={`${PLUGIN_PATH}/simulator/${encodeURIComponent(customer.id)}${search}`}
        >
          <Avatar
            id={customer.userId}
            initials={initialsOf({ text: customer.name, isPhone: false })}
            size={32}
          />
          <span>
            <Typography tag="div" fontWeight="semiBold" ellipsis>
              <bdi>{customer.name}</bdi>
            </Typography>
            <Typography tag="div" variant="pi" textColor="neutral600" ellipsis>
              <bdi>
                {(customer.lastText && plainStart(customer.lastText)) ??
                  customer.phone ??
                  (customer.username ? `@${customer.username}` : customer.userId)}
              </bdi>
            </Typography>
          </span>
          {customer.unread > 0 && <Badge active>{customer.unread}</Badge>}
        </Row>
      ))}
      {!open && (
        <Flex padding={4}>
          <Button fullWidth variant="tertiary" startIcon={<Plus />} onClick={() => setOpen(true)}>
            {formatMessage(t('simulator.addCustomer'))}
          </Button>
        </Flex>
      )}
      {open && (
        <Form onSubmit={submit}>
          <Flex direction="column" alignItems="stretch" gap={3}>
            <Field.Root name="name" required>
              <Field.Label>{formatMessage(t('simulator.customerName'))}</Field.Label>
              <Field.Input
                autoFocus
                value={name}
                dir="auto"
                onChange={(event) => setName(event.target.value)}
              />
            </Field.Root>
            <Field.Root name="phone" hint={formatMessage(t('simulator.customerPhone.hint'))}>
              <Field.Label>{formatMessage(t('simulator.customerPhone'))}</Field.Label>
              <Field.Input value={phone} dir="ltr" onChange={(event) => setPhone(event.target.value)} />
              <Field.Hint />
            </Field.Root>
            <Flex gap={2}>
              <Button type="submit" disabled={name.trim() === ''}>
                {formatMessage(t('simulator.add'))}
              </Button>
              <Button type="button" variant="tertiary" onClick={() => setOpen(false)}>
                {formatMessage(t('common.cancel'))}
              </Button>
            </Flex>
          </Flex>
        </Form>
      )}
    </>
  );
};
