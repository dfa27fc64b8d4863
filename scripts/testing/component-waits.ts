import { configure } from "@testing-library/react";

// A wait ends when what is awaited is there. Its limit only says when to give up, which a busy machine must not reach.
configure({ asyncUtilTimeout: 15_000 });
