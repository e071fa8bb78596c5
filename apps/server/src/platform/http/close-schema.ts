import { z } from 'zod';

type Part = z.core.$ZodType;

/** The same schema with other parts; its own checks stay. */
function rebuilt<Schema extends Part>(schema: Schema, parts: Partial<Schema['_zod']['def']>): Schema {
  return z.core.clone(schema, { ...schema._zod.def, ...parts });
}

/**
 * The schema as a request is held to it: a key that it does not name is refused, at every depth. Left to itself the library
 * drops such a key, so that a mistyped field is not written and a mistyped filter finds everybody. `z.looseObject` and
 * `z.record` stay open, for what others decide the names of.
 */
export function closeSchema<Schema extends Part>(schema: Schema): Schema;
export function closeSchema(schema: z.core.$ZodTypes): Part {
  switch (schema._zod.def.type) {
    case 'object': {
      const { shape, catchall } = schema._zod.def as z.core.$ZodObjectDef;
      const closed = Object.entries(shape).map(([key, part]) => [key, closeSchema(part)]);
      return rebuilt(schema as z.core.$ZodObject, {
        shape: Object.fromEntries(closed) as z.core.$ZodShape,
        catchall: catchall ?? z.never(),
      });
    }
    case 'array':
      return rebuilt(schema as z.core.$ZodArray, { element: closeSchema(schema._zod.def.element) });
    case 'record':
      return rebuilt(schema as z.core.$ZodRecord, { valueType: closeSchema(schema._zod.def.valueType) });
    case 'union':
      return rebuilt(schema as z.core.$ZodUnion, {
        options: schema._zod.def.options.map((option) => closeSchema(option)),
      });
    case 'pipe':
      return rebuilt(schema as z.core.$ZodPipe, {
        in: closeSchema(schema._zod.def.in),
        out: closeSchema(schema._zod.def.out),
      });
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return rebuilt(schema as z.core.$ZodOptional, {
        innerType: closeSchema(schema._zod.def.innerType),
      });
    default:
      return schema;
  }
}
