import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../scripts/lib/ports.mjs";
import { start, waitFor } from "../scripts/lib/run.mjs";

/** nginx as the peer: `proxy_pass` with keep-alive to upstream and one added header. */
export async function startNginx({ program, upstream, authorization, folder }) {
  const port = await freePort();
  const prefix = join(folder, "nginx");
  mkdirSync(join(prefix, "tmp"), { recursive: true });
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${prefix}/tmp/${name};`)
    .join("\n");
  writeFileSync(
    join(prefix, "nginx.conf"),
    `daemon off; worker_processes 1; pid ${prefix}/pid; error_log ${prefix}/error.log;
events { worker_connections 1024; }
http {
  access_log off; ${temp}
  upstream api { server ${new URL(upstream).host}; keepalive 32; }
  server {
    listen 127.0.0.1:${port};
    location = /alive { return 200 "ok"; }
    location / {
      proxy_pass http://api; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Authorization "${authorization}";
    }
  }
}
`,
  );
  const nginx = start(program, ["-p", prefix, "-c", join(prefix, "nginx.conf")], {
    logFile: join(folder, "nginx.log"),
  });
  await waitFor(`http://127.0.0.1:${port}/alive`, { program: nginx, what: "nginx" });
  return { ...nginx, url: `http://127.0.0.1:${port}` };
}
