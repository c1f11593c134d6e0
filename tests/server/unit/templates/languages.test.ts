import {
  directionOf,
  languageName,
  languageTag,
  META_LANGUAGES,
} from '../../../../server/src/templates/languages';
import { lintTemplate } from '../../../../server/src/templates/lint';
import { PLAIN, positional } from './fixtures';

describe('languages of Meta', () => {
  it('are all taken by the rules for drafts, each once', () => {
    expect(new Set(META_LANGUAGES).size).toBe(META_LANGUAGES.length);
    const refused = META_LANGUAGES.filter(
      (language) => lintTemplate({ ...positional(PLAIN), language }).length > 0,
    );
    expect(refused).toEqual([]);
  });

  it('are written for browsers with a hyphen', () => expect(languageTag('pt_BR')).toBe('pt-BR'));

  it.each([
    ['ar', 'rtl'],
    ['ar_EG', 'rtl'],
    ['he', 'rtl'],
    ['prs_AF', 'rtl'],
    ['en_US', 'ltr'],
    ['az', 'ltr'],
  ])('%s runs %s', (code, direction) => expect(directionOf(code)).toBe(direction));

  it('have names for people, and stay readable without one', () => {
    expect(languageName('tr', 'en')).toBe('Turkish');
    expect(languageName('pt_BR', 'en')).toMatch(/Portuguese/);
    expect(languageName('no such', 'en')).toBe('no such');
  });
});
