/**
 * Version of what the normaliser makes of a message element. Raise it with every change that shows a stored message
 * better (a new type, a better text): messages of older versions are then read again from their raw element.
 */
export const NORMALISER_VERSION = 1;
