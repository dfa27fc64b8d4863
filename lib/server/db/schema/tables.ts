import * as collector from "./collector";
import * as dataSources from "./data-sources";
import * as live from "./live";
import * as platform from "./platform";
import * as register from "./register";
import * as tenant from "./tenant";
import * as views from "./views";
import * as webhooks from "./webhooks";
import * as workspaces from "./workspaces";

/** Every table, for what concerns them all: opening a store, and tests over the whole of it. */
export const tables = {
  ...platform,
  ...tenant,
  ...collector,
  ...dataSources,
  ...webhooks,
  ...register,
  ...live,
  ...views,
  ...workspaces,
};
