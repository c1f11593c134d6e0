/** Letters that have no decomposition into a base letter and a mark. */
const PLAIN: Record<string, string> = { ı: 'i', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', þ: 'th' };

const MAX = 48;

/** `Müşteri İlişkileri` → `musteri-iliskileri`; empty when the name has no Latin letter or digit. */
export const slugFrom = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ıßøłđæœþ]/g, (letter) => PLAIN[letter])
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX)
    .replace(/^-|-$/g, '');

export const isSlug = (text: string): boolean => text.length <= 63 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
