import { Button, Flex, Grid, LinkButton } from '@strapi/design-system';
import { Duplicate, Pencil, Trash } from '@strapi/icons';
import { BackButton, Layouts, Page, useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Link, useNavigate, useParams } from 'react-router-dom';
import type { TemplateDetails } from '../../../../server/src/templates/contract';
import { languageName } from '../../../../server/src/templates/languages';
import { api } from '../../api/client';
import { useResource } from '../../api/resource';
import { PaneFailure } from '../../design/PaneBoundary';
import { useBusy } from '../../settings/use-busy';
import { t } from '../../translate';
import type { Abilities } from '../../use-abilities';
import { entriesOf, factsOf } from '../list/groups';
import { useCategoryName } from '../list/use-category-name';
import { chipOf } from '../list/status';
import { UseCard } from '../dialogs/UseCard';
import { draftPath, TEMPLATES_PATH } from '../paths';
import { PreviewCard } from '../PreviewCard';
import { accountsResource, draftsResource, templatesResource } from '../resources';
import { refreshTemplates, useLiveTemplates } from '../use-live-templates';
import { useStartDraft } from '../use-start-draft';
import { AnalyticsCard } from './AnalyticsCard';
import { DeleteDialog } from './DeleteDialog';
import { FactsCard } from './FactsCard';
import { LanguagesCard } from './LanguagesCard';
import { Notices } from './Notices';
import { useTemplate } from './use-template';

interface ShownProps {
  template: TemplateDetails;
  abilities: Abilities;
  onChanged(): void;
}

const Shown = ({ template, abilities, onChanged }: ShownProps) => {
  const { formatMessage, locale } = useIntl();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const categoryName = useCategoryName();
  const canManage = abilities.canManageTemplates;
  const { data: all } = useResource(templatesResource);
  const { data: drafts } = useResource(draftsResource, canManage);
  const { data: accounts } = useResource(accountsResource, canManage);
  const { starting, start } = useStartDraft();
  const { busy, run } = useBusy();
  const [deleting, setDeleting] = useState(false);
  const { id, name, language, businessAccountId, draftId } = template;
  const others = entriesOf(all ?? [], drafts ?? []).filter((entry) => {
    const facts = factsOf(entry);
    const same = facts.name === name && facts.businessAccountId === businessAccountId;
    return same && !(entry.kind === 'template' && entry.id === id);
  });
  const numbers =
    accounts?.data.find((account) => account.businessAccountId === businessAccountId)?.integrations ?? [];
  const gone = chipOf(template.status) === 'removed';

  const edit = () => void start({ templateId: id, purpose: 'edit' });
  const unpause = () =>
    void run('work', async () => {
      await api.post(`/templates/${encodeURIComponent(id)}/unpause`);
      onChanged();
      refreshTemplates();
    });
  return (
    <Page.Main>
      <Page.Title>{name}</Page.Title>
      <Layouts.Header
        title={name}
        subtitle={`${languageName(language, locale)} (${language}) · ${categoryName(template.category)}`}
        navigationAction={<BackButton fallback={TEMPLATES_PATH} />}
        primaryAction={
          canManage &&
          !gone &&
          (draftId ? (
            <LinkButton tag={Link} to={draftPath(draftId)} startIcon={<Pencil />}>
              {formatMessage(t('templates.continueDraft'))}
            </LinkButton>
          ) : (
            <Button
              startIcon={<Pencil />}
              loading={starting}
              disabled={template.editing?.allowed === false}
              onClick={edit}
            >
              {formatMessage(t('templates.edit'))}
            </Button>
          ))
        }
        secondaryAction={
          canManage && (
            <Flex gap={2} wrap="wrap">
              <Button
                variant="tertiary"
                startIcon={<Duplicate />}
                disabled={starting}
                onClick={() => void start({ templateId: id, purpose: 'duplicate' })}
              >
                {formatMessage(t('templates.duplicate'))}
              </Button>
              {!gone && (
                <Button variant="danger-light" startIcon={<Trash />} onClick={() => setDeleting(true)}>
                  {formatMessage(t('templates.delete'))}
                </Button>
              )}
            </Flex>
          )
        }
      />
      <Layouts.Content>
        <Grid.Root gap={6} paddingBottom={8}>
          <Grid.Item col={7} m={12} s={12} xs={12} direction="column" alignItems="stretch" gap={6}>
            <Notices
              template={template}
              canManage={canManage}
              busy={busy !== null || starting}
              onFix={() => (draftId ? navigate(draftPath(draftId)) : edit())}
              onUnpause={unpause}
            />
            <FactsCard template={template} numbers={numbers.map((number) => number.name)} />
            {!gone && <UseCard template={template} numbers={numbers} abilities={abilities} />}
            <AnalyticsCard id={id} />
            <LanguagesCard template={template} others={others} canManage={canManage} />
          </Grid.Item>
          <Grid.Item col={5} m={12} s={12} xs={12} direction="column" alignItems="stretch">
            <PreviewCard definition={template} />
          </Grid.Item>
        </Grid.Root>
      </Layouts.Content>
      {deleting && (
        <DeleteDialog
          template={template}
          others={others.filter(({ kind, chip }) => kind === 'template' && chip !== 'removed').length}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            toggleNotification({ type: 'success', message: formatMessage(t('templates.deleted')) });
            refreshTemplates();
            navigate(TEMPLATES_PATH);
          }}
        />
      )}
    </Page.Main>
  );
};

/** One template with what Meta says about it, how it does, and what can be done with it. */
export const TemplateDetailPage = ({ abilities }: { abilities: Abilities }) => {
  const { formatMessage } = useIntl();
  const { id = '' } = useParams();
  useLiveTemplates();
  const { state, reload } = useTemplate(id);
  if (state.state === 'loading') return <Page.Loading />;
  if (state.state === 'failed') return <PaneFailure reference={state.reference} onRetry={reload} />;
  if (state.state === 'gone')
    return (
      <Page.NoData
        action={
          <LinkButton tag={Link} to={TEMPLATES_PATH}>
            {formatMessage(t('templates.backToList'))}
          </LinkButton>
        }
      />
    );
  return <Shown key={id} template={state.template} abilities={abilities} onChanged={reload} />;
};
