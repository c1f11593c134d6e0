import { useIntl } from 'react-intl';
import type { Message } from '../../../../server/src/messages/contract';
import type { RenderedTemplate } from '../../../../server/src/templates/render';
import { TemplatePreview } from '../../templates/preview/TemplatePreview';
import { t } from '../../translate';
import { readTemplate } from './template';
import { MessageMeta } from './MessageMeta';
import { Muted } from './shell';

/** Files of the message stand above it already, with their progress and their way to full size. */
const mediaElsewhere = (message: Message) => (card: number | null) =>
  card === null && message.media ? ('elsewhere' as const) : null;

/** A template as it went out; the name below tells the team which one it was. */
export const TemplateBody = ({ message }: { message: Message }) => {
  const { formatMessage } = useIntl();
  const { name, language, rendered } = readTemplate(message);
  const shown: RenderedTemplate = rendered.body
    ? rendered
    : { ...rendered, body: formatMessage(t('type.template')) };
  return (
    <>
      {name && (
        <Muted style={{ display: 'block', marginBottom: 2 }}>
          {formatMessage(t('template.name'), { name })}
          {language ? ` · ${language}` : ''}
        </Muted>
      )}
      <TemplatePreview
        rendered={shown}
        language={language}
        gaps={false}
        media={mediaElsewhere(message)}
        end={<MessageMeta message={message} />}
      />
    </>
  );
};
