import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { TemplateDetails } from '../../../../server/src/templates/contract';
import { languageName } from '../../../../server/src/templates/languages';
import { Card } from '../../design/Card';
import { fullDateTime } from '../../design/time';
import { t, type TranslationId } from '../../translate';
import { useDurationWords } from '../builder/ttl';
import { useCategoryName } from '../list/use-category-name';
import { QualityText } from '../list/QualityText';
import { StatusBadge } from '../list/StatusBadge';

const Facts = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr));
  gap: 16px;
  dd {
    overflow-wrap: anywhere;
  }
`;

const Fact = ({ label, children }: { label: TranslationId; children: ReactNode }) => {
  const { formatMessage } = useIntl();
  return (
    <div>
      <Typography tag="dt" variant="sigma" textColor="neutral600">
        {formatMessage(t(label))}
      </Typography>
      <Typography tag="dd" textColor="neutral800">
        {children}
      </Typography>
    </div>
  );
};

/** What Meta and we know about a template. */
export const FactsCard = ({ template, numbers }: { template: TemplateDetails; numbers: string[] }) => {
  const { formatMessage, locale } = useIntl();
  const categoryName = useCategoryName();
  const durationWords = useDurationWords();
  const time = (iso: string | null) => (iso ? fullDateTime(Date.parse(iso), locale) : null);
  const never = formatMessage(t('templates.never'));
  const { editing } = template;
  return (
    <Card title={formatMessage(t('templates.facts'))}>
      <Facts>
        <Fact label="templates.state">
          <StatusBadge status={template.status} />
        </Fact>
        <Fact label="templates.quality">
          <QualityText quality={template.quality} />
        </Fact>
        <Fact label="templates.category">{categoryName(template.category)}</Fact>
        {template.previousCategory && (
          <Fact label="templates.category.previous">{categoryName(template.previousCategory)}</Fact>
        )}
        <Fact label="templates.language">
          {languageName(template.language, locale)} <bdi dir="ltr">({template.language})</bdi>
        </Fact>
        <Fact label="templates.used">
          {formatMessage(t('templates.sentCount'), { count: template.sent30Days })}
        </Fact>
        <Fact label="templates.lastSent">{time(template.lastSentAt) ?? never}</Fact>
        {template.ttlSeconds !== null && (
          <Fact label="templates.ttl">{durationWords(template.ttlSeconds)}</Fact>
        )}
        {editing && (
          <Fact label="templates.editing">
            {editing.allowed
              ? formatMessage(t('templates.editing.allowed'), { used: editing.used30Days })
              : formatMessage(t(`templates.editing.${editing.reason ?? 'status'}`), {
                  time: time(editing.nextAt) ?? '',
                  hasTime: editing.nextAt ? 'yes' : 'no',
                })}
          </Fact>
        )}
        <Fact label="templates.account">
          <bdi dir="ltr">{template.businessAccountId}</bdi>
          {numbers.length > 0 && <> · {numbers.join(', ')}</>}
        </Fact>
        <Fact label="templates.metaId">
          <bdi dir="ltr">{template.metaId}</bdi>
        </Fact>
        <Fact label="templates.lastSync">{time(template.lastSyncedAt) ?? never}</Fact>
      </Facts>
    </Card>
  );
};
