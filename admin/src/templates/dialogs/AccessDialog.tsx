import { Checkbox, Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { TemplateAccess, TemplateAccessAnswer } from '../../../../server/src/template-use/contract';
import type { Template } from '../../../../server/src/templates/contract';
import { api } from '../../api/client';
import { PaneFailure } from '../../design/PaneBoundary';
import { PaneLoading } from '../../design/PaneLoading';
import { useBusy } from '../../settings/use-busy';
import { t } from '../../translate';
import { DialogShell } from './DialogShell';
import { useLoaded } from './use-loaded';

interface ListProps {
  title: string;
  /** What an empty choice means. */
  nobody: string;
  options: { id: string; name: string }[];
  chosen: string[];
  onChange(chosen: string[]): void;
}

const Choices = ({ title, nobody, options, chosen, onChange }: ListProps) => (
  <Flex tag="fieldset" direction="column" alignItems="stretch" gap={2} style={{ border: 0, padding: 0 }}>
    <Typography tag="legend" variant="sigma" textColor="neutral600" style={{ padding: 0 }}>
      {title}
    </Typography>
    {options.map(({ id, name }) => (
      <Checkbox
        key={id}
        checked={chosen.includes(id)}
        onCheckedChange={(on) =>
          onChange(on === true ? [...chosen, id] : chosen.filter((other) => other !== id))
        }
      >
        {name}
      </Checkbox>
    ))}
    {chosen.length === 0 && (
      <Typography variant="pi" textColor="neutral600">
        {nobody}
      </Typography>
    )}
  </Flex>
);

interface Props {
  template: Pick<Template, 'id' | 'name'>;
  onClose(): void;
}

/** Who may send a template, and from which numbers. */
export const AccessDialog = ({ template, onClose }: Props) => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const path = `/templates/${encodeURIComponent(template.id)}/access`;
  const { loaded, reload } = useLoaded<TemplateAccessAnswer>(path);
  const [changed, setChanged] = useState<TemplateAccess | null>(null);
  const { busy, run } = useBusy();
  const answer = loaded && 'data' in loaded ? loaded.data : null;
  const access = changed ?? answer?.data ?? null;
  const save = () =>
    void run('work', async () => {
      await api.put(path, access);
      toggleNotification({ type: 'success', message: formatMessage(t('access.saved')) });
      onClose();
    });
  return (
    <DialogShell
      title={formatMessage(t('access.title'), { name: template.name })}
      submitLabel={formatMessage(t('common.save'))}
      canSubmit={changed !== null}
      busy={busy !== null}
      onSubmit={save}
      onClose={onClose}
    >
      {!loaded && <PaneLoading />}
      {loaded && 'failure' in loaded && <PaneFailure reference={loaded.failure} onRetry={reload} />}
      {answer && access && (
        <Flex direction="column" alignItems="stretch" gap={6}>
          <Choices
            title={formatMessage(t('access.roles'))}
            nobody={formatMessage(t('access.allRoles'))}
            options={answer.meta.roles}
            chosen={access.roles}
            onChange={(roles) => setChanged({ ...access, roles })}
          />
          <Choices
            title={formatMessage(t('access.numbers'))}
            nobody={formatMessage(t('access.allNumbers'))}
            options={answer.meta.integrations}
            chosen={access.integrations}
            onChange={(integrations) => setChanged({ ...access, integrations })}
          />
        </Flex>
      )}
    </DialogShell>
  );
};
