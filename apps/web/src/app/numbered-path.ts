/** Parts of an address that are ids: `$customerId` of `/customers/$customerId`. */
const isId = (name: string) => name.endsWith('Id');

/**
 * Whether the ids in an address are numbers as ids are. Where one is not there is no such page; the server would say
 * that something in the request is not right, and nobody has typed a request.
 */
export const idsAreNumbers = (params: Readonly<Record<string, string>>): boolean =>
  Object.entries(params).every(([name, value]) => !isId(name) || /^[1-9]\d{0,14}$/.test(value));
