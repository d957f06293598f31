// Written by `npm run generate` from docs/. Do not edit.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * OpenAuction
         * @description Fetch the auction from the database and open it (commissioner).
         */
        readonly OpenAuction: {
            /** @enum {unknown} */
            readonly action: "openAuction";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * NextLot
         * @description Put a lot up: the one named, or one that was not sold; those never up come before those that were passed (commissioner, admin).
         */
        readonly NextLot: {
            /** @enum {unknown} */
            readonly action: "nextLot";
            /** @default null */
            readonly lot_id?: string | null;
            /**
             * @description which one, if none is named: the first as the lots are arranged, or any.
             * @default random
             * @enum {unknown}
             */
            readonly order?: "arranged" | "random";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * PlaceBid
         * @description Bid on the lot that is up (commissioner, admin, bidder), or in the name of an absent member, `bidder` (commissioner, admin).
         */
        readonly PlaceBid: {
            /** @enum {unknown} */
            readonly action: "placeBid";
            readonly lot_id: string;
            /** @description A positive amount in integer cents. */
            readonly amount_cents: number;
            /** @default null */
            readonly bidder?: number | null;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * SetMaximum
         * @description Let the server bid on the lot that is up, up to a maximum that nobody else sees (commissioner, admin, bidder). Of two maxima the higher one wins, at the other one plus an increment; of equal ones the earlier. The high bidder may change theirs, down to the bid that stands.
         */
        readonly SetMaximum: {
            /** @enum {unknown} */
            readonly action: "setMaximum";
            readonly lot_id: string;
            /** @description A positive amount in integer cents. */
            readonly maximum_cents: number;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * Hammer
         * @description End the lot: a nudge once its deadline has passed (anyone), or `forced` before (commissioner).
         */
        readonly Hammer: {
            /** @enum {unknown} */
            readonly action: "hammer";
            readonly lot_id: string;
            /** @default false */
            readonly forced?: boolean;
            /**
             * @description the bid that is meant; if another stands, nothing is done (`bid_changed`).
             * @default null
             */
            readonly seen?: components["schemas"]["SeenBid"] | null;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * SeenBid
         * @description The high bid as the sender saw it, in the words of `CurrentLot`: both None if there was none.
         */
        readonly SeenBid: {
            /** @default null */
            readonly high_bidder?: number | null;
            /** @default null */
            readonly high_cents?: number | null;
        };
        /**
         * PassLot
         * @description Take the lot that is up off the block, unsold; its bids are void (commissioner, admin).
         */
        readonly PassLot: {
            /** @enum {unknown} */
            readonly action: "passLot";
            readonly lot_id: string;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * UndoBid
         * @description Take back the high bid; the one before it stands again (commissioner, admin).
         */
        readonly UndoBid: {
            /** @enum {unknown} */
            readonly action: "undoBid";
            readonly lot_id: string;
            /**
             * @description the bid that is meant; if another stands, nothing is done (`bid_changed`).
             * @default null
             */
            readonly seen?: components["schemas"]["SeenBid"] | null;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * ResetLot
         * @description Make a lot unsold again: its bids are void, its price is given back (commissioner, admin).
         */
        readonly ResetLot: {
            /** @enum {unknown} */
            readonly action: "resetLot";
            readonly lot_id: string;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * ResetClock
         * @description Give the lot that is up its full clock again (commissioner, admin).
         */
        readonly ResetClock: {
            /** @enum {unknown} */
            readonly action: "resetClock";
            readonly lot_id: string;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * Pause
         * @description Stop the clock of the lot that is up (commissioner, admin).
         */
        readonly Pause: {
            /** @enum {unknown} */
            readonly action: "pause";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * Resume
         * @description Let the clock go on with the time it had left (commissioner, admin).
         */
        readonly Resume: {
            /** @enum {unknown} */
            readonly action: "resume";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * SetAutoNext
         * @description Put the next lot up, as they are arranged, whenever none has been for so long, or (None) wait to be told (commissioner, admin).
         */
        readonly SetAutoNext: {
            /** @enum {unknown} */
            readonly action: "setAutoNext";
            /** @default null */
            readonly after_ms?: number | null;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * CloseAuction
         * @description End the auction; refused while a lot is up (commissioner).
         */
        readonly CloseAuction: {
            /** @enum {unknown} */
            readonly action: "closeAuction";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * ReopenAuction
         * @description Go on with a closed auction (commissioner).
         */
        readonly ReopenAuction: {
            /** @enum {unknown} */
            readonly action: "reopenAuction";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * SendChat
         * @description Say something to everyone in the auction.
         */
        readonly SendChat: {
            /** @enum {unknown} */
            readonly action: "sendChat";
            readonly text: string;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * GetState
         * @description Ask for a snapshot and the events after `since_seq`.
         */
        readonly GetState: {
            /** @enum {unknown} */
            readonly action: "getState";
            /**
             * @description The number of an event within its auction.
             * @default 0
             */
            readonly since_seq?: number;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * WhoIsHere
         * @description Ask which members have an open connection.
         */
        readonly WhoIsHere: {
            /** @enum {unknown} */
            readonly action: "whoIsHere";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * Ping
         * @description Keep the connection alive, measure the clock's offset, learn the latest seq.
         */
        readonly Ping: {
            /** @enum {unknown} */
            readonly action: "ping";
            /** @description UTC epoch milliseconds, by the server's clock. */
            readonly client_time_ms: number;
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
        };
        /**
         * Accepted
         * @description The command changed the auction; `seq` is the event it caused.
         */
        readonly Accepted: {
            /** @enum {unknown} */
            readonly type: "accepted";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
            /** @description The number of an event within its auction. */
            readonly seq: number;
        };
        /**
         * RefusedReply
         * @description The command changed nothing.
         */
        readonly RefusedReply: {
            /** @enum {unknown} */
            readonly type: "refused";
            readonly code: components["schemas"]["ErrorCode"];
            /** @description one sentence for a person. */
            readonly message: string;
            /**
             * @description the command's, where it could be read.
             * @default null
             */
            readonly request_id?: string | null;
            /**
             * @description the path of the offending field, for invalid messages.
             * @default null
             */
            readonly field?: string | null;
            /**
             * @description the lowest bid that would stand now, where a lot is up.
             * @default null
             */
            readonly minimum_cents?: number | null;
            /**
             * @description the state that refused.
             * @default null
             */
            readonly seq?: number | null;
        };
        /**
         * EventReply
         * @description Something happened, in its place.
         */
        readonly EventReply: {
            /** @enum {unknown} */
            readonly type: "event";
            readonly auction_id: string;
            /** @description The number of an event within its auction. */
            readonly seq: number;
            readonly event: components["schemas"]["AuctionOpened"] | components["schemas"]["LotOpened"] | components["schemas"]["BidPlaced"] | components["schemas"]["MaximumSet"] | components["schemas"]["BidUndone"] | components["schemas"]["LotSold"] | components["schemas"]["LotPassed"] | components["schemas"]["LotReset"] | components["schemas"]["ClockReset"] | components["schemas"]["Paused"] | components["schemas"]["Resumed"] | components["schemas"]["AutoNextSet"] | components["schemas"]["AuctionClosed"] | components["schemas"]["AuctionReopened"];
        };
        /** AuctionOpened */
        readonly AuctionOpened: {
            /** @enum {unknown} */
            readonly type: "auction_opened";
            readonly rules_version: number;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /** LotOpened */
        readonly LotOpened: {
            /** @enum {unknown} */
            readonly type: "lot_opened";
            readonly lot_id: string;
            /** @description The lowest bid that stands; over the highest price it is out of reach. */
            readonly minimum_cents: number;
            /** @description UTC epoch milliseconds, by the server's clock. */
            readonly deadline_ms: number;
            readonly rules_version: number;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /**
         * BidPlaced
         * @description A member has the high bid.
         */
        readonly BidPlaced: {
            /** @enum {unknown} */
            readonly type: "bid_placed";
            readonly lot_id: string;
            /** @description whose bid it is; `actor` is who caused it: the bidder, who bid in their name, or whose own bid their maximum went over. */
            readonly bidder: number;
            /** @description A positive amount in integer cents. */
            readonly amount_cents: number;
            /** @description The lowest bid that stands; over the highest price it is out of reach. */
            readonly minimum_cents: number;
            /** @description the deadline is this or the one it had, whichever is later. */
            readonly extended_to_ms: number;
            /**
             * @description set where the bidder's maximum met another bid; the server chose the amount then.
             * @default null
             */
            readonly beaten?: components["schemas"]["BeatenBid"] | null;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /**
         * BeatenBid
         * @description The bid or maximum of another member that a maximum went over in the same moment.
         */
        readonly BeatenBid: {
            /** @description A member's short number within the auction. */
            readonly bidder: number;
            /** @description A positive amount in integer cents. */
            readonly amount_cents: number;
        };
        /**
         * MaximumSet
         * @description The high bidder changed how far the server may bid for them; how far is nobody's business.
         */
        readonly MaximumSet: {
            /** @enum {unknown} */
            readonly type: "maximum_set";
            readonly lot_id: string;
            /** @description A member's short number within the auction. */
            readonly bidder: number;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /**
         * BidUndone
         * @description The high bid of `bidder` is void; `high_*` is the bid that stands again, if any.
         */
        readonly BidUndone: {
            /** @enum {unknown} */
            readonly type: "bid_undone";
            readonly lot_id: string;
            /** @description A member's short number within the auction. */
            readonly bidder: number;
            /** @description A positive amount in integer cents. */
            readonly amount_cents: number;
            /** @description The lowest bid that stands; over the highest price it is out of reach. */
            readonly minimum_cents: number;
            /** @description UTC epoch milliseconds, by the server's clock. */
            readonly extended_to_ms: number;
            /** @default null */
            readonly high_bidder?: number | null;
            /** @default null */
            readonly high_cents?: number | null;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /** LotSold */
        readonly LotSold: {
            /** @enum {unknown} */
            readonly type: "lot_sold";
            readonly lot_id: string;
            /** @description A member's short number within the auction. */
            readonly owner: number;
            /** @description A positive amount in integer cents. */
            readonly price_cents: number;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /** LotPassed */
        readonly LotPassed: {
            /** @enum {unknown} */
            readonly type: "lot_passed";
            readonly lot_id: string;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /**
         * LotReset
         * @description The lot is unsold again; `owner` got `refund_cents` back if it had been sold.
         */
        readonly LotReset: {
            /** @enum {unknown} */
            readonly type: "lot_reset";
            readonly lot_id: string;
            /** @default null */
            readonly owner?: number | null;
            /**
             * @description Integer cents.
             * @default 0
             */
            readonly refund_cents?: number;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /** ClockReset */
        readonly ClockReset: {
            /** @enum {unknown} */
            readonly type: "clock_reset";
            readonly lot_id: string;
            /** @description UTC epoch milliseconds, by the server's clock. */
            readonly deadline_ms: number;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /** Paused */
        readonly Paused: {
            /** @enum {unknown} */
            readonly type: "paused";
            readonly lot_id: string;
            readonly remaining_ms: number;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /** Resumed */
        readonly Resumed: {
            /** @enum {unknown} */
            readonly type: "resumed";
            readonly lot_id: string;
            /** @description UTC epoch milliseconds, by the server's clock. */
            readonly deadline_ms: number;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /**
         * AutoNextSet
         * @description From now on lots come up by themselves after a pause, or (None) do not.
         */
        readonly AutoNextSet: {
            /** @enum {unknown} */
            readonly type: "auto_next_set";
            /** @default null */
            readonly after_ms?: number | null;
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /** AuctionClosed */
        readonly AuctionClosed: {
            /** @enum {unknown} */
            readonly type: "auction_closed";
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /** AuctionReopened */
        readonly AuctionReopened: {
            /** @enum {unknown} */
            readonly type: "auction_reopened";
            /** @description when the server decided it. */
            readonly at_ms: number;
            /**
             * @description the member who asked for it; None is the server's own clock.
             * @default null
             */
            readonly actor?: number | null;
            /**
             * @description the request that caused it, so that its sender knows it again.
             * @default null
             */
            readonly request_id?: string | null;
        };
        /**
         * Chat
         * @description Something a member said; `chat_id` is the same however often it is delivered.
         */
        readonly Chat: {
            /** @enum {unknown} */
            readonly type: "chat";
            readonly chat_id: string;
            /** @description UTC epoch milliseconds, by the server's clock. */
            readonly at_ms: number;
            /** @description A member's short number within the auction. */
            readonly number: number;
            readonly name: string;
            readonly text: string;
        };
        /** ChatSent */
        readonly ChatSent: {
            /** @enum {unknown} */
            readonly type: "chat_sent";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
            readonly chat_id: string;
        };
        /**
         * State
         * @description A consistent snapshot at `seq`, and the events after the `since_seq` that was asked for.
         */
        readonly State: {
            /** @enum {unknown} */
            readonly type: "state";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
            /** @description UTC epoch milliseconds, by the server's clock. */
            readonly server_time_ms: number;
            readonly auction_id: string;
            /** @description The number of an event within its auction. */
            readonly seq: number;
            /** @description A member's short number, or 300 for who watches without being one. */
            readonly you: number;
            /**
             * @description None before the auction is opened.
             * @default null
             */
            readonly status?: ("bidding" | "closed" | "open" | "paused") | null;
            /** @default  */
            readonly title?: string;
            /** @default null */
            readonly rules?: components["schemas"]["Rules"] | null;
            /** @default [] */
            readonly members?: readonly components["schemas"]["Member"][];
            /** @default [] */
            readonly lots?: readonly components["schemas"]["Lot"][];
            /** @default [] */
            readonly lot_states?: readonly components["schemas"]["LotState"][];
            /** @default null */
            readonly current?: components["schemas"]["CurrentLot"] | null;
            /**
             * @description the pause after which lots come up by themselves; None if they do not.
             * @default null
             */
            readonly auto_next_ms?: number | null;
            /**
             * @description natural buy-in so far, by member number; members who bought nothing are left out.
             * @default {}
             */
            readonly spent?: {
                readonly [key: string]: number;
            };
            /**
             * @description contiguous, ascending, from `since_seq` + 1.
             * @default []
             */
            readonly events?: readonly components["schemas"]["EventInPlace"][];
            /**
             * @description False if events up to `seq` are missing: ask again from the last one.
             * @default true
             */
            readonly complete?: boolean;
            /** @default [] */
            readonly chats?: readonly components["schemas"]["Chat"][];
        };
        /**
         * Rules
         * @description The rules in force from one lot to the next; a change is a new version.
         */
        readonly Rules: {
            readonly version: number;
            /** @description tiers in ascending order, the first from 0. */
            readonly bid_rules: readonly components["schemas"]["BidRule"][];
            /** @description how long a lot has when it comes up. */
            readonly clock_ms: number;
            /** @description how long a lot has at least after each bid. */
            readonly extension_ms: number;
            /** @description the most each member may spend. */
            readonly budget_cents: number;
            /**
             * @description exceptions to `budget_cents`, by member number.
             * @default {}
             */
            readonly budgets?: {
                readonly [key: string]: number;
            };
        };
        /**
         * BidRule
         * @description A price tier: from `from_cents` up, bids rise by at least `increment_cents`.
         */
        readonly BidRule: {
            /** @description Integer cents. */
            readonly from_cents: number;
            /** @description A positive amount in integer cents. */
            readonly increment_cents: number;
        };
        /**
         * Member
         * @description A user in a league, by the short number that stands for them in the auction.
         */
        readonly Member: {
            /** @description A member's short number within the auction. */
            readonly number: number;
            readonly user_id: string;
            readonly name: string;
            /** @enum {unknown} */
            readonly role: "admin" | "bidder" | "commissioner" | "spectator";
            /** @default null */
            readonly budget_cents?: number | null;
        };
        /**
         * Lot
         * @description What is auctioned at once: one slot, or a bundle of slots.
         */
        readonly Lot: {
            readonly lot_id: string;
            readonly position: number;
            readonly name: string;
            readonly slots: readonly components["schemas"]["Slot"][];
        };
        /**
         * Slot
         * @description A position in the tournament's field; two play-in teams can share it.
         */
        readonly Slot: {
            readonly slot_id: string;
            readonly region: string;
            readonly seed: number;
            readonly teams: readonly string[];
        };
        /**
         * LotState
         * @description Where a lot stands; `seq` is the event that put it there.
         */
        readonly LotState: {
            readonly lot_id: string;
            /** @enum {unknown} */
            readonly status: "passed" | "sold" | "unsold" | "up";
            /** @description The number of an event within its auction. */
            readonly seq: number;
            /** @default null */
            readonly owner?: number | null;
            /** @default null */
            readonly price_cents?: number | null;
        };
        /**
         * CurrentLot
         * @description The lot that is up. The deadline is the later of the two; None while paused. `your_maximum_cents`: how far the server bids for the member who asked, who has the high bid.
         */
        readonly CurrentLot: {
            readonly lot_id: string;
            /** @description The lowest bid that stands; over the highest price it is out of reach. */
            readonly minimum_cents: number;
            readonly rules_version: number;
            /** @default null */
            readonly high_bidder?: number | null;
            /** @default null */
            readonly high_cents?: number | null;
            /** @default null */
            readonly base_deadline_ms?: number | null;
            /**
             * @description UTC epoch milliseconds, by the server's clock.
             * @default 0
             */
            readonly extended_to_ms?: number;
            /** @default null */
            readonly remaining_ms?: number | null;
            /** @default null */
            readonly your_maximum_cents?: number | null;
        };
        /** EventInPlace */
        readonly EventInPlace: {
            /** @description The number of an event within its auction. */
            readonly seq: number;
            readonly event: components["schemas"]["AuctionOpened"] | components["schemas"]["LotOpened"] | components["schemas"]["BidPlaced"] | components["schemas"]["MaximumSet"] | components["schemas"]["BidUndone"] | components["schemas"]["LotSold"] | components["schemas"]["LotPassed"] | components["schemas"]["LotReset"] | components["schemas"]["ClockReset"] | components["schemas"]["Paused"] | components["schemas"]["Resumed"] | components["schemas"]["AutoNextSet"] | components["schemas"]["AuctionClosed"] | components["schemas"]["AuctionReopened"];
        };
        /**
         * Presence
         * @description The members with an open connection, by number; `watching`: how many are here besides.
         */
        readonly Presence: {
            /** @enum {unknown} */
            readonly type: "presence";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
            readonly members: readonly components["schemas"]["Present"][];
            /** @default 0 */
            readonly watching?: number;
        };
        /** Present */
        readonly Present: {
            /** @description A member's short number within the auction. */
            readonly number: number;
            readonly name: string;
            /** @enum {unknown} */
            readonly role: "admin" | "bidder" | "commissioner" | "spectator";
            readonly connections: number;
        };
        /**
         * Pong
         * @description `seq` may lag a moment; a client that has seen less asks for the state.
         */
        readonly Pong: {
            /** @enum {unknown} */
            readonly type: "pong";
            /** @description Chosen by the client; a request sent again with the same id changes nothing. */
            readonly request_id: string;
            /** @description UTC epoch milliseconds, by the server's clock. */
            readonly client_time_ms: number;
            /** @description UTC epoch milliseconds, by the server's clock. */
            readonly server_time_ms: number;
            /** @description The number of an event within its auction. */
            readonly seq: number;
        };
        /**
         * ErrorCode
         * @description Stable. A code that a client does not know is a refusal like the others.
         */
        readonly ErrorCode: string & ("internal_error" | "malformed_message" | "unknown_action" | "invalid_message" | "message_too_long" | "version_required" | "import_refused" | "unauthenticated" | "forbidden" | "ticket_refused" | "too_many_connections" | "not_found" | "already_member" | "too_many_leagues" | "outdated" | "commissioner_needed" | "room_full" | "lobby_not_open" | "lobby_closed" | "league_full" | "busy" | "callee_failed" | "too_many_hops" | "auction_not_open" | "auction_already_open" | "auction_closed" | "auction_paused" | "auction_not_paused" | "lot_not_up" | "lot_is_up" | "lot_not_available" | "lot_not_settled" | "no_lots_left" | "no_bid_to_undo" | "bid_changed" | "bid_too_low" | "over_budget" | "deadline_passed" | "deadline_not_reached");
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
