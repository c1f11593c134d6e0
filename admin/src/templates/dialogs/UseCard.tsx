import { Button, Flex } from '@strapi/design-system';
import { Lightning, Lock, PaperPlane } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Template } from '../../../../server/src/templates/contract';
import { Card } from '../../design/Card';
import { t } from '../../translate';
import type { Abilities } from '../../use-abilities';
import { AccessDialog } from './AccessDialog';
import { BindingsDialog } from './BindingsDialog';
import { TestSendDialog } from './TestSendDialog';

interface Props {
  template: Template;
  numbers: { id: string; name: string }[];
  abilities: Abilities;
}

/** How a template is used here: where its values come from, who may send it, and trying it out. */
export const UseCard = ({ template, numbers, abilities }: Props) => {
  const { formatMessage } = useIntl();
  const [open, setOpen] = useState<'bindings' | 'access' | 'test' | null>(null);
  const { canManageTemplates: canManage, canSendTemplates: canSend } = abilities;
  const close = () => setOpen(null);
  if (!canManage && !canSend) return null;
  return (
    <Card title={formatMessage(t('use.title'))}>
      <Flex gap={2} wrap="wrap">
        {canSend && template.status === 'APPROVED' && (
          <Button variant="secondary" startIcon={<PaperPlane />} onClick={() => setOpen('test')}>
            {formatMessage(t('use.test'))}
          </Button>
        )}
        {canManage && (
          <>
            <Button variant="tertiary" startIcon={<Lightning />} onClick={() => setOpen('bindings')}>
              {formatMessage(t('use.bindings'))}
            </Button>
            <Button variant="tertiary" startIcon={<Lock />} onClick={() => setOpen('access')}>
              {formatMessage(t('use.access'))}
            </Button>
          </>
        )}
      </Flex>
      {open === 'bindings' && <BindingsDialog template={template} onClose={close} />}
      {open === 'access' && <AccessDialog template={template} onClose={close} />}
      {open === 'test' && <TestSendDialog template={template} numbers={numbers} onClose={close} />}
    </Card>
  );
};
