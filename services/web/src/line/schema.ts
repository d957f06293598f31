// Written by `npm run generate` from docs/. Do not edit.

export interface paths {
    readonly "/auctions/{id}/queue": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Stand in line; once, however often. */
        readonly post: operations["joinLine"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/auctions/{id}/queue/me": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        /** Where you stand. */
        readonly get: operations["readStanding"];
        readonly put?: never;
        readonly post?: never;
        /** Leave the line. */
        readonly delete: operations["leaveLine"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/auctions/{id}/queue/serving": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        /** What everybody may know; cached for a second. */
        readonly get: operations["readServing"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * LineStanding
         * @description Where a waiter stands.
         */
        readonly LineStanding: {
            /** @enum {unknown} */
            readonly state: "admitted" | "expired" | "left" | "waiting";
            /**
             * @description None for the moments until it is assigned.
             * @default null
             */
            readonly number?: number | null;
            /**
             * @description whether the number is one of those before the doors opened.
             * @default null
             */
            readonly early?: boolean | null;
            /**
             * @description None without a number, and for an early one until the doors are open.
             * @default null
             */
            readonly place?: number | null;
            /**
             * @description how many are to be let in before; 0 is next.
             * @default null
             */
            readonly ahead?: number | null;
            /**
             * @description how long it may take; None if the line moves too little to tell.
             * @default null
             */
            readonly wait_ms?: components["schemas"]["Range"] | null;
            /**
             * @description of who is admitted, fresh: an earlier one is void.
             * @default null
             */
            readonly ticket?: string | null;
            /** @default null */
            readonly ticket_expires_at_ms?: number | null;
            /**
             * @description when this turn joined; None unless they wait.
             * @default null
             */
            readonly joined_at_ms?: number | null;
        };
        /**
         * Range
         * @description From `low` to `high`: what is estimated is probably in between.
         */
        readonly Range: {
            readonly low: number;
            readonly high: number;
        };
        /**
         * Serving
         * @description What everybody may know of a line, the same for all: it is cached for a second.
         */
        readonly Serving: {
            /** @enum {unknown} */
            readonly status: "closed" | "gathering" | "open" | "paused";
            /** @description UTC epoch milliseconds, by the server's clock. */
            readonly gather_at_ms: number;
            /** @description by the server's clock, UTC epoch milliseconds; who joined before is early. The doors open some seconds after, and not while early people are still being numbered, for three minutes at most. */
            readonly doors_at_ms: number;
            readonly seed: string | null;
            readonly early: number | null;
            /** @description how many places had their turn. */
            readonly served: number;
            /** @description how many places have not. */
            readonly waiting: number;
            /** @description how many places lately had their turn; None if too few to tell. */
            readonly per_minute: components["schemas"]["Range"] | null;
            /** @description when this was true. */
            readonly now_ms: number;
            /** @description when the latest had joined of those who have a number: who joined later has none yet, and who joined before has one, all but a few. 0: nobody has. */
            readonly numbered_until_ms: number;
            /** @description how long a seat waits for whose turn it is. */
            readonly seat_claim_ms: number;
        };
        readonly Problem: {
            readonly code: "invalid_message" | "malformed_message" | "not_found" | "lobby_not_open" | "lobby_closed" | "busy" | "callee_failed" | "internal_error";
            /** @description One sentence for a person. */
            readonly message: string;
            /** @description The field that is wrong, if it is one. */
            readonly field?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly joinLine: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Where a waiter stands. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LineStanding"];
                };
            };
            /** @description Refused: `invalid_message`, `malformed_message`. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `not_found`. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `lobby_not_open`. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `lobby_closed`. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `busy`, `callee_failed`. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly readStanding: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Where a waiter stands. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LineStanding"];
                };
            };
            /** @description Refused: `not_found`. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `lobby_closed`. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused: `busy`, `callee_failed`. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly leaveLine: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Where a waiter stands. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LineStanding"];
                };
            };
            /** @description Refused: `not_found`. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly readServing: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What everybody may know of a line, the same for all: it is cached for a second. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Serving"];
                };
            };
            /** @description Refused: `not_found`. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
