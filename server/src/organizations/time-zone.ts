/** Names of the IANA database; an offset like `+03:00` is none, because it knows no summer time. */
const NAME = /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/;

export const isTimeZone = (name: string): boolean => {
  if (!NAME.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // RangeError is how Intl says that it does not know the name.
    return false;
  }
};
