declare const brand: unique symbol;

/** A primitive that must not be mixed with others of the same representation. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
