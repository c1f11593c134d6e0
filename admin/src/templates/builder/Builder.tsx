import { Button, Flex } from '@strapi/design-system';
import { Book } from '@strapi/icons';
import { BackButton, Layouts, Page, useAuth, useMediaQuery } from '@strapi/strapi/admin';
import { useEffect, useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { useSearchParams } from 'react-router-dom';
import type { TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import { languageName } from '../../../../server/src/templates/languages';
import { headerFormat } from '../../../../server/src/templates/model';
import { useResource } from '../../api/resource';
import { t } from '../../translate';
import type { Abilities } from '../../use-abilities';
import { TEMPLATES_PATH } from '../paths';
import { PreviewCard } from '../PreviewCard';
import { accountsResource, draftsResource, templatesResource } from '../resources';
import { useLiveTemplates } from '../use-live-templates';
import { ActionBar } from './ActionBar';
import { BuilderContext, type Builder as BuilderValue } from './builder-context';
import { ChecksCard } from './ChecksCard';
import { scopeOf } from './components';
import { focusField } from './FieldAt';
import { Form } from './Form';
import { Columns, Side } from './layout';
import { LanguageTabs } from './LanguageTabs';
import { LeaveGuard } from './LeaveGuard';
import { fromLibrary } from './library';
import { LibraryDialog } from './LibraryDialog';
import { problemsOfDraft } from './problems';
import { actionsOf, isLocked } from './review';
import { ConflictNotice, FailureNotice, SaveLine } from './SaveLine';
import { siblingsOf, sourceOf } from './siblings';
import { hasWords } from './special';
import { StateNotices } from './StateNotices';
import { useDraftActions } from './use-draft-actions';
import { useDraftSession } from './use-draft-session';
import { useFiles } from './use-files';
import { useTold } from './use-told';
import { ViewTabs, type View } from './ViewTabs';

interface Props {
  record: TemplateDraftRecord;
  abilities: Abilities;
}

/** The builder of one draft: form at the left, phone and checks at the right; on a narrow page one behind the other. */
export const Builder = ({ record, abilities }: Props) => {
  const { formatMessage, locale } = useIntl();
  const userId = String(useAuth('WhatsApp', ({ user }) => user?.id) ?? '');
  const wide = useMediaQuery('(min-width: 900px)');
  const [search] = useSearchParams();
  const { session, state } = useDraftSession(record);
  const { draft, saving, epoch } = state;
  const { data: accounts } = useResource(accountsResource);
  const { data: templates } = useResource(templatesResource);
  const { data: drafts } = useResource(draftsResource);
  useLiveTemplates();
  const { files, remember } = useFiles();
  const { isTold, leave, tellAll } = useTold();
  const { busy, act, remove } = useDraftActions(session);
  const [tab, setTab] = useState<View>('write');
  const [library, setLibrary] = useState(false);
  const [goTo, setGoTo] = useState<string | null>(null);

  const canManage = abilities.canManageTemplates;
  const twoPersons = accounts?.meta.review === 'two-person';
  const readOnly = isLocked(draft, canManage);
  const problems = useMemo(() => problemsOfDraft(draft), [draft]);
  const siblings = useMemo(
    () => siblingsOf(draft, templates ?? [], drafts ?? []),
    [draft, templates, drafts],
  );
  const source = sourceOf(search.get('source'), siblings);

  // The field may stand behind the other tab: it is looked for once that is drawn.
  useEffect(() => {
    if (goTo === null) return;
    focusField(goTo);
    setGoTo(null);
  }, [goTo]);
  const go = (path: string) => {
    leave(path);
    setTab('write');
    setGoTo(path);
  };

  const value: BuilderValue = {
    draft,
    problems,
    source,
    change: session.change,
    isTold,
    leave,
    files,
    rememberFile: remember,
  };
  const media = (card: number | null) => {
    const header = scopeOf(draft.components, card).find(({ type }) => type.toUpperCase() === 'HEADER');
    const handle = header?.example?.header_handle?.[0];
    return (handle ? files.get(handle) : null) ?? null;
  };
  const title = draft.name || formatMessage(t('templates.nameless'));
  const showForm = wide || tab === 'write';
  const showSide = wide || tab === 'preview';
  const actions = actionsOf(draft, twoPersons, {
    userId,
    canManage,
    canApprove: abilities.canApproveTemplates,
  });
  return (
    <BuilderContext.Provider value={value}>
      <Page.Main>
        <Page.Title>{title}</Page.Title>
        <Layouts.Header
          title={title}
          subtitle={`${languageName(draft.language, locale)} (${draft.language}) · ${formatMessage(t(`templates.draft.${draft.state}`))}`}
          navigationAction={<BackButton fallback={TEMPLATES_PATH} />}
          secondaryAction={<SaveLine saving={saving} />}
          primaryAction={
            <ActionBar
              actions={actions}
              busy={busy}
              canDelete={canManage && draft.state !== 'submitted'}
              problems={problems.length}
              onAct={(action, body) => void act(action, body)}
              onBlocked={() => {
                tellAll();
                go(problems[0]!.path);
              }}
              onDelete={() => void remove()}
            />
          }
        />
        <Layouts.Content>
          <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
            <ConflictNotice state={state} session={session} />
            <FailureNotice state={state} session={session} />
            <StateNotices draft={draft} twoPersons={twoPersons} />
            <Flex justifyContent="space-between" alignItems="flex-start" gap={3} wrap="wrap">
              <LanguageTabs
                draft={draft}
                siblings={siblings}
                readOnly={readOnly}
                onBeforeLeave={() => session.flush()}
              />
              {!readOnly && draft.category !== 'AUTHENTICATION' && (
                <Button size="S" variant="tertiary" startIcon={<Book />} onClick={() => setLibrary(true)}>
                  {formatMessage(t('templates.library'))}
                </Button>
              )}
            </Flex>
            {!wide && <ViewTabs view={tab} problems={problems.length} onChange={setTab} />}
            <Columns key={epoch}>
              {showForm && <Form readOnly={readOnly} />}
              {showSide && (
                <Side>
                  <PreviewCard definition={draft} media={media} />
                  <ChecksCard onGo={go} />
                </Side>
              )}
            </Columns>
          </Flex>
        </Layouts.Content>
        <LeaveGuard session={session} unsaved={saving !== 'saved' && busy !== 'delete'} />
        {library && (
          <LibraryDialog
            businessAccountId={draft.businessAccountId}
            replaces={hasWords(draft.components) || headerFormat(draft.components) !== null}
            onClose={() => setLibrary(false)}
            onChoose={(template) => {
              session.change(fromLibrary(template));
              setLibrary(false);
            }}
          />
        )}
      </Page.Main>
    </BuilderContext.Provider>
  );
};
