/** Every limit of a template, once (Meta, templates/components; cloud-api.md §16.2 and §16.5). Characters unless said otherwise. */
export const TEMPLATE_LIMITS = {
  name: 512,
  headerText: 60,
  headerVariables: 1,
  body: 1024,
  /** With a limited-time offer. */
  offerBody: 600,
  offerText: 16,
  footer: 60,
  buttons: 10,
  buttonLabel: 25,
  url: 2000,
  phoneNumber: 20,
  couponCode: 20,
  cards: { least: 2, most: 10 },
  cardBody: 160,
  cardButtons: 2,
  /** How many buttons of a kind one template takes; kinds that are not named take one. */
  buttonsOfKind: { QUICK_REPLY: 10, URL: 2 } as Record<string, number>,
  codeExpiryMinutes: { least: 1, most: 90 },
  /** Seconds that Meta keeps trying; -1 means 30 days. */
  ttlSeconds: {
    AUTHENTICATION: { least: 30, most: 900 },
    UTILITY: { least: 30, most: 43_200 },
    MARKETING: { least: 43_200, most: 2_592_000 },
  } as Record<string, { least: number; most: number }>,
  /** A body needs this many words for each variable, and some more (Meta refuses with 2388293). */
  wordsPerVariable: 2,
} as const;

export const CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const;

export const HEADER_FORMATS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'GIF', 'PRODUCT'] as const;

export const BUTTON_TYPES = [
  'QUICK_REPLY',
  'URL',
  'PHONE_NUMBER',
  'COPY_CODE',
  'OTP',
  'FLOW',
  'CATALOG',
  'MPM',
  'SPM',
  'VOICE_CALL',
  'REQUEST_CONTACT_INFO',
  'ORDER_DETAILS',
  'SEND_LOCATION',
  'POSTBACK',
  'REMINDER',
  'EXTENSION',
] as const;
