/** What a browser and Strapi's own start script provide and jsdom lacks. */
import { TextDecoder, TextEncoder } from 'node:util';

class NoopObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}

const matchMedia = (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => undefined,
  removeListener: () => undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  dispatchEvent: () => false,
});

const disabled = { isEnabled: () => false };

const strapi = {
  backendURL: 'http://localhost:1337',
  isEE: false,
  isTrialLicense: false,
  features: { SSO: 'sso', AUDIT_LOGS: 'audit-logs', REVIEW_WORKFLOWS: 'review-workflows', ...disabled },
  future: disabled,
  featureFlags: disabled,
  flags: { nps: false, promoteEE: false },
  projectType: 'Community',
  telemetryDisabled: true,
};

Object.assign(globalThis, { TextDecoder, TextEncoder });
Object.assign(window, {
  ResizeObserver: NoopObserver,
  IntersectionObserver: NoopObserver,
  matchMedia,
  strapi,
});
window.HTMLElement.prototype.scrollIntoView = () => undefined;
window.HTMLElement.prototype.hasPointerCapture = () => false;
