import { Button, Flex } from '@strapi/design-system';
import { Moon, Sun } from '@strapi/icons';
import { useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { useTheme } from 'styled-components';
import type { TemplateDefinition } from '../../../server/src/templates/model';
import { renderTemplate } from '../../../server/src/templates/render';
import { isDarkPalette } from '../design/bubble-tokens';
import { Card } from '../design/Card';
import { t } from '../translate';
import type { MediaOf } from './preview/preview-media';
import { TemplatePreview } from './preview/TemplatePreview';
import { sampleValues } from './sample-values';

interface Props {
  definition: TemplateDefinition;
  media?: MediaOf;
}

/** Nothing is written yet: somebody is about to. */
const UNWRITTEN = '…';

/** The template on a phone, filled with its examples; light or dark, whatever the panel is. */
export const PreviewCard = ({ definition, media }: Props) => {
  const { formatMessage } = useIntl();
  const { colors } = useTheme();
  const [chosen, setChosen] = useState<'light' | 'dark' | null>(null);
  const scheme = chosen ?? (isDarkPalette(colors) ? 'dark' : 'light');
  const rendered = useMemo(() => {
    const written = renderTemplate(definition, sampleValues(definition));
    const { header, body, cards } = written;
    return body === '' && !header && cards.length === 0 ? { ...written, body: UNWRITTEN } : written;
  }, [definition]);
  return (
    <Card
      title={formatMessage(t('templates.preview'))}
      action={
        <Button
          type="button"
          size="S"
          variant="tertiary"
          startIcon={scheme === 'dark' ? <Sun /> : <Moon />}
          onClick={() => setChosen(scheme === 'dark' ? 'light' : 'dark')}
        >
          {formatMessage(t(scheme === 'dark' ? 'templates.preview.light' : 'templates.preview.dark'))}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch">
        <TemplatePreview
          frame="phone"
          scheme={scheme}
          rendered={rendered}
          language={definition.language}
          media={media}
        />
      </Flex>
    </Card>
  );
};
