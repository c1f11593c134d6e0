import ipaddr from 'ipaddr.js';

/** Reachable by address from a virtual machine, though not private: Azure's host agent hands out credentials there. */
const METADATA = ['168.63.129.16'];

/** `[::1]` as it stands in a URL, without brackets and zone. */
const bare = (host: string): string => host.replace(/^\[|\]$/g, '').replace(/%.*$/, '');

/** Whether this text is an IP address and no name. */
export const isAddress = (host: string): boolean => ipaddr.isValid(bare(host));

/**
 * Whether an IP address belongs to the public internet. Everything that is set aside (IANA special-purpose registries:
 * private, loopback, link-local with the cloud metadata services, carrier NAT, addresses that embed an IPv4 one …) is not;
 * what cannot be read is not either.
 */
export const isPublicAddress = (address: string): boolean => {
  const host = bare(address);
  if (!ipaddr.isValid(host)) return false;
  const read = ipaddr.process(host);
  return read.range() === 'unicast' && !METADATA.includes(read.toString());
};

/** This machine itself, by address or by name (RFC 6761 keeps `localhost` and all below it for it). */
export const isLoopbackHost = (host: string): boolean => {
  const name = bare(host).toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback';
};
