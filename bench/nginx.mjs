import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../scripts/lib/ports.mjs";
import { start, waitFor } from "../scripts/lib/run.mjs";

/**
 * Starts nginx with one server on a loopback port, in a folder of its own.
 * @param options.name of the folder and of the log beside it
 * @param options.connections at most
 * @param options.modules lines before everything else
 * @param options.http lines beside the server
 * @param options.server lines within it
 */
export async function runNginx({ program, folder, name, connections, modules = "", http = "", server }) {
  const port = await freePort();
  const prefix = join(folder, name);
  mkdirSync(join(prefix, "tmp"), { recursive: true });
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${prefix}/tmp/${kind};`)
    .join("\n");
  writeFileSync(
    join(prefix, "nginx.conf"),
    `${modules}
daemon off; worker_processes 1; pid ${prefix}/pid; error_log ${prefix}/error.log;
events { worker_connections ${connections}; }
http {
  access_log off; ${temp}
  ${http}
  server {
    listen 127.0.0.1:${port};
    location = /alive { return 200 "ok"; }
    ${server}
  }
}
`,
  );
  const nginx = start(program, ["-p", prefix, "-c", join(prefix, "nginx.conf")], {
    logFile: join(folder, `${name}.log`),
  });
  await waitFor(`http://127.0.0.1:${port}/alive`, { program: nginx, what: name });
  return { ...nginx, url: `http://127.0.0.1:${port}` };
}

/** nginx as the peer: `proxy_pass` with keep-alive to upstream and one added header. */
export function startNginx({ program, upstream, authorization, folder }) {
  return runNginx({
    ...{ program, folder, name: "nginx", connections: 1024 },
    http: `upstream api { server ${new URL(upstream).host}; keepalive 32; }`,
    server: `location / {
      proxy_pass http://api; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Authorization "${authorization}";
    }`,
  });
}
