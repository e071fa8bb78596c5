import ipaddr from 'ipaddr.js';

/** Where the internet of IPv6 is given out from; what lies beside it is for machines and sites of their own. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address belongs to the public internet: neither this machine, nor its network, nor a way round to either (an
 * IPv4 address written as IPv6, NAT64, 6to4, Teredo). What is not known to be public is not.
 */
export function isPublicAddress(address: string): boolean {
  // A zone names one of this machine's own interfaces.
  if (address.includes('%') || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}
