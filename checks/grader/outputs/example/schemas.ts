import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import formatsPlugin from "ajv-formats";
import { root } from "#launch/root.mjs";

/** Validates against a schema of fixtures/schemas/. The answer names what is wrong; it is empty when nothing is. */
export function schemaFaults(schema: string): (document: unknown) => readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formatsPlugin.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(root, "fixtures", "schemas", schema), "utf8")));
  return (document) => (validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));
}
