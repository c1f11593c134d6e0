import { Button, Flex, TextButton, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { LintProblem } from '../../../../server/src/templates/draft';
import { Card } from '../../design/Card';
import { t } from '../../translate';
import { useBuilder } from './builder-context';
import { fixOf } from './fixes';
import { useFieldName, useLintWords } from './lint-words';

interface Props {
  /** Leads to the field; the form may have to be shown first. */
  onGo(path: string): void;
}

const Problem = ({ problem, onGo }: Props & { problem: LintProblem }) => {
  const { formatMessage } = useIntl();
  const { draft, change } = useBuilder();
  const wordsOf = useLintWords();
  const nameOf = useFieldName();
  const fix = fixOf(problem, draft);
  return (
    <Flex tag="li" gap={2} alignItems="flex-start">
      <CrossCircle
        width={16}
        height={16}
        fill="danger600"
        aria-hidden
        style={{ flex: 'none', marginBlockStart: 2 }}
      />
      <div style={{ flex: 1, minWidth: 0 }}>
        {problem.path !== '' && (
          <TextButton type="button" onClick={() => onGo(problem.path)}>
            {nameOf(problem.path)}
          </TextButton>
        )}
        <Typography tag="p" textColor="neutral800">
          {wordsOf(problem, draft)}
        </Typography>
      </div>
      {fix && (
        <Button type="button" size="S" variant="tertiary" onClick={() => change(fix)}>
          {formatMessage(t('templates.checks.fix'))}
        </Button>
      )}
    </Flex>
  );
};

/** Everything that Meta would refuse, each with the way to its field, and mended by a press where that needs no thought. */
export const ChecksCard = ({ onGo }: Props) => {
  const { formatMessage } = useIntl();
  const { problems } = useBuilder();
  return (
    <Card title={formatMessage(t('templates.checks'))}>
      {problems.length === 0 ? (
        <Flex gap={2}>
          <CheckCircle width={16} height={16} fill="success600" aria-hidden />
          <Typography textColor="neutral800">{formatMessage(t('templates.checks.none'))}</Typography>
        </Flex>
      ) : (
        <Flex
          tag="ul"
          direction="column"
          alignItems="stretch"
          gap={3}
          aria-label={formatMessage(t('templates.checks'))}
          style={{ listStyle: 'none' }}
        >
          {problems.map((problem) => (
            <Problem key={`${problem.rule} ${problem.path}`} problem={problem} onGo={onGo} />
          ))}
        </Flex>
      )}
    </Card>
  );
};
