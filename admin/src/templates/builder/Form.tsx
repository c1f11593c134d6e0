import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import { componentOf, typeOf } from '../../../../server/src/templates/model';
import { Card } from '../../design/Card';
import { t } from '../../translate';
import { AuthFields } from './AuthFields';
import { BasicsFields } from './BasicsFields';
import { BodyField } from './BodyField';
import { useBuilder } from './builder-context';
import { ButtonsField } from './ButtonsField';
import { CarouselField } from './CarouselField';
import { drop, foreignOf, put } from './components';
import { CountedField } from './CountedField';
import { ExtrasFields } from './ExtrasFields';
import { HeaderField } from './HeaderField';

const Raw = styled.pre`
  overflow: auto;
  max-height: 240px;
  padding: 12px;
  background: ${({ theme }) => theme.colors.neutral100};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.2rem;
`;

const FooterField = () => {
  const { formatMessage } = useIntl();
  const { draft, source, change } = useBuilder();
  const footer = componentOf(draft.components, 'FOOTER');
  return (
    <CountedField
      path="footer"
      label={formatMessage(t('templates.field.footer'))}
      value={footer?.text ?? ''}
      max={LIMITS.footer}
      hint={formatMessage(t('templates.footer.hint'))}
      source={componentOf(source?.components ?? [], 'FOOTER')?.text}
      onChange={(text) =>
        change({
          components:
            text === ''
              ? drop(draft.components, 'FOOTER')
              : put(draft.components, { ...footer, type: 'FOOTER', text }),
        })
      }
    />
  );
};

/** Parts that this version has no fields for: shown, kept as they are. */
const ForeignParts = () => {
  const { formatMessage } = useIntl();
  const { draft } = useBuilder();
  const foreign = foreignOf(draft.components);
  if (foreign.length === 0) return null;
  return (
    <Card title={formatMessage(t('templates.foreign'))} text={formatMessage(t('templates.foreign.text'))}>
      {foreign.map((component, index) => (
        <div key={index} data-field={`components[${draft.components.indexOf(component)}]`}>
          <Typography fontWeight="semiBold" textColor="neutral800">
            {typeOf(component)}
          </Typography>
          <Raw dir="ltr" tabIndex={0}>
            {JSON.stringify(component, null, 2)}
          </Raw>
        </div>
      ))}
    </Card>
  );
};

const Content = () => {
  const { formatMessage } = useIntl();
  const { draft, source } = useBuilder();
  const { components, category } = draft;
  const hasOffer = componentOf(components, 'LIMITED_TIME_OFFER') !== undefined;
  const hasCards = componentOf(components, 'CAROUSEL') !== undefined;
  // What is not allowed beside them is still shown while it stands there, so that it can be taken away.
  const hasFooter = componentOf(components, 'FOOTER') !== undefined;
  const sources = source?.components ?? [];
  return (
    <>
      {(category === 'MARKETING' || hasOffer || hasCards) && (
        <Card title={formatMessage(t('templates.extras'))}>
          <ExtrasFields />
        </Card>
      )}
      <Card title={formatMessage(t('templates.content'))}>
        <Flex direction="column" alignItems="stretch" gap={6}>
          {!hasCards && <HeaderField card={null} source={componentOf(sources, 'HEADER')?.text} />}
          <BodyField card={null} source={componentOf(sources, 'BODY')?.text} />
          {((!hasOffer && !hasCards) || hasFooter) && <FooterField />}
          {!hasCards && <ButtonsField card={null} source={sources} />}
        </Flex>
      </Card>
      {hasCards && (
        <Card title={formatMessage(t('templates.field.cards'))}>
          <CarouselField />
        </Card>
      )}
    </>
  );
};

const Fields = styled.fieldset`
  display: flex;
  flex-direction: column;
  gap: 24px;
  min-width: 0;
  padding: 0;
  border: 0;
`;

/** The whole form; under `readOnly` all of it stands still. */
export const Form = ({ readOnly }: { readOnly: boolean }) => {
  const { formatMessage } = useIntl();
  const { draft } = useBuilder();
  return (
    <Fields disabled={readOnly}>
      <Card title={formatMessage(t('templates.basics'))}>
        <BasicsFields />
      </Card>
      {draft.category === 'AUTHENTICATION' ? (
        <Card title={formatMessage(t('templates.content'))} text={formatMessage(t('templates.auth.text'))}>
          <AuthFields />
        </Card>
      ) : (
        <Content />
      )}
      <ForeignParts />
    </Fields>
  );
};
