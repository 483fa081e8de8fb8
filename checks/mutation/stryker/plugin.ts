import { PluginKind } from "@stryker-mutator/api/plugin";
import { createCheckRunner } from "./check-runner.ts";
import { errorMessageIgnorer } from "./error-message-ignorer.ts";
import { createProgress } from "./progress.ts";

/** What Stryker finds in the bundle of this file: the kit's own runner of tests, what not to mutate, and how to tell the progress. */
export const strykerPlugins = [
  { kind: PluginKind.TestRunner, name: "kit-checks", factory: Object.assign(createCheckRunner, { inject: ["options"] as const }) },
  { kind: PluginKind.Ignore, name: "kit-error-messages", value: errorMessageIgnorer },
  { kind: PluginKind.Reporter, name: "kit-progress", value: createProgress() },
];

/** Tells Stryker that `kitLab` is an option. */
export const strykerValidationSchema = { properties: { kitLab: { type: "string" } } };
