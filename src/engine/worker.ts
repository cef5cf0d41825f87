import { Host } from "./host.ts";
import type { Endpoint } from "./protocol.ts";

new Host(globalThis as unknown as Endpoint);
