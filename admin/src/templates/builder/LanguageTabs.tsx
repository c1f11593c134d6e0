import { Button, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { styled } from 'styled-components';
import type { CreateDraft, TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import { languageName } from '../../../../server/src/templates/languages';
import { api } from '../../api/client';
import { useBusy } from '../../settings/use-busy';
import { t } from '../../translate';
import { LanguageField } from '../LanguageField';
import { factsOf, type Entry } from '../list/groups';
import { ChipIcon } from '../list/StatusBadge';
import { draftPath, templatePath } from '../paths';
import { draftsResource } from '../resources';
import { sourceKey } from './siblings';
import { draftUrl } from './use-draft-session';

const Tabs = styled.nav`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
`;
const Tab = styled(Link)`
  display: inline-flex;
  align-items: center;
  gap: 6px;
  min-height: 32px;
  padding: 0 12px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.3rem;
  text-decoration: none;
  &[aria-current='page'] {
    border-color: ${({ theme }) => theme.colors.primary600};
    color: ${({ theme }) => theme.colors.primary700};
    font-weight: 600;
  }
`;

/** Another language of the same name: begun from the template at Meta, else as a copy of this draft. */
const useAddLanguage = (draft: TemplateDraftRecord, siblings: readonly Entry[]) => {
  const navigate = useNavigate();
  const { busy, run } = useBusy();
  const add = (language: string) =>
    run('work', async () => {
      const { name, category, businessAccountId, parameterFormat, components, ttlSeconds } = draft;
      const templateId = draft.templateId ?? siblings.find(({ kind }) => kind === 'template')?.id;
      const body: CreateDraft = templateId
        ? { templateId, purpose: 'translate', language }
        : { businessAccountId, name, language, category };
      let { data } = await api.post<{ data: TemplateDraftRecord }>('/template-drafts', body);
      if (!templateId) {
        data = (
          await api.put<{ data: TemplateDraftRecord }>(draftUrl(data.id), {
            version: data.version,
            parameterFormat,
            components,
            ...(ttlSeconds === null ? {} : { ttlSeconds }),
          })
        ).data;
      }
      await draftsResource.refresh();
      navigate(`${draftPath(data.id)}?source=${templateId ? `template-${templateId}` : `draft-${draft.id}`}`);
    });
  return { adding: busy !== null, add };
};

interface Props {
  draft: TemplateDraftRecord;
  siblings: readonly Entry[];
  readOnly: boolean;
  onBeforeLeave(): Promise<boolean>;
}

/** The languages of the name beside each other, one more of them, and the one that is translated from. */
export const LanguageTabs = ({ draft, siblings, readOnly, onBeforeLeave }: Props) => {
  const { formatMessage, locale } = useIntl();
  const [search, setSearch] = useSearchParams();
  const [open, setOpen] = useState(false);
  const { adding, add } = useAddLanguage(draft, siblings);
  const source = search.get('source') ?? '';
  const taken = [draft.language, ...siblings.map((entry) => factsOf(entry).language)];
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex gap={3} wrap="wrap">
        <Tabs aria-label={formatMessage(t('templates.languagesOf'))}>
          <Tab to={draftPath(draft.id)} aria-current="page">
            <ChipIcon chip="draft" />
            {languageName(draft.language, locale)}
          </Tab>
          {siblings.map((entry) => (
            <Tab
              key={sourceKey(entry)}
              to={entry.kind === 'draft' ? draftPath(entry.id) : templatePath(entry.id)}
            >
              <ChipIcon chip={entry.chip} />
              {languageName(factsOf(entry).language, locale)}
            </Tab>
          ))}
        </Tabs>
        {!readOnly && !open && draft.name && (
          <Button size="S" variant="tertiary" startIcon={<Plus />} onClick={() => setOpen(true)}>
            {formatMessage(t('templates.addLanguage'))}
          </Button>
        )}
      </Flex>
      {open && (
        <LanguageField
          value=""
          without={taken}
          label={formatMessage(t('templates.addLanguage.which'))}
          onChange={(language) => {
            if (adding) return;
            void onBeforeLeave().then((saved) => (saved ? add(language) : undefined));
          }}
        />
      )}
      {siblings.length > 0 && (
        <Flex gap={3} wrap="wrap">
          <Typography variant="pi" textColor="neutral600" aria-hidden>
            {formatMessage(t('templates.translateFrom'))}
          </Typography>
          <SingleSelect
            size="S"
            aria-label={formatMessage(t('templates.translateFrom'))}
            value={siblings.some((entry) => sourceKey(entry) === source) ? source : 'none'}
            onChange={(value) =>
              setSearch(value === 'none' ? {} : { source: String(value) }, { replace: true })
            }
          >
            {[
              <SingleSelectOption key="none" value="none">
                {formatMessage(t('templates.translateFrom.none'))}
              </SingleSelectOption>,
              ...siblings.map((entry) => (
                <SingleSelectOption key={sourceKey(entry)} value={sourceKey(entry)}>
                  {languageName(factsOf(entry).language, locale)}
                </SingleSelectOption>
              )),
            ]}
          </SingleSelect>
        </Flex>
      )}
    </Flex>
  );
};
