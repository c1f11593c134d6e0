import { Button, Flex, TextButton, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { Component, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { t } from '../translate';
import { PaneMessage } from './PaneMessage';
import { report } from './report';

interface FailureProps {
  reference: string;
  title?: string;
  text?: string;
  onRetry?: () => void;
}

/** A pane that could not be shown: what to do, and a reference that a click copies. */
export const PaneFailure = ({ reference, title, text, onRetry }: FailureProps) => {
  const { formatMessage } = useIntl();
  return (
    <PaneMessage
      picture={<WarningCircle width={48} height={48} fill="danger600" aria-hidden />}
      title={title ?? formatMessage(t('error.pane.title'))}
      text={text ?? formatMessage(t('error.pane.text'))}
    >
      <Flex direction="column" gap={3}>
        {onRetry && <Button onClick={onRetry}>{formatMessage(t('common.retry'))}</Button>}
        <Flex gap={2}>
          <Typography variant="pi" textColor="neutral600">
            {formatMessage(t('error.reference'))}
          </Typography>
          <TextButton
            aria-label={formatMessage(t('error.copyReference'), { reference })}
            onClick={() => void navigator.clipboard?.writeText(reference)}
          >
            {reference}
          </TextButton>
        </Flex>
      </Flex>
    </PaneMessage>
  );
};

interface Props {
  children: ReactNode;
  /** Shown instead of the pane-sized failure, e.g. a bubble. */
  fallback?: (reference: string) => ReactNode;
}

/** Keeps an exception inside the pane (or bubble) where it happened. */
export class PaneBoundary extends Component<Props, { reference: string | null }> {
  override state: { reference: string | null } = { reference: null };

  static getDerivedStateFromError(error: Error): { reference: string } {
    return { reference: report('A pane failed', error) };
  }

  override render(): ReactNode {
    const { reference } = this.state;
    if (reference === null) return this.props.children;
    if (this.props.fallback) return this.props.fallback(reference);
    return <PaneFailure reference={reference} onRetry={() => this.setState({ reference: null })} />;
  }
}
