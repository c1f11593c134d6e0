import { componentOf, typeOf, type TemplateComponent } from '../../../../server/src/templates/model';
import { newCard } from './buttons';
import { drop, put, type Components } from './components';

/** What an authentication template consists of: Meta writes all the words. */
export const authenticationComponents = (): TemplateComponent[] => [
  { type: 'BODY', add_security_recommendation: true },
  { type: 'FOOTER', code_expiration_minutes: 10 },
  { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
];

/** Whether the fields of the other categories would find something to edit. */
export const hasWords = (components: Components): boolean =>
  components.some((component) => typeOf(component) === 'BODY' && Boolean(component.text?.trim()));

/** The components for another category; `kept` is what stood there before it was an authentication template. */
export const forCategory = (
  components: Components,
  from: string,
  to: string,
  kept: Components | null,
): TemplateComponent[] => {
  if (to === from) return [...components];
  if (to === 'AUTHENTICATION') return authenticationComponents();
  if (from === 'AUTHENTICATION') return [...(kept ?? [{ type: 'BODY', text: '' }])];
  // Both are for marketing alone.
  return to === 'MARKETING' ? [...components] : drop(drop(components, 'LIMITED_TIME_OFFER'), 'CAROUSEL');
};

export const withOffer = (components: Components, on: boolean): TemplateComponent[] =>
  on
    ? drop(
        put(components, {
          type: 'LIMITED_TIME_OFFER',
          limited_time_offer: { text: '', has_expiration: true },
        }),
        'FOOTER',
      )
    : drop(components, 'LIMITED_TIME_OFFER');

/** With cards there is no header, footer or button outside of them (Meta, media-card-carousel-templates). */
export const withCarousel = (components: Components, on: boolean): TemplateComponent[] => {
  if (!on) return drop(components, 'CAROUSEL');
  const first = newCard([]);
  const bare = ['HEADER', 'FOOTER', 'BUTTONS', 'LIMITED_TIME_OFFER'].reduce<Components>(drop, components);
  const known = componentOf(bare, 'CAROUSEL');
  return put(bare, known ?? { type: 'CAROUSEL', cards: [first, newCard([first])] });
};
