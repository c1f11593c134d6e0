import { Button, Flex } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { t } from '../../translate';

const VIEWS = ['write', 'preview'] as const;
export type View = (typeof VIEWS)[number];

interface Props {
  view: View;
  /** How many things Meta would refuse: they are told beside the preview. */
  problems: number;
  onChange(view: View): void;
}

/** Form or preview, where the page is too narrow for both. */
export const ViewTabs = ({ view, problems, onChange }: Props) => {
  const { formatMessage } = useIntl();
  return (
    <Flex gap={2} role="group" aria-label={formatMessage(t('templates.view'))}>
      {VIEWS.map((one) => (
        <Button
          key={one}
          variant={one === view ? 'default' : 'tertiary'}
          aria-pressed={one === view}
          onClick={() => onChange(one)}
        >
          {formatMessage(t(`templates.view.${one}`), { count: problems })}
        </Button>
      ))}
    </Flex>
  );
};
