import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../scripts/lib/ports.mjs";
import { start, waitFor } from "../scripts/lib/run.mjs";

/** nginx with nchan as the peer: what is posted to `/publish` goes out to whoever listens at `/events`, as Server-Sent Events. */
export async function startNchan({ program, module, folder }) {
  const port = await freePort();
  const prefix = join(folder, "nchan");
  mkdirSync(join(prefix, "tmp"), { recursive: true });
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${prefix}/tmp/${name};`)
    .join("\n");
  writeFileSync(
    join(prefix, "nginx.conf"),
    `load_module ${module};
daemon off; worker_processes 1; pid ${prefix}/pid; error_log ${prefix}/error.log;
events { worker_connections 2048; }
http {
  access_log off; ${temp}
  server {
    listen 127.0.0.1:${port};
    location = /alive { return 200 "ok"; }
    location = /publish { nchan_publisher; nchan_channel_id bench; }
    location = /events { nchan_subscriber eventsource; nchan_channel_id bench; nchan_subscriber_first_message newest; }
  }
}
`,
  );
  const nginx = start(program, ["-p", prefix, "-c", join(prefix, "nginx.conf")], {
    logFile: join(folder, "nchan.log"),
  });
  await waitFor(`http://127.0.0.1:${port}/alive`, { program: nginx, what: "nginx with nchan" });
  return { ...nginx, url: `http://127.0.0.1:${port}` };
}
