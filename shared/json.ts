import { z } from 'zod';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The fields of one entity. `null` and absent mean the same; stored fields never hold `null`. */
export type Fields = { readonly [field: string]: Json };

/** A field's value; `null` where the record does not hold it or does not exist. What every object inherits is no field. */
export function valueOf(fields: Fields | null, field: string): Json {
  return fields !== null && Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}

/** Parses any JSON value; refuses `undefined`, functions, NaN and infinities. */
export const Json: z.ZodType<Json> = z.json();

/**
 * Parses the fields of one entity as they arrive from outside. Keys such as `__proto__` survive as own keys,
 * so that the registry can name them in its refusal instead of losing them silently.
 */
export const Fields: z.ZodType<Fields> = z.custom<Fields>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && Json.safeParse(value).success,
  { error: 'an object of JSON values' },
);
