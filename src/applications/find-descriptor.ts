import type { ApplicationDescriptor } from "./descriptor.ts";

/** Tells the business of a number of ours. */
export type FindDescriptor = (number: string) => ApplicationDescriptor;

/** Finds the business of a number by its first two digits; a number always comes from a record of ours. */
export function descriptorFinder(descriptors: readonly ApplicationDescriptor[]): FindDescriptor {
  return (number) => {
    const found = descriptors.find((descriptor) => number.startsWith(descriptor.numberPrefix));
    if (found === undefined) throw new Error(`no business has numbers like ${number.slice(0, 2)}`);
    return found;
  };
}
