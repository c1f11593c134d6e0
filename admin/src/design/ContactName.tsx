import { useIntl } from 'react-intl';
import { displayName } from '../conversations/display-name';
import { t } from '../translate';

type Contact = Parameters<typeof displayName>[0];

/** A person's name as text, with the sentence for people who have none. */
export const useContactName = () => {
  const { formatMessage } = useIntl();
  return (contact: Contact): string => {
    const name = displayName(contact);
    return name.text ?? formatMessage(t('contact.nameless'), { tail: name.tail });
  };
};

/** A person's name in its own writing direction; phone numbers stay left to right. */
export const ContactName = ({ contact }: { contact: Contact }) => {
  const nameOf = useContactName();
  const name = displayName(contact);
  return <bdi dir={name.text !== null && name.isPhone ? 'ltr' : 'auto'}>{nameOf(contact)}</bdi>;
};
