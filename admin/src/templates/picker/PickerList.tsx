import { EmptyDocuments } from '@strapi/icons/symbols';
import { Typography } from '@strapi/design-system';
import {
  startTransition,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { TemplatePicker } from '../../../../server/src/template-use/contract';
import { renderTemplate } from '../../../../server/src/templates/render';
import { PaneMessage } from '../../design/PaneMessage';
import { Delayed } from '../../design/Skeleton';
import { PaneLoading } from '../../design/PaneLoading';
import { PaneFailure } from '../../design/PaneBoundary';
import type { ResourceState } from '../../api/resource';
import { t } from '../../translate';
import { moveFocus } from '../form/move-focus';
import { TemplatePreview } from '../preview/TemplatePreview';
import { Aside, Column, Split } from './layout';
import { languagesOf, NO_QUERY, pickSections, type PickGroup } from './pick-list';
import { PickerFilters } from './PickerFilters';
import { PickerRow } from './PickerRow';

const Scroller = styled.div`
  flex: 1;
  min-height: 0;
  padding: 0 12px 12px;
  overflow: auto;
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
`;

/** As many as are seen at once: they are drawn first, so that the list stands there at once. */
const FIRST = 12;
/** More than anybody looks through; a search finds the others. */
const MOST = 60;

interface Props {
  state: ResourceState<TemplatePicker>;
  contactName: string;
  onRetry(): void;
  onPick(group: PickGroup): void;
  onFavourite(group: PickGroup): void;
}

/** The templates to pick from, with the one that is looked at beside them. */
export const PickerList = ({ state, contactName, onRetry, onPick, onFavourite }: Props) => {
  const { formatMessage } = useIntl();
  const [query, setQuery] = useState(NO_QUERY);
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const look = useCallback(({ name }: PickGroup) => setLookedAt(name), []);
  const { data, error } = state;
  // What is typed shows at once; the list follows when there is time.
  const asked = useDeferredValue(query);
  const [most, setMost] = useState(FIRST);
  useEffect(() => startTransition(() => setMost(MOST)), []);
  const sections = useMemo(() => data && pickSections(data.data, asked, data.meta.language), [data, asked]);
  const languages = useMemo(() => (data ? languagesOf(data.data) : []), [data]);
  const all = sections ? [...sections.recent, ...sections.favourites, ...sections.others] : [];
  const looked = all.find(({ name }) => name === lookedAt) ?? all[0] ?? null;
  const rendered = useMemo(() => looked && renderTemplate(looked.template), [looked]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (!target.matches('[data-row], [data-star], [data-search]')) return;
    moveFocus(event, target.matches('[data-star]') ? '[data-star]' : '[data-search], [data-row]');
    const side = { ArrowRight: '[data-star]', ArrowLeft: '[data-row]' }[event.key];
    if (side && !target.matches('[data-search]')) {
      target.parentElement?.querySelector<HTMLElement>(side)?.focus();
    }
    // Whoever goes on typing in the list goes on searching.
    const types =
      event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (types && !target.matches('[data-search]')) search.current?.focus();
  };

  const heading = (id: 'picker.recent' | 'picker.favourites' | 'picker.others', groups: PickGroup[]) =>
    groups.length > 0 && (
      <section key={id} aria-label={formatMessage(t(id))}>
        <Typography variant="sigma" textColor="neutral600" tag="h3" padding={2} paddingLeft={3}>
          {formatMessage(t(id))}
        </Typography>
        <ul>
          {groups.slice(0, most).map((group) => (
            <PickerRow
              key={`${group.template.businessAccountId} ${group.name}`}
              group={group}
              contactName={contactName}
              active={group === looked}
              onPick={onPick}
              onLook={look}
              onFavourite={onFavourite}
            />
          ))}
        </ul>
        {groups.length > MOST && (
          <Typography variant="pi" textColor="neutral600" tag="p" padding={3}>
            {formatMessage(t('picker.more'), { count: groups.length - MOST })}
          </Typography>
        )}
      </section>
    );

  return (
    <Split onKeyDown={onKeyDown}>
      <Column>
        <PickerFilters
          ref={search}
          query={query}
          languages={languages}
          onChange={(change) => setQuery({ ...query, ...change })}
          onFirst={() => {
            if (!data) return;
            const { recent, favourites, others } = pickSections(data.data, query, data.meta.language);
            const first = [...recent, ...favourites, ...others].find(({ template }) => template.sendable);
            if (first) onPick(first);
          }}
        />
        <Scroller tabIndex={-1}>
          {!data && !error && (
            <Delayed>
              <PaneLoading />
            </Delayed>
          )}
          {!data && error && <PaneFailure reference={error.reference} onRetry={onRetry} />}
          {sections && heading('picker.recent', sections.recent)}
          {sections && heading('picker.favourites', sections.favourites)}
          {sections && heading('picker.others', sections.others)}
          {sections && sections.total === 0 && (
            <PaneMessage
              picture={<EmptyDocuments width="12rem" height="7rem" aria-hidden />}
              title={formatMessage(
                t(data!.data.length === 0 ? 'picker.empty.title' : 'picker.nothing.title'),
              )}
              text={formatMessage(t(data!.data.length === 0 ? 'picker.empty.text' : 'picker.nothing.text'))}
            />
          )}
        </Scroller>
      </Column>
      <Aside data-optional aria-label={formatMessage(t('picker.preview'))}>
        {looked && rendered && (
          <TemplatePreview rendered={rendered} language={looked.template.language} frame="phone" />
        )}
      </Aside>
    </Split>
  );
};
