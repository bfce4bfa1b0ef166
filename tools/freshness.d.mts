/** Time of the latest change to anything the build reads, milliseconds. */
export function newestSource(root: string): number;
/** Time of the last finished build, milliseconds; 0 when there is none. */
export function builtAt(root: string): number;
