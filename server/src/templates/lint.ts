import { lintBody, lintFooter, lintHeader } from './lint-text';
import { lintButtons } from './lint-buttons';
import { CATEGORIES, TEMPLATE_LIMITS as LIMITS } from './limits';
import type { LintProblem, Report, TemplateDraft } from './draft';
import { componentOf, typeOf, type TemplateComponent } from './model';

const LANGUAGE = /^[a-z]{2,3}(_[A-Z]{2,4}(_[A-Z]{2})?)?$/;

const lintFrame = (draft: TemplateDraft, report: Report): void => {
  if (!/^[a-z0-9_]+$/.test(draft.name)) {
    report('name_form', 'name', 'Takes small letters, digits and underscores only');
  }
  if (draft.name.length > LIMITS.name) report('name_long', 'name', `At most ${LIMITS.name} characters`);
  if (!LANGUAGE.test(draft.language)) {
    report('language_form', 'language', 'Is no language code of Meta, like en or pt_BR');
  }
  if (!(CATEGORIES as readonly string[]).includes(draft.category)) {
    report('category_unknown', 'category', `Is none of ${CATEGORIES.join(', ')}`);
  }
  if (!['POSITIONAL', 'NAMED'].includes(draft.parameterFormat)) {
    report('format_unknown', 'parameterFormat', 'Is POSITIONAL or NAMED');
  }
};

const lintTtl = ({ ttlSeconds, category }: TemplateDraft, report: Report): void => {
  if (ttlSeconds === undefined) return;
  const range = LIMITS.ttlSeconds[category];
  if (!range || (ttlSeconds === -1 && category !== 'MARKETING')) return;
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < range.least || ttlSeconds > range.most) {
    report('ttl_range', 'ttlSeconds', `Is between ${range.least} and ${range.most} seconds for ${category}`);
  }
};

const KNOWN = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER']);

const lintSet = (components: readonly TemplateComponent[], report: Report, at = ''): void => {
  const seen = new Set<string>();
  components.forEach((component, index) => {
    const type = typeOf(component);
    if (!KNOWN.has(type)) report('component_unknown', `${at}components[${index}]`, `Meta knows no ${type}`);
    if (seen.has(type)) report('component_twice', at + type.toLowerCase(), 'Stands in the template twice');
    seen.add(type);
  });
};

const lintOffer = (draft: TemplateDraft, report: Report): void => {
  const offer = componentOf(draft.components, 'LIMITED_TIME_OFFER')?.limited_time_offer;
  if (!offer) return;
  if (draft.category !== 'MARKETING') report('offer_category', 'offer', 'Is for marketing templates only');
  if (!offer.text?.trim()) report('offer_text_missing', 'offer', 'Needs a text');
  if ((offer.text ?? '').length > LIMITS.offerText) {
    report('offer_text_long', 'offer', `At most ${LIMITS.offerText} characters`);
  }
  if (componentOf(draft.components, 'FOOTER')) {
    report('offer_footer', 'footer', 'Is not allowed with a limited-time offer');
  }
};

const shapeOf = (components: readonly TemplateComponent[]): string =>
  components
    .map((part) =>
      [typeOf(part), part.format ?? '', ...(part.buttons ?? []).map((button) => typeOf(button))].join(':'),
    )
    .sort()
    .join('|');

const lintCarousel = (draft: TemplateDraft, report: Report): void => {
  const cards = componentOf(draft.components, 'CAROUSEL')?.cards;
  if (!cards) return;
  const { least, most } = LIMITS.cards;
  if (draft.category !== 'MARKETING') report('carousel_category', 'cards', 'Is for marketing templates only');
  if (cards.length < least || cards.length > most) {
    report('carousel_count', 'cards', `Has ${least} to ${most} cards`);
  }
  if (new Set(cards.map(({ components }) => shapeOf(components))).size > 1) {
    report('carousel_uneven', 'cards', 'All cards have the same kinds of header and buttons');
  }
  cards.forEach(({ components }, index) => {
    const at = `cards[${index}].`;
    const format = componentOf(components, 'HEADER')?.format?.toUpperCase();
    lintSet(components, report, at);
    if (!['IMAGE', 'VIDEO', 'PRODUCT'].includes(format ?? '')) {
      report('card_header', `${at}header`, 'Is an image or a video');
    }
    lintHeader({ ...draft, components }, report, at);
    lintBody({ ...draft, components }, report, { at, max: LIMITS.cardBody, optional: true });
    lintButtons({ ...draft, components }, report, { at, max: LIMITS.cardButtons });
    if (componentOf(components, 'FOOTER')) report('card_footer', `${at}footer`, 'A card has no footer');
  });
};

const lintAuthentication = (draft: TemplateDraft, report: Report): void => {
  if (draft.category !== 'AUTHENTICATION') return;
  const { components } = draft;
  if (componentOf(components, 'HEADER')) {
    report('auth_header', 'header', 'An authentication template has no header');
  }
  if (componentOf(components, 'BODY')?.text) {
    report('auth_body', 'body', 'Its text is Meta’s own; leave it empty');
  }
  const minutes = componentOf(components, 'FOOTER')?.code_expiration_minutes;
  const { least, most } = LIMITS.codeExpiryMinutes;
  if (minutes !== undefined && !(minutes >= least && minutes <= most)) {
    report('auth_expiry', 'footer', `The code expires in ${least} to ${most} minutes`);
  }
  const buttons = componentOf(components, 'BUTTONS')?.buttons ?? [];
  if (buttons.length !== 1 || typeOf(buttons[0]) !== 'OTP') {
    report('auth_button', 'buttons', 'Has exactly one button, for the code');
  }
};

/** Everything in a draft that Meta would refuse, found while it is typed. Pure; empty when it may be submitted. */
export const lintTemplate = (draft: TemplateDraft): LintProblem[] => {
  const problems: LintProblem[] = [];
  const report: Report = (rule, path, message) => problems.push({ rule, path, message });
  const hasOffer = componentOf(draft.components, 'LIMITED_TIME_OFFER') !== undefined;
  lintFrame(draft, report);
  lintTtl(draft, report);
  lintSet(draft.components, report);
  lintHeader(draft, report, '');
  if (draft.category !== 'AUTHENTICATION') {
    lintBody(draft, report, { at: '', max: hasOffer ? LIMITS.offerBody : LIMITS.body, optional: false });
    lintFooter(draft, report);
  }
  lintButtons(draft, report, { at: '', max: LIMITS.buttons });
  lintOffer(draft, report);
  lintCarousel(draft, report);
  lintAuthentication(draft, report);
  return problems;
};
