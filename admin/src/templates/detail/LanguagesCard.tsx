import { Button, Flex } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { TemplateDetails } from '../../../../server/src/templates/contract';
import { languageName } from '../../../../server/src/templates/languages';
import { Card } from '../../design/Card';
import { TextLink } from '../../design/TextLink';
import { t } from '../../translate';
import { LanguageField } from '../LanguageField';
import type { Entry } from '../list/groups';
import { factsOf } from '../list/groups';
import { DraftBadge, StatusBadge } from '../list/StatusBadge';
import { draftPath, templatePath } from '../paths';
import { useStartDraft } from '../use-start-draft';

interface Props {
  template: TemplateDetails;
  /** The other languages of the name, drafts included. */
  others: readonly Entry[];
  canManage: boolean;
}

const Row = ({ entry }: { entry: Entry }) => {
  const { locale } = useIntl();
  const { language } = factsOf(entry);
  const path = entry.kind === 'draft' ? draftPath(entry.id) : templatePath(entry.id);
  return (
    <Flex tag="li" justifyContent="space-between" gap={3}>
      <TextLink to={path}>
        {languageName(language, locale)} <bdi dir="ltr">({language})</bdi>
      </TextLink>
      {entry.kind === 'draft' ? (
        <DraftBadge state={entry.draft.state} />
      ) : (
        <StatusBadge status={entry.template.status} />
      )}
    </Flex>
  );
};

/** The other languages of a name, and the way to one more. */
export const LanguagesCard = ({ template, others, canManage }: Props) => {
  const { formatMessage } = useIntl();
  const [adding, setAdding] = useState(false);
  const { starting, start } = useStartDraft();
  const taken = [template.language, ...others.map((entry) => factsOf(entry).language)];
  return (
    <Card
      title={formatMessage(t('templates.otherLanguages'))}
      action={
        canManage &&
        !adding && (
          <Button size="S" variant="tertiary" startIcon={<Plus />} onClick={() => setAdding(true)}>
            {formatMessage(t('templates.addLanguage'))}
          </Button>
        )
      }
    >
      {others.length > 0 && (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={3} style={{ listStyle: 'none' }}>
          {others.map((entry) => (
            <Row key={`${entry.kind}-${entry.id}`} entry={entry} />
          ))}
        </Flex>
      )}
      {adding && (
        <LanguageField
          value=""
          without={taken}
          label={formatMessage(t('templates.addLanguage.which'))}
          onChange={(language) => {
            if (!starting) {
              void start(
                { templateId: template.id, purpose: 'translate', language },
                `?source=template-${template.id}`,
              );
            }
          }}
        />
      )}
    </Card>
  );
};
