import { Box, Button } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { TemplateDetails } from '../../../../server/src/templates/contract';
import { Notice } from '../../design/Notice';
import { fullDateTime } from '../../design/time';
import { t } from '../../translate';
import { useCategoryName } from '../list/use-category-name';
import { chipOf } from '../list/status';
import { useReasonWords } from './use-reason-words';

const useTime = () => {
  const { locale } = useIntl();
  return (iso: string) => fullDateTime(Date.parse(iso), locale);
};

interface Props {
  template: TemplateDetails;
  canManage: boolean;
  onFix(): void;
  onUnpause(): void;
  busy: boolean;
}

const Rejected = ({ template, canManage, busy, onFix }: Props) => {
  const { formatMessage } = useIntl();
  const reasonWords = useReasonWords();
  const { rejectedReason, rejectionAdvice } = template;
  return (
    <Notice
      tone="danger"
      title={
        rejectedReason
          ? formatMessage(t('templates.rejected.because'), { reason: reasonWords(rejectedReason) })
          : formatMessage(t('templates.rejected'))
      }
    >
      {rejectionAdvice && <Box tag="p">{rejectionAdvice}</Box>}
      {canManage && (
        <Box paddingTop={2}>
          <Button size="S" startIcon={<Pencil />} loading={busy} onClick={onFix}>
            {formatMessage(t('templates.fix'))}
          </Button>
        </Box>
      )}
    </Notice>
  );
};

const Paused = ({ template, canManage, busy, onUnpause }: Props) => {
  const { formatMessage } = useIntl();
  const timeOf = useTime();
  const { pausedUntil } = template;
  return (
    <Notice
      tone="warning"
      title={
        pausedUntil
          ? formatMessage(t('templates.paused.until'), { time: timeOf(pausedUntil) })
          : formatMessage(t('templates.paused'))
      }
    >
      {formatMessage(t('templates.paused.text'))}
      {canManage && (
        <Box paddingTop={2}>
          <Button size="S" variant="secondary" loading={busy} onClick={onUnpause}>
            {formatMessage(t('templates.unpause'))}
          </Button>
        </Box>
      )}
    </Notice>
  );
};

const Category = ({ template }: Pick<Props, 'template'>) => {
  const { formatMessage } = useIntl();
  const nameOf = useCategoryName();
  const timeOf = useTime();
  const { category, requestedCategory, nextCategory } = template;
  return (
    <>
      {requestedCategory !== null && requestedCategory !== category && (
        <Notice
          tone="warning"
          title={formatMessage(t('templates.categoryGiven'), {
            asked: nameOf(requestedCategory),
            given: nameOf(category),
          })}
        >
          {formatMessage(t('templates.categoryGiven.text'))}
        </Notice>
      )}
      {nextCategory && (
        <Notice
          tone="warning"
          title={formatMessage(t('templates.categoryNext'), {
            category: nameOf(nextCategory.category),
            hasTime: nextCategory.at ? 'yes' : 'no',
            time: nextCategory.at ? timeOf(nextCategory.at) : '',
          })}
        >
          {formatMessage(t('templates.categoryGiven.text'))}
        </Notice>
      )}
    </>
  );
};

const GONE = {
  removed: 'templates.gone',
  disabled: 'templates.disabled',
  in_review: 'templates.inReview',
} as const;

/** What a person must know about a template before anything else, worst first. */
export const Notices = (props: Props) => {
  const { formatMessage } = useIntl();
  const chip = chipOf(props.template.status);
  const plain = chip in GONE ? GONE[chip as keyof typeof GONE] : null;
  return (
    <>
      {chip === 'rejected' && <Rejected {...props} />}
      {chip === 'paused' && <Paused {...props} />}
      {plain && (
        <Notice tone={chip === 'disabled' ? 'danger' : 'info'} title={formatMessage(t(plain))}>
          {formatMessage(t(`${plain}.text`))}
        </Notice>
      )}
      <Category template={props.template} />
    </>
  );
};
