import { runNginx } from "./nginx.mjs";

/** nginx with nchan as the peer: what is posted to `/publish` goes out to whoever listens at `/events`, as Server-Sent Events. */
export function startNchan({ program, module, folder }) {
  return runNginx({
    ...{ program, folder, name: "nchan", connections: 2048 },
    modules: `load_module ${module};`,
    server: `location = /publish { nchan_publisher; nchan_channel_id bench; }
    location = /events { nchan_subscriber eventsource; nchan_channel_id bench; nchan_subscriber_first_message newest; }`,
  });
}
