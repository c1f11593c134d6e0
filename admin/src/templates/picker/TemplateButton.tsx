import { Button } from '@strapi/design-system';
import { Layout } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { t } from '../../translate';

interface Props {
  open(): void;
  /** Asks ahead of the press. */
  warm(): void;
}

/** The way on where nothing can be typed: outside the window only a template goes out. */
export const TemplateButton = ({ open, warm }: Props) => {
  const { formatMessage } = useIntl();
  return (
    <Button size="S" startIcon={<Layout />} onMouseEnter={warm} onFocus={warm} onClick={() => open()}>
      {formatMessage(t('picker.open'))}
    </Button>
  );
};
