import { useIntl } from 'react-intl';
import type { TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import { Notice } from '../../design/Notice';
import { t } from '../../translate';

/** What became of the draft so far: Meta's refusal, a colleague's note, or that it waits. */
export const StateNotices = ({ draft, twoPersons }: { draft: TemplateDraftRecord; twoPersons: boolean }) => {
  const { formatMessage } = useIntl();
  const { state, submitError, reviewNote, reviewer, templateId } = draft;
  const who = reviewer?.name ?? '';
  return (
    <>
      {submitError && (
        <Notice tone="danger" title={submitError.title || formatMessage(t('templates.refused'))}>
          {submitError.message}
          {submitError.hint && <p>{submitError.hint}</p>}
        </Notice>
      )}
      {state === 'returned' && (
        <Notice tone="warning" title={formatMessage(t('templates.returned'), { who })}>
          {reviewNote}
        </Notice>
      )}
      {state === 'in_review' && (
        <Notice tone="info" title={formatMessage(t('templates.waits'))}>
          {formatMessage(t('templates.waits.text'))}
        </Notice>
      )}
      {state === 'approved' && twoPersons && (
        <Notice tone="info" title={formatMessage(t('templates.agreed'), { who })}>
          {formatMessage(t('templates.agreed.text'))}
        </Notice>
      )}
      {templateId !== null && state !== 'submitted' && (
        <Notice tone="info" title={formatMessage(t('templates.isEdit'))}>
          {formatMessage(t('templates.isEdit.text'))}
        </Notice>
      )}
    </>
  );
};
