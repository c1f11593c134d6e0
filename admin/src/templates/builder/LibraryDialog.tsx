import { Button, Field, Flex, Modal, Typography } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { LibraryTemplate } from '../../../../server/src/template-drafts/contract';
import { api } from '../../api/client';
import { PaneFailure } from '../../design/PaneBoundary';
import { PaneLoading } from '../../design/PaneLoading';
import { report } from '../../design/report';
import { t } from '../../translate';
import { useCategoryName } from '../list/use-category-name';

const PAUSE_MS = 350;

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 12px;
  list-style: none;
  > li {
    padding: 12px;
    border: 1px solid ${({ theme }) => theme.colors.neutral150};
    border-radius: ${({ theme }) => theme.borderRadius};
  }
`;
const Words = styled.p`
  margin-block: 4px 8px;
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.4rem;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;

const useLibrary = (businessAccountId: string, q: string) => {
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ found: LibraryTemplate[] | null; failure: string | null }>({
    found: null,
    failure: null,
  });
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      api
        .get<{ data: LibraryTemplate[] }>('/template-library', { businessAccountId, q: q || undefined })
        .then(
          ({ data }) => current && setState({ found: data, failure: null }),
          (cause: unknown) => {
            const failure = report('The library could not be searched', cause);
            if (current) setState({ found: null, failure });
          },
        );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [businessAccountId, q, attempt]);
  return { ...state, retry: () => setAttempt((count) => count + 1) };
};

interface Props {
  businessAccountId: string;
  /** The draft holds words already, which would be replaced. */
  replaces: boolean;
  onChoose(template: LibraryTemplate): void;
  onClose(): void;
}

/** Meta's library of templates, of which one begins the draft. */
export const LibraryDialog = ({ businessAccountId, replaces, onChoose, onClose }: Props) => {
  const { formatMessage } = useIntl();
  const categoryName = useCategoryName();
  const [q, setQ] = useState('');
  const { found, failure, retry } = useLibrary(businessAccountId, q.trim());
  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{formatMessage(t('templates.library'))}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Field.Root name="q" hint={replaces ? formatMessage(t('templates.library.replaces')) : undefined}>
              <Field.Label>{formatMessage(t('templates.library.search'))}</Field.Label>
              <Field.Input value={q} autoFocus onChange={(event) => setQ(event.target.value)} />
              <Field.Hint />
            </Field.Root>
            {failure !== null && <PaneFailure reference={failure} onRetry={retry} />}
            {!found && failure === null && <PaneLoading />}
            {found?.length === 0 && (
              <Typography textColor="neutral600">{formatMessage(t('templates.library.none'))}</Typography>
            )}
            {found && found.length > 0 && (
              <List>
                {found.map((template) => (
                  <li key={template.id}>
                    <Flex justifyContent="space-between" alignItems="flex-start" gap={3} wrap="wrap">
                      <div>
                        <Typography fontWeight="semiBold" textColor="neutral800">
                          {template.name}
                        </Typography>{' '}
                        <Typography variant="pi" textColor="neutral600">
                          {categoryName(template.category)} · <bdi dir="ltr">{template.language}</bdi>
                        </Typography>
                      </div>
                      <Button size="S" variant="secondary" onClick={() => onChoose(template)}>
                        {formatMessage(t('templates.library.use'), { name: template.name })}
                      </Button>
                    </Flex>
                    {template.header && <Words dir="auto">{template.header}</Words>}
                    <Words dir="auto">{template.body}</Words>
                    <Typography variant="pi" textColor="neutral600">
                      {template.buttons.map(({ text }) => text).join(' · ')}
                    </Typography>
                  </li>
                ))}
              </List>
            )}
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {formatMessage(t('common.cancel'))}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
};
