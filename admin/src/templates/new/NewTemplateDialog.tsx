import { Button, Field, Flex, Modal, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate } from 'react-router-dom';
import type { CreateDraft, TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import type { TemplateAccount } from '../../../../server/src/templates/contract';
import { META_LANGUAGES } from '../../../../server/src/templates/languages';
import { api } from '../../api/client';
import { Notice } from '../../design/Notice';
import { useBusy } from '../../settings/use-busy';
import { t } from '../../translate';
import { CategoryField, type Category } from '../CategoryField';
import { LanguageField } from '../LanguageField';
import { draftPath } from '../paths';
import { draftsResource } from '../resources';
import { templateName } from './template-name';

interface Props {
  accounts: readonly TemplateAccount[];
  onClose(): void;
}

const labelOf = ({ businessAccountId, integrations }: TemplateAccount): string =>
  `${integrations.map(({ name }) => name).join(', ')} (${businessAccountId})`;

/** The language of the panel when Meta has it, else English. */
const startLanguage = (locale: string): string =>
  META_LANGUAGES.find((code) => code === locale.replace('-', '_')) ??
  META_LANGUAGES.find((code) => code === locale.split('-')[0]) ??
  'en';

/** Name, category, language: what cannot be changed once Meta has the template is asked for first. */
export const NewTemplateDialog = ({ accounts, onClose }: Props) => {
  const { formatMessage, locale } = useIntl();
  const navigate = useNavigate();
  const { busy, run } = useBusy();
  const [account, setAccount] = useState(accounts[0]?.businessAccountId ?? '');
  const [name, setName] = useState('');
  const [category, setCategory] = useState<Category>('UTILITY');
  const [language, setLanguage] = useState(() => startLanguage(locale));
  const full = accounts.find(({ businessAccountId }) => businessAccountId === account);
  const isFull = full?.limit !== null && full !== undefined && full.count >= full.limit;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name || !account || busy !== null) return;
    void run('work', async () => {
      const body: CreateDraft = {
        businessAccountId: account,
        name: name.replace(/_+$/, ''),
        language,
        category,
      };
      const { data } = await api.post<{ data: TemplateDraftRecord }>('/template-drafts', body);
      void draftsResource.refresh();
      navigate(draftPath(data.id));
    });
  };

  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Modal.Content>
        <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
          <Modal.Header>
            <Modal.Title>{formatMessage(t('templates.new'))}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={5}>
              {accounts.length === 0 && (
                <Notice tone="warning" title={formatMessage(t('templates.noAccount'))}>
                  {formatMessage(t('templates.noAccount.text'))}
                </Notice>
              )}
              {accounts.length > 1 && (
                <Field.Root name="account" required>
                  <Field.Label>{formatMessage(t('templates.account'))}</Field.Label>
                  <SingleSelect value={account} onChange={(value) => setAccount(String(value))}>
                    {accounts.map((one) => (
                      <SingleSelectOption key={one.businessAccountId} value={one.businessAccountId}>
                        {labelOf(one)}
                      </SingleSelectOption>
                    ))}
                  </SingleSelect>
                </Field.Root>
              )}
              {isFull && (
                <Notice tone="warning" title={formatMessage(t('templates.full'), { limit: full.limit })} />
              )}
              <Field.Root name="name" required hint={formatMessage(t('templates.name.hint'))}>
                <Field.Label>{formatMessage(t('templates.name'))}</Field.Label>
                <Field.Input
                  dir="ltr"
                  value={name}
                  autoFocus
                  placeholder="order_ready"
                  onChange={(event) => setName(templateName(event.target.value))}
                />
                <Field.Hint />
              </Field.Root>
              <CategoryField value={category} onChange={setCategory} />
              <LanguageField value={language} onChange={setLanguage} />
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button type="button" variant="tertiary" onClick={onClose}>
              {formatMessage(t('common.cancel'))}
            </Button>
            <Button type="submit" loading={busy !== null} disabled={!name || !account}>
              {formatMessage(t('templates.startWriting'))}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
