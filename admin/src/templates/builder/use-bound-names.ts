import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import type { TemplateBinding, TemplateBindings } from '../../../../server/src/template-use/contract';
import type { TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import { api } from '../../api/client';
import { report } from '../../design/report';
import { useStore } from '../../store/use-store';
import { t } from '../../translate';
import { templatesResource } from '../resources';

/** Bindings are kept per account and name, so that any language of the name knows them. */
const useBindings = ({ templateId, name, businessAccountId }: TemplateDraftRecord): TemplateBinding[] => {
  const known = useStore(
    templatesResource.store,
    ({ data }) =>
      templateId ??
      data?.find((one) => one.name === name && one.businessAccountId === businessAccountId)?.id ??
      null,
  );
  const [bindings, setBindings] = useState<TemplateBinding[]>([]);
  useEffect(() => {
    if (known === null) return;
    let current = true;
    api.get<{ data: TemplateBindings }>(`/templates/${encodeURIComponent(known)}/bindings`).then(
      ({ data }) => current && setBindings(data.bindings),
      (cause: unknown) => report('The fields of a template could not be read', cause),
    );
    return () => {
      current = false;
    };
  }, [known]);
  return bindings;
};

/** Says which field fills a variable; null when somebody fills it in by hand. */
export const useBoundNames = (
  draft: TemplateDraftRecord,
): ((place: string, name: string) => string | null) => {
  const { formatMessage } = useIntl();
  const bindings = useBindings(draft);
  return (place, name) => {
    const source = bindings.find(({ parameter }) => parameter === `${place}:${name}`)?.source;
    if (!source) return null;
    const field =
      source.from === 'text'
        ? source.text
        : source.from === 'entry'
          ? `${source.contentType} · ${source.path}`
          : source.path;
    return formatMessage(t('templates.variable.bound'), { field });
  };
};
