import { handleUpstreamCall } from "@/lib/server/proxy/handle";

// The path that Next has decoded into `params` is not used: the proxy reads the address itself.
const handle = (request: Request) => handleUpstreamCall(request);

export {
  handle as GET,
  handle as POST,
  handle as PUT,
  handle as DELETE,
  // Named, because Next would answer these by itself; the proxy says 405.
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
};
